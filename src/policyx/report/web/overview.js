// overview.js: how much there is, and what is not there.
const DOCUMENTS_STEP = 300;

function overviewView() {
  return make(
    "section",
    { class: "overview", "aria-label": say("overview") },
    tiles(),
    make("div", { class: "figures" }, yearsFigure(), topList()),
    gaps(),
    documentList(),
  );
}

function tiles() {
  const all = range(COUNT);
  const lacking = (column) => all.filter((record) => cell(record, column) !== null).length;
  const outcomes = tally(data.findings.map(({ verdict }) => verdict));
  const list_ = [
    [grouped(documents.length), say("documents")],
    [grouped(COUNT), say("records"), () => showOnly({})],
    [percent(lacking("indicator"), COUNT), say("with_indicator")],
    [percent(lacking("year"), COUNT), say("with_year")],
    [percent(lacking("place"), COUNT), say("with_place")],
    [grouped(all.filter(doubtful).length), say("doubtful_count"), () => go("review")],
    ...outcomes.map(([code, count]) => [
      grouped(count),
      wordOf("check_verdict", code),
      () => {
        findingsPicked.outcome = code;
        go("findings");
      },
    ]),
    [grouped(documents.filter(({ records }) => !records).length), say("empty_documents")],
    [grouped(data.passed.length), say("passed")],
  ];
  return make(
    "div",
    { class: "tiles" },
    list_.map(([number, word, onclick]) => {
      const inside = [make("b", {}, number), make("span", {}, word)];
      return onclick ? button(inside, onclick, { class: "tile" }) : make("div", { class: "tile" }, inside);
    }),
  );
}

function range(length) {
  return Array.from({ length }, (_, at) => at);
}

function yearsFigure() {
  const counts = tally(columns.year.filter((year) => year !== null)).sort((a, b) => a[0] - b[0]);
  if (!counts.length) return null;
  const first = counts[0][0],
    last = counts.at(-1)[0],
    most = Math.max(...counts.map(([, count]) => count));
  const wide = WIDE - 40,
    step = wide / (last - first + 1);
  const bars = counts.map(([year, count]) => {
    const high = Math.max((count / most) * 150, 1),
      x = 20 + (year - first) * step;
    return draw(
      "g",
      { class: "opens", onclick: () => showOnly({ year: String(year) }) },
      draw("title", {}, `${year}: ${grouped(count)}`),
      draw("rect", { class: "bar actual", x: x + step * 0.1, y: 160 - high, width: step * 0.8, height: high }),
    );
  });
  const labels = yearLabels(first, last, (year) => 20 + (year - first + 0.5) * step, 178);
  return figure(
    say("by_year"),
    draw("svg", { viewBox: `0 0 ${WIDE} 184`, role: "img", "aria-label": say("by_year") }, bars, labels),
  );
}

function topList() {
  const top = tally(
    range(COUNT)
      .map((record) => cell(record, "label"))
      .filter((label) => label !== null),
  ).slice(0, 12);
  const statuses = tally(range(COUNT).map((record) => cell(record, "status")));
  return [
    countList(say("by_indicator"), top, labelOf, "label"),
    countList(say("by_status"), statuses, (code) => wordOf("status", code), "status"),
  ];
}

function countList(head, rows, word, filter) {
  return make(
    "div",
    {},
    make("h3", {}, head),
    make(
      "ul",
      { class: "counts" },
      rows.map(([value, count]) =>
        make(
          "li",
          {},
          button(word(value), () => showOnly({ [filter]: value })),
          make("span", {}, grouped(count)),
        ),
      ),
    ),
  );
}

function documentList() {
  const heads = [
    say("document"),
    headOf("date"),
    headOf("place"),
    headOf("format"),
    say("characters"),
    headOf("repairs"),
    headOf("records"),
  ];
  const body = make("tbody");
  const row = (number) => {
    const one = documents[number];
    const repairs = Object.values(one.repairs ?? {}).reduce((sum, count) => sum + count, 0);
    const title = one.records ? button(titleOf(number), () => showOnly({ document: String(number) })) : titleOf(number);
    return make(
      "tr",
      { class: one.records ? null : "empty" },
      make("td", {}, title, make("small", {}, one.source)),
      ...[one.date ?? one.year ?? "", one.place ?? "", one.format ?? ""].map((value) => make("td", {}, value)),
      ...[one.characters, repairs, one.records].map((count) => make("td", { class: "number" }, grouped(count))),
    );
  };
  return make(
    "div",
    { class: "documents" },
    make("h2", {}, say("documents")),
    unrolled(range(documents.length), row, DOCUMENTS_STEP, body).map((part) =>
      part === body
        ? make(
            "table",
            {},
            make(
              "thead",
              {},
              make(
                "tr",
                {},
                heads.map((head) => make("th", { scope: "col" }, head)),
              ),
            ),
            body,
          )
        : part,
    ),
  );
}

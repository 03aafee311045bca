// gaps.js: what is not there: documents without records, files passed over, years and figures that nobody tells.
function gaps() {
  const empty = range(documents.length).filter((number) => !documents[number].records);
  const lacks = ["label", "year", "place"].map((filter) => [
    filter,
    range(COUNT).filter((record) => cell(record, filter) === null).length,
  ]);
  return make(
    "div",
    { class: "gaps" },
    make("h2", {}, say("gaps")),
    listed(
      say("empty_documents"),
      empty,
      (number) => [titleOf(number), " ", make("small", {}, documents[number].source)],
      say("nothing_empty"),
    ),
    listed(
      say("passed"),
      data.passed,
      ([path, reason]) => [path, " ", make("small", {}, reason)],
      say("nothing_passed"),
    ),
    missingYears(),
    coverage(),
    make("h3", {}, say("lacking")),
    make(
      "ul",
      { class: "counts" },
      lacks.map(([filter, count]) =>
        make(
          "li",
          {},
          button(headOf(filter), () => showOnly({ [filter]: NONE })),
          make("span", {}, `${grouped(count)} (${percent(count, COUNT)})`),
        ),
      ),
    ),
  );
}

function listed(head, items, parts, nothing) {
  if (!items.length) return make("p", { class: "nothing" }, nothing);
  const holder = make("ul", {});
  return make(
    "details",
    { open: items.length <= 10 },
    make("summary", {}, `${head} (${grouped(items.length)})`),
    unrolled(items, (item) => make("li", {}, parts(item)), DOCUMENTS_STEP, holder),
  );
}

// for each place the years between its first and its last document that have none
function missingYears() {
  const years = new Map();
  for (const { place, year } of documents) {
    if (place && year) years.set(place, (years.get(place) ?? new Set()).add(year));
  }
  const missing = [...years]
    .map(([place, there]) => {
      const first = Math.min(...there);
      return [
        place,
        range(Math.max(...there) - first)
          .map((at) => first + at)
          .filter((year) => !there.has(year)),
      ];
    })
    .filter(([, lacking]) => lacking.length);
  if (!missing.length) return null;
  return listed(
    say("gap_years"),
    missing.sort((a, b) => b[1].length - a[1].length),
    ([place, lacking]) => [`${place}: `, make("small", {}, runs(lacking))],
    "",
  );
}

// for each place how many of its targets and results of the headline indicators its reports tell
function coverage() {
  const cells = new Map(),
    labels = new Map();
  const at = (place, label) => {
    labels.set(label, (labels.get(label) ?? 0) + 1);
    if (!cells.has(place)) cells.set(place, new Map());
    if (!cells.get(place).has(label)) cells.get(place).set(label, { found: 0, missing: [] });
    return cells.get(place).get(label);
  };
  for (const [, place, , label] of data.headlines) at(place, label).found += 1;
  for (const [place, year, label, status, state_] of data.missing)
    at(place, label).missing.push([year, status, state_]);
  if (!data.headlines.length) return null;
  const heads = [...labels.keys()],
    body = make("tbody");
  const row = ([place, own]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, place),
      heads.map((label) => coverageCell(own.get(label))),
    );
  const table_ = make(
    "table",
    { class: "coverage" },
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        make("th", {}, headOf("place")),
        heads.map((label) => make("th", { scope: "col" }, labelOf(label))),
      ),
    ),
    body,
  );
  const parts = unrolled([...cells], row, DOCUMENTS_STEP, body).map((part) => (part === body ? table_ : part));
  return make("details", {}, make("summary", {}, `${say("coverage")} (${grouped(cells.size)})`), parts);
}

function coverageCell(told) {
  if (!told) return make("td", {}, "–");
  const missing = tally(
    told.missing.map(([, status, state_]) => `${wordOf("status", status)} ${wordOf("state", state_)}`),
  ).map(
    ([head]) =>
      `${head}: ${runs(
        told.missing
          .filter(([, status, state_]) => `${wordOf("status", status)} ${wordOf("state", state_)}` === head)
          .map(([year]) => year)
          .sort((a, b) => a - b),
      )}`,
  );
  return make(
    "td",
    { title: missing.join("\n"), class: told.found ? null : "empty" },
    `${told.found}/${told.found + told.missing.length}`,
  );
}

// 2004, 2005, 2006, 2009 -> 2004–2006, 2009
function runs(years) {
  const found = [];
  for (const year of years) {
    const run = found.at(-1);
    if (run && run[1] === year - 1) run[1] = year;
    else found.push([year, year]);
  }
  return found.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(", ");
}

// overview.js: how much there is, and what is not there.
const DOCUMENTS_STEP = 300;

function overviewView() {
  return make("section", { class: "overview", "aria-label": say("overview") }, tiles(), make("div", { class: "figures" }, yearsFigure(), topList()), gaps(), documentList());
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
    ...outcomes.map(([code, count]) => [grouped(count), wordOf("check_verdict", code), () => { findingsPicked.outcome = code; go("findings"); }]),
    [grouped(documents.filter(({ records }) => !records).length), say("empty_documents")],
    [grouped(data.passed.length), say("passed")],
  ];
  return make("div", { class: "tiles" }, list_.map(([number, word, onclick]) => {
    const inside = [make("b", {}, number), make("span", {}, word)];
    return onclick ? button(inside, onclick, { class: "tile" }) : make("div", { class: "tile" }, inside);
  }));
}

function range(length) {
  return Array.from({ length }, (_, at) => at);
}

function yearsFigure() {
  const counts = tally(columns.year.filter((year) => year !== null)).sort((a, b) => a[0] - b[0]);
  if (!counts.length) return null;
  const first = counts[0][0], last = counts.at(-1)[0], most = Math.max(...counts.map(([, count]) => count));
  const wide = WIDE - 40, step = wide / (last - first + 1);
  const bars = counts.map(([year, count]) => {
    const high = Math.max((count / most) * 150, 1), x = 20 + (year - first) * step;
    return draw("g", { class: "opens", onclick: () => showOnly({ year: String(year) }) }, draw("title", {}, `${year}: ${grouped(count)}`),
      draw("rect", { class: "bar actual", x: x + step * 0.1, y: 160 - high, width: step * 0.8, height: high }));
  });
  const labels = yearLabels(first, last, (year) => 20 + (year - first + 0.5) * step, 178);
  return figure(say("by_year"), draw("svg", { viewBox: `0 0 ${WIDE} 184`, role: "img", "aria-label": say("by_year") }, bars, labels));
}

function topList() {
  const top = tally(range(COUNT).map((record) => cell(record, "label")).filter((label) => label !== null)).slice(0, 12);
  const statuses = tally(range(COUNT).map((record) => cell(record, "status")));
  return [counts(say("by_indicator"), top, (label) => label, "label"), counts(say("by_status"), statuses, (code) => wordOf("status", code), "status")];
}

function counts(head, rows, word, key_) {
  return make("div", {}, make("h3", {}, head), make("ul", { class: "counts" }, rows.map(([value, count]) => make("li", {}, button(word(value), () => showOnly({ [key_]: value })), make("span", {}, grouped(count))))));
}

function gaps() {
  const empty = range(documents.length).filter((number) => !documents[number].records);
  const lacks = ["label", "year", "place"].map((key_) => [key_, range(COUNT).filter((record) => cell(record, key_) === null).length]);
  return make("div", { class: "gaps" }, make("h2", {}, say("gaps")),
    listed(say("empty_documents"), empty, (number) => [titleOf(number), " ", make("small", {}, documents[number].source)], say("nothing_empty")),
    listed(say("passed"), data.passed, ([path, reason]) => [path, " ", make("small", {}, reason)], say("nothing_passed")),
    missingYears(),
    coverage(),
    make("h3", {}, say("lacking")),
    make("ul", { class: "counts" }, lacks.map(([key_, count]) => make("li", {}, button(headOf(key_), () => showOnly({ [key_]: NONE })), make("span", {}, `${grouped(count)} (${percent(count, COUNT)})`)))));
}

function listed(head, items, parts, nothing) {
  if (!items.length) return make("p", { class: "nothing" }, nothing);
  const holder = make("ul", {});
  return make("details", { open: items.length <= 10 }, make("summary", {}, `${head} (${grouped(items.length)})`), unrolled(items, (item) => make("li", {}, parts(item)), DOCUMENTS_STEP, holder));
}

// for each place the years between its first and its last document that have none
function missingYears() {
  const years = new Map();
  for (const { place, year } of documents) {
    if (place && year) years.set(place, (years.get(place) ?? new Set()).add(year));
  }
  const missing = [...years].map(([place, there]) => {
    const first = Math.min(...there);
    return [place, range(Math.max(...there) - first).map((at) => first + at).filter((year) => !there.has(year))];
  }).filter(([, lacking]) => lacking.length);
  if (!missing.length) return null;
  return listed(say("gap_years"), missing.sort((a, b) => b[1].length - a[1].length), ([place, lacking]) => [`${place}: `, make("small", {}, runs(lacking))], "");
}

// for each place how many of its targets and results of the headline indicators its reports tell
function coverage() {
  const cells = new Map(), labels = new Map();
  const at = (place, label) => {
    labels.set(label, (labels.get(label) ?? 0) + 1);
    if (!cells.has(place)) cells.set(place, new Map());
    if (!cells.get(place).has(label)) cells.get(place).set(label, { found: 0, missing: [] });
    return cells.get(place).get(label);
  };
  for (const [, place, , label] of data.headlines) at(place, label).found += 1;
  for (const [place, year, label, status, state_] of data.missing) at(place, label).missing.push([year, status, state_]);
  if (!data.headlines.length) return null;
  const heads = [...labels.keys()], body = make("tbody");
  const row = ([place, own]) => make("tr", {}, make("th", { scope: "row" }, place), heads.map((label) => coverageCell(own.get(label))));
  const table_ = make("table", { class: "coverage" }, make("thead", {}, make("tr", {}, make("th", {}, headOf("place")), heads.map((label) => make("th", { scope: "col" }, label)))), body);
  const parts = unrolled([...cells], row, DOCUMENTS_STEP, body).map((part) => (part === body ? table_ : part));
  return make("details", {}, make("summary", {}, `${say("coverage")} (${grouped(cells.size)})`), parts);
}

function coverageCell(told) {
  if (!told) return make("td", {}, "–");
  const missing = tally(told.missing.map(([, status, state_]) => `${wordOf("status", status)} ${wordOf("state", state_)}`))
    .map(([head]) => `${head}: ${runs(told.missing.filter(([, status, state_]) => `${wordOf("status", status)} ${wordOf("state", state_)}` === head).map(([year]) => year).sort((a, b) => a - b))}`);
  return make("td", { title: missing.join("\n"), class: told.found ? null : "empty" }, `${told.found}/${told.found + told.missing.length}`);
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

function documentList() {
  const heads = [say("document"), headOf("date"), headOf("place"), headOf("format"), say("characters"), headOf("repairs"), headOf("records")];
  const body = make("tbody");
  const row = (number) => {
    const one = documents[number];
    const repairs = Object.values(one.repairs ?? {}).reduce((sum, count) => sum + count, 0);
    const title = one.records ? button(titleOf(number), () => showOnly({ document: String(number) })) : titleOf(number);
    return make("tr", { class: one.records ? null : "empty" }, make("td", {}, title, make("small", {}, one.source)), ...[one.date ?? one.year ?? "", one.place ?? "", one.format ?? ""].map((value) => make("td", {}, value)),
      ...[one.characters, repairs, one.records].map((count) => make("td", { class: "number" }, grouped(count))));
  };
  return make("div", { class: "documents" }, make("h2", {}, say("documents")), unrolled(range(documents.length), row, DOCUMENTS_STEP, body)
    .map((part) => (part === body ? make("table", {}, make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))), body) : part)));
}

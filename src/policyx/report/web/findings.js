// findings.js: what the checks found, each with its arithmetic and with its sides a click away.
const OUTCOMES = ["contradicted", "confirmed", "undecidable"];
const FINDINGS_STEP = 100;
const findingsPicked = { outcome: "", kind: "" };

function findingsView() {
  const all = data.findings.map((_, number) => number);
  if (!all.length) return make("section", {}, make("p", { class: "nothing" }, say("no_findings")));
  const found = all
    .filter(fitsFinding)
    .sort((a, b) => OUTCOMES.indexOf(data.findings[a].verdict) - OUTCOMES.indexOf(data.findings[b].verdict));
  list = found.flatMap((number) => data.findings[number].records);
  const holder = make("ol", { class: "findings" });
  return make(
    "section",
    { "aria-label": say("findings") },
    findingFilters(all),
    unrolled(found, findingItem, FINDINGS_STEP, holder),
  );
}

function fitsFinding(number) {
  const { verdict, kind } = data.findings[number];
  return (
    (!findingsPicked.outcome || verdict === findingsPicked.outcome) &&
    (!findingsPicked.kind || kind === findingsPicked.kind)
  );
}

function findingFilters(all) {
  const pick = (key) => (value) => {
    findingsPicked[key] = value;
    render();
  };
  const count = (of) => tally(all.map((number) => data.findings[number][of]));
  const outcomes = count("verdict").map(([code, times]) => [code, `${wordOf("check_verdict", code)} (${times})`]);
  const kinds = count("kind").map(([code, times]) => [code, `${wordOf("check_kind", code)} (${times})`]);
  return make(
    "div",
    { class: "filters" },
    chooser(headOf("check_verdict"), outcomes, findingsPicked.outcome, pick("outcome")),
    chooser(headOf("check_kind"), kinds, findingsPicked.kind, pick("kind")),
  );
}

// how often each value occurs, the most frequent first
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function findingItem(number) {
  const finding = data.findings[number];
  const [first] = finding.records;
  return make(
    "li",
    { "data-finding": number },
    make(
      "p",
      {},
      outcomeTag(finding.verdict),
      " ",
      make("b", {}, wordOf("check_kind", finding.kind)),
      make("small", {}, first === undefined ? "" : ` ${titleOf(columns.document[first])}`),
    ),
    make(
      "p",
      { class: "arithmetic", title: finding.tolerance ? `${say("tolerance")}: ${finding.tolerance}` : null },
      finding.sentence[state.lang],
    ),
    make(
      "p",
      { class: "sides" },
      finding.records.map((record, at) => sideButton(record, finding.parts[at])),
    ),
  );
}

function outcomeTag(verdict) {
  const sign = { confirmed: "✓", contradicted: "≠" }[verdict] ?? "?";
  return make("span", { class: `tag ${verdict}` }, `${sign} ${wordOf("check_verdict", verdict)}`);
}

// a record of a finding, with what it is in the arithmetic
function sideButton(record, part, told = null) {
  const text = [told, cell(record, "name") ?? "–", columns.year[record], amountOf(record)]
    .filter((part) => part !== null)
    .join(" ");
  return button(text, () => choose(record, true), {
    class: `side ${part}`,
    "data-side": record,
    title: exactOf(record),
    "aria-pressed": String(state.chosen === record),
  });
}

// the findings that a record takes part in, for its source pane
function findingsFor(record) {
  const numbers = findingsOf.get(record) ?? [];
  return numbers.length ? make("ul", { class: "findings" }, numbers.map(findingItem)) : null;
}

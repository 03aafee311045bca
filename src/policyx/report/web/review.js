// review.js: doubtful records first; a reviewer's verdicts stay in the page until it is saved.
const VERDICTS = Object.keys(WORDS.zh.verdict);
let unsaved = false;

function reviewView() {
  table = new Table(
    COLUMNS.map((column) =>
      make("div", { class: column, role: "columnheader" }, column === "document" ? say("document") : headOf(column)),
    ),
    recordCells,
    (record) => choose(record, true),
  );
  const only = make("input", {
    type: "checkbox",
    onchange: (event) => {
      state.unjudged = event.target.checked;
      refreshReview();
    },
  });
  only.checked = state.unjudged;
  return make(
    "section",
    { class: "records review", "aria-label": say("review") },
    make(
      "div",
      { class: "filters" },
      make("span", { id: "progress", "aria-live": "polite" }),
      make("small", {}, say("order")),
      make("label", {}, only, say("unjudged")),
      button(say("save_verdicts"), saveVerdicts),
    ),
    table.element,
  );
}

function refreshReview() {
  list = reviewOrder().filter((record) => !state.unjudged || !verdicts.has(record));
  table.show(list);
  showProgress();
}

// the order of doubt: contradicted, then by confidence, then by flags; the order of the text breaks ties
let reviewed = null;
function reviewOrder() {
  if (reviewed) return reviewed;
  const doubt = range(COUNT).map((record) => {
    const confidence = columns.confidence[record] ?? 1;
    const flags = cell(record, "flags").filter((flag) => !MILD.has(flag)).length;
    return (
      (contradicted(record) ? 4 : 0) +
      2 * (1 - confidence) +
      Math.min(flags, 3) / 2 +
      cell(record, "flags").length / 100
    );
  });
  reviewed = range(COUNT).sort((a, b) => doubt[b] - doubt[a] || a - b);
  return reviewed;
}

function showProgress() {
  const right = [...verdicts.values()].filter((verdict) => verdict === "right").length;
  const place = document.getElementById("progress");
  if (place)
    place.textContent = say("progress", verdicts.size, grouped(COUNT), right) + (unsaved ? ` · ${say("unsaved")}` : "");
}

function verdictBar(record) {
  const buttons = VERDICTS.map((verdict, number) =>
    button(`${number + 1} ${wordOf("verdict", verdict)}`, () => judge(record, verdict), {
      "aria-pressed": String(verdicts.get(record) === verdict),
      "data-verdict": verdict,
    }),
  );
  return make("div", { class: "verdicts", role: "group", "aria-label": headOf("verdict") }, buttons);
}

// give a verdict, or take the same one back; in the review the next record comes up
function judge(record, verdict) {
  if (verdict === null || verdicts.get(record) === verdict) verdicts.delete(record);
  else verdicts.set(record, verdict);
  unsaved = true;
  if (state.view === "review" && verdicts.has(record)) return nextToJudge(record);
  table?.paint();
  showProgress();
  return showSource();
}

function nextToJudge(record) {
  const at = list.indexOf(record);
  const next = list.slice(at + 1).find((one) => !verdicts.has(one));
  table.paint();
  showProgress();
  choose(next ?? record, true);
}

function saveVerdicts() {
  const judged = [...verdicts]
    .sort((a, b) => a[0] - b[0])
    .map(([record, verdict]) => ({
      source: documents[columns.document[record]].source,
      start: startOf(record),
      end: endOf(record),
      quote: quoteOf(record),
      name: cell(record, "name"),
      indicator: cell(record, "indicator"),
      label: cell(record, "label"),
      verdict,
    }));
  const labels = Object.fromEntries(tally(range(COUNT).map((record) => cell(record, "label") ?? "")));
  download(
    JSON.stringify({ policyx: WORDS.version, records: COUNT, labels, verdicts: judged }, null, 2),
    "verdicts.json",
    "application/json",
  );
}

// the page as it came, with the verdicts in it
function saveCopy() {
  const copy = document.documentElement.cloneNode(true);
  const app = copy.querySelector("#app");
  app.replaceChildren();
  app.removeAttribute("class");
  app.removeAttribute("data-view");
  const page = `<!DOCTYPE html>\n${copy.outerHTML}`;
  const mark = 'id="verdicts">'; // first of all where the verdicts are, long before this script
  const start = page.indexOf(mark) + mark.length,
    end = page.indexOf("<", start);
  const name = fileOf(decodeURIComponent(location.pathname)) || "report.html";
  download(
    page.slice(0, start) + JSON.stringify(Object.fromEntries(verdicts)) + page.slice(end),
    name.replace(/(-reviewed)?(\.html?)?$/, verdicts.size ? "-reviewed.html" : ".html"),
    "text/html",
  );
}

function download(content, name, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  unsaved = false;
  showProgress();
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// table.js: a table of which only the rows in sight are in the page, so that tens of thousands stay quick.
const ROW = 38; // pixels; the style sheet says the same
const AROUND = 8; // rows above and below those in sight
const TALLEST = 15000000; // pixels that browsers scroll through; a longer list is squeezed into it

// `row(item)` makes a row; the table calls `onchoose(item)` when one is clicked
class Table {
  constructor(heads, row, onchoose) {
    this.items = [];
    this.row = row;
    this.onchoose = onchoose;
    this.filler = make("div", { class: "filler" });
    this.rows = make("div", { class: "rows", role: "rowgroup" });
    this.box = make("div", { class: "box", tabindex: "0", onscroll: () => this.paint() }, this.filler, this.rows);
    this.element = make(
      "div",
      { class: "table", role: "table" },
      make("div", { class: "row heads", role: "row" }, heads),
      this.box,
    );
    this.rows.addEventListener("click", (event) => this.clicked(event));
    new ResizeObserver(() => this.paint()).observe(this.box);
  }

  show(items) {
    this.items = items;
    this.filler.style.height = `${Math.min(items.length * ROW, TALLEST)}px`;
    this.element.setAttribute("aria-rowcount", items.length);
    this.box.scrollTop = 0;
    this.paint();
  }

  // how many rows one pixel of scrolling stands for, against an unsqueezed list
  squeeze() {
    return Math.max((this.items.length * ROW) / TALLEST, 1);
  }

  paint() {
    const top = this.box.scrollTop * this.squeeze();
    const first = Math.max(Math.floor(top / ROW) - AROUND, 0);
    const last = Math.min(Math.ceil((top + this.box.clientHeight) / ROW) + AROUND, this.items.length);
    const made = [];
    for (let at = first; at < last; at++) made.push(this.made(at));
    this.rows.style.transform = `translateY(${this.box.scrollTop + first * ROW - top}px)`;
    this.rows.replaceChildren(...made);
  }

  made(at) {
    const item = this.items[at];
    const attributes = {
      class: "row",
      role: "row",
      "data-at": at,
      "aria-rowindex": at + 1,
      "aria-selected": String(item === state.chosen),
    };
    return make("div", attributes, this.row(item));
  }

  clicked(event) {
    const row = event.target.closest("[data-at]");
    if (row) this.onchoose(this.items[Number(row.dataset.at)]);
  }

  // bring a row into sight
  reveal(at) {
    const squeeze = this.squeeze();
    const top = this.box.scrollTop * squeeze,
      height = this.box.clientHeight;
    if (at * ROW < top) this.box.scrollTop = (at * ROW) / squeeze;
    else if ((at + 1) * ROW > top + height) this.box.scrollTop = ((at + 1) * ROW - height) / squeeze;
    this.paint();
  }
}

// the table of records
const COLUMNS = ["name", "amount", "year", "status", "measure", "place", "document", "confidence"];
let table = null;

function recordsView() {
  table = new Table(COLUMNS.map(headCell), recordCells, (record) => choose(record, true));
  return make(
    "section",
    { class: "records", "aria-label": say("records") },
    filterBar(),
    make("p", { id: "count", "aria-live": "polite" }),
    table.element,
  );
}

function headCell(column) {
  const arrow = state.sort === column ? (state.down ? " ↓" : " ↑") : "";
  const sort = arrow ? (state.down ? "descending" : "ascending") : "none";
  const head = column === "document" ? say("document") : headOf(column);
  return make(
    "div",
    { class: column, role: "columnheader", "aria-sort": sort },
    button(head + arrow, () => sortBy(column)),
  );
}

function sortBy(column) {
  [state.sort, state.down] = state.sort !== column ? [column, false] : state.down ? [null, false] : [column, true];
  render();
}

function recordCells(record) {
  const label = labelOf(cell(record, "label"));
  return [
    make(
      "div",
      { class: "name", role: "cell", title: cell(record, "heading").join(" › ") },
      make("span", {}, cell(record, "name") ?? "–"),
      label && make("small", {}, label),
    ),
    make(
      "div",
      { class: "amount", role: "cell", title: `${exactOf(record)}\n${cell(record, "amount")}` },
      amountOf(record),
    ),
    make("div", { class: "year", role: "cell" }, columns.year[record] ?? "–"),
    make("div", { class: "status", role: "cell" }, statusTag(record)),
    make("div", { class: "measure", role: "cell" }, wordOf("measure", cell(record, "measure"))),
    make("div", { class: "place", role: "cell" }, cell(record, "place") ?? ""),
    make(
      "div",
      { class: "document", role: "cell", title: documents[columns.document[record]].source },
      titleOf(columns.document[record]),
    ),
    make("div", { class: "confidence", role: "cell" }, doubtSigns(record)),
  ];
}

function statusTag(record) {
  const status = cell(record, "status");
  return make("span", { class: `tag ${status}` }, wordOf("status", status));
}

// how sure a record is, what is doubtful about it, and what a reviewer said
function doubtSigns(record) {
  const confidence = columns.confidence[record];
  const flags = cell(record, "flags");
  const told = flags.map((flag) => wordOf("flag", flag)).join(", ");
  return [
    confidence === null ? null : make("span", {}, `${Math.round(confidence * 100)}%`),
    doubtful(record) ? make("span", { class: "doubt", title: told }, "⚠") : null,
    contradicted(record) ? make("span", { class: "doubt", title: wordOf("check_verdict", "contradicted") }, "≠") : null,
    verdicts.has(record)
      ? make(
          "span",
          { class: "judged", title: wordOf("verdict", verdicts.get(record)) },
          verdicts.get(record) === "right" ? "✓" : "✗",
        )
      : null,
  ];
}

function filterBar() {
  const search = make("input", {
    type: "search",
    id: "search",
    placeholder: say("search"),
    "aria-label": say("search"),
    value: state.query,
  });
  search.addEventListener("input", () => {
    state.query = search.value;
    refreshRecords();
  });
  const lists = Object.keys(FILTERS).map((key) => filterList(key));
  const only = make("input", {
    type: "checkbox",
    onchange: (event) => {
      state.doubtful = event.target.checked;
      refreshRecords();
    },
  });
  only.checked = state.doubtful;
  return make(
    "div",
    { class: "filters" },
    search,
    lists,
    make("label", {}, only, say("doubtful")),
    button(say("reset"), resetFilters),
  );
}

function filterList(key) {
  const { word } = FILTERS[key];
  const counts = counted(key);
  if (counts.length < 2) return null;
  const values = counts.map(([value, count]) => [
    value === null ? NONE : String(value),
    `${value === null ? say("without") : word ? word(value) : value} (${count})`,
  ]);
  const head = key === "document" ? say("document") : headOf(key === "flag" ? "flags" : key);
  return chooser(head, values, state.picked[key] ?? "", (value) => {
    state.picked[key] = value;
    refreshRecords();
  });
}

function resetFilters() {
  Object.assign(state, { query: "", picked: {}, doubtful: false, sort: null });
  render();
}

function refreshRecords() {
  const found = chosenRecords();
  list = found;
  table.show(found);
  document.getElementById("count").textContent = found.length
    ? say("shown", grouped(found.length), grouped(COUNT))
    : say("none");
}

// show the records that have one value of a filter
function showOnly(picked) {
  Object.assign(state, { query: "", picked, doubtful: false, view: "records", chosen: null, open: false });
  render();
}

// source.js: the text that a record comes from, with its quantity, name, period and cue marked in place.
const AROUND_TEXT = 20000; // characters of a long text on each side of the record; the rest is a click away

function sourcePane() {
  const record = state.chosen;
  if (!state.open || record === null) return null;
  return make(
    "aside",
    { id: "source", "aria-label": headOf("source"), "data-record": record },
    make(
      "header",
      {},
      make("h2", {}, cell(record, "name") ?? "–"),
      button("×", closeSource, { class: "close", title: say("close"), "aria-label": say("close") }),
    ),
    factsOf(record),
    clauseOf(record),
    findingsFor(record),
    verdictBar(record),
    textBar(record),
    textBox(record),
  );
}

function factsOf(record) {
  const one = allOf(record);
  const period = one.period && leads(record, "period", `${one.period[0]}（${wordOf("origin", one.period[4])}）`);
  const document_ = documents[one.document];
  const rows = [
    [
      headOf("amount"),
      make("b", {}, amountOf(record)),
      statusTag(record),
      wordOf("measure", one.measure),
      wordOf("role", one.role),
    ],
    [say("exact"), exactOf(record), `${say("written")}: ${quoteOf(record)}`],
    [headOf("label"), one.label && `${labelOf(one.label)} (${one.indicator})`],
    [headOf("year"), one.year, period],
    [headOf("baseline_text"), one.baseline && one.baseline[0], one.baseline && one.baseline[1]],
    [headOf("place"), one.place],
    [
      headOf("source"),
      document_.title,
      document_.source,
      one.page && `${headOf("page")} ${one.page}`,
      `${startOf(record)}–${endOf(record)}`,
    ],
    [headOf("heading"), one.heading.join(" › ")],
    [headOf("confidence"), one.confidence !== null && `${Math.round(one.confidence * 100)}%`],
    [headOf("flags"), one.flags.map((flag) => wordOf("flag", flag)).join(", ")],
    [headOf("rules"), one.rules.join(" ")],
  ];
  const shown = rows.map(([head, ...values]) => [
    head,
    values.filter((value) => value !== null && value !== undefined && value !== false && value !== ""),
  ]);
  return make(
    "dl",
    {},
    shown
      .filter(([, values]) => values.length)
      .map(([head, values]) => [make("dt", {}, head), make("dd", {}, spaced(values))]),
  );
}

// words that bring the mark of a kind into sight, where there is one: a period may have been set far above
function leads(record, kind, words) {
  if (!marksOf(record).some((mark) => mark.kind === kind)) return words;
  const find = () => document.querySelector(`#source .text mark.${kind}`);
  const show = () => {
    if (!find()) showAll(record);
    find().scrollIntoView({ block: "center" });
  };
  return button(words, show, { class: "leads" });
}

// the other figures of a rule: its condition, its rate, its cap
function clauseOf(record) {
  const clause = cell(record, "clause"),
    { first, records } = documents[columns.document[record]];
  if (clause === null) return null;
  const figures = range(records)
    .map((at) => first + at)
    .filter((other) => cell(other, "clause") === clause);
  return figures.length > 1
    ? make(
        "p",
        { class: "sides" },
        say("clause"),
        figures.map((other) => sideButton(other, "figure", wordOf("role", cell(other, "role")))),
      )
    : null;
}

function spaced(values) {
  return values.flatMap((value, at) => (at ? [" · ", value] : [value]));
}

function textBar(record) {
  const { whole: full } = documents[columns.document[record]];
  const kinds = ["quantity", ...data.kinds, "other", ...(state.repaired ? ["edit"] : [])];
  const swap = [false, true].map((repaired) =>
    button(
      say(repaired ? "repaired" : "original"),
      () => {
        state.repaired = repaired;
        showSource();
      },
      { "aria-pressed": String(state.repaired === repaired) },
    ),
  );
  return make(
    "div",
    { class: "textbar" },
    full ? swap : make("small", {}, say("excerpt")),
    make(
      "span",
      { class: "legend" },
      kinds.map((kind) => make("span", { class: `mark ${kind}` }, say(kind))),
    ),
  );
}

function textBox(record) {
  const number = columns.document[record];
  const { text, place } = textOf(number);
  const at = place(columns.at[record]);
  const from = lineStart(text, at - AROUND_TEXT),
    to = lineEnd(text, at + AROUND_TEXT);
  const box = make("div", { class: "text", tabindex: "0" });
  box.addEventListener("click", (event) => {
    const other = event.target.closest("[data-record]");
    if (other) choose(Number(other.dataset.record), true);
  });
  const all = () => showAll(record);
  if (from > 0) box.append(button(say("earlier"), all, { class: "more" }));
  box.append(...marked(record, from, to));
  if (to < text.length) box.append(button(say("later"), all, { class: "more" }));
  return box;
}

// put the whole of a long text in place of the part around the record
function showAll(record) {
  const { text } = textOf(columns.document[record]);
  document.querySelector("#source .text").replaceChildren(...marked(record, 0, text.length));
}

function lineStart(text, at) {
  return at <= 0 ? 0 : text.lastIndexOf("\n", at) + 1;
}
function lineEnd(text, at) {
  const end = at >= text.length ? -1 : text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

// the text from one index to another in pieces, the marks of the record and the quantities of all others in it
function marked(record, from, to) {
  const number = columns.document[record];
  const spans = [...marksOf(record), ...othersOf(record, number, from, to)];
  const edits = editsOf(number, from, to);
  const cuts = new Set([from, to]);
  for (const { start, end } of [...spans, ...edits]) cuts.add(start).add(end);
  const borders = [...cuts].filter((cut) => cut >= from && cut <= to).sort((a, b) => a - b);
  const sweep = sweeper(spans),
    sweepEdits = sweeper(edits);
  const pieces = [];
  for (let at = 0; at + 1 < borders.length; at++) {
    const [start, end] = [borders[at], borders[at + 1]];
    pieces.push(piece(number, start, end, sweep(start), sweepEdits(start)[0]));
  }
  return pieces.filter((one) => one !== null);
}

// a function that gives, for rising positions, the spans that hold each
function sweeper(spans) {
  const waiting = [...spans].sort((a, b) => a.start - b.start);
  let next = 0,
    open = [];
  return (position) => {
    while (next < waiting.length && waiting[next].start <= position) open.push(waiting[next++]);
    open = open.filter(({ end }) => end > position);
    return open;
  };
}

function marksOf(record) {
  const { place } = textOf(columns.document[record]);
  const at = columns.at[record],
    flat = columns.marks[record];
  const marks = [{ start: place(at), end: place(at + columns.long[record]), kind: "quantity" }];
  for (let next = 0; next < flat.length; next += 3) {
    const start = at + flat[next + 1];
    marks.push({ start: place(start), end: place(start + flat[next + 2]), kind: data.kinds[flat[next]] });
  }
  return marks;
}

function othersOf(record, number, from, to) {
  const { first, records } = documents[number];
  const { place } = textOf(number);
  const others = [];
  for (let other = first; other < first + records; other++) {
    const start = place(columns.at[other]),
      end = place(columns.at[other] + columns.long[other]);
    if (other !== record && end > from && start < to) others.push({ start, end, kind: "other", record: other });
  }
  return others;
}

function editsOf(number, from, to) {
  const { edits, place } = textOf(number);
  return edits
    .map(([start, end, replacement, rules, aligned]) => ({
      start: place(start),
      end: place(end),
      replacement,
      rules,
      aligned,
    }))
    .filter(({ start, end }) => end > from && start < to);
}

// a piece of the text that lies in the same spans and the same edit from its start to its end
function piece(number, start, end, spans, edit) {
  const { text } = textOf(number);
  const shown = state.repaired && edit ? repairedPiece(edit, start, end) : text.slice(start, end);
  if (!shown && !spans.some(({ kind }) => kind !== "other")) return null;
  if (!spans.length && !edit) return document.createTextNode(shown);
  const told = edit ? `${edit.rules.join(" ")}: ${text.slice(edit.start, edit.end)} → ${edit.replacement}` : null;
  return make(spans.length ? "mark" : "span", { title: told, ...lookOf(spans, edit) }, shown);
}

// the classes of a piece, and the record that a click on it opens: the record's own quantity covers those of others
function lookOf(spans, edit) {
  const own = spans.some(({ kind }) => kind === "quantity");
  const seen = spans.filter(({ kind }) => !(own && kind === "other"));
  const kinds = new Set([...seen.map(({ kind }) => kind), ...(edit && state.repaired ? ["edit"] : [])]);
  const other = seen.find(({ kind }) => kind === "other");
  return { class: [...kinds].join(" ") || null, "data-record": other ? other.record : null };
}

// what a repair made of its characters from one to another: characters one by one, or all of it at its start
function repairedPiece(edit, start, end) {
  if (edit.aligned && edit.replacement.length === edit.end - edit.start)
    return edit.replacement.slice(start - edit.start, end - edit.start);
  return start === edit.start ? edit.replacement : "";
}

function closeSource() {
  state.open = false;
  showSource();
}

// put the pane for the chosen record in place of the one before
function showSource() {
  const pane = sourcePane();
  document.getElementById("source")?.remove();
  document.getElementById("app").classList.toggle("split", pane !== null);
  if (!pane) return;
  document.querySelector("main").append(pane);
  const box = pane.querySelector(".text"),
    quantity = pane.querySelector("mark.quantity");
  if (quantity)
    box.scrollTop += quantity.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

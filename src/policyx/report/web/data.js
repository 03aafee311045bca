// data.js: the data of the page, and the state of the view. Offsets count code points, as in the records.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("data");
const WORDS = read("words");
const columns = data.columns;
const COUNT = columns.at.length;
const documents = data.documents;
const NAMES = Object.keys(columns);

const state = {
  lang: WORDS.lang,
  view: "overview",
  chosen: null,
  open: false,
  repaired: false,
  query: "",
  picked: {},
  doubtful: false,
  sort: null,
  down: false,
  unjudged: true,
};
// the verdicts of a reviewer: the number of a record -> one of the codes of verdicts
const verdicts = new Map(Object.entries(read("verdicts")).map(([key, verdict]) => [Number(key), verdict]));

// the value of a record's column
function cell(record, column) {
  const found = columns[column];
  return Array.isArray(found) ? found[record] : found.values[found.codes[record]];
}

// all columns of a record
function allOf(record) {
  return Object.fromEntries(NAMES.map((name) => [name, cell(record, name)]));
}

const findingsOf = new Map();
data.findings.forEach((finding, number) => {
  for (const record of finding.records) {
    if (!findingsOf.has(record)) findingsOf.set(record, []);
    findingsOf.get(record).push(number);
  }
});

// A document's text with `place`, which turns a code point's number into an index of the string. Parsed when it is first
// asked for: most texts never are.
const texts = new Map();
function textOf(number) {
  if (!texts.has(number)) {
    const { text, edits } = read(`text-${number}`);
    const wide = /[\ud800-\udbff]/.test(text) ? indexes(text) : null;
    texts.set(number, { text, edits, place: wide ? (at) => wide[Math.min(at, wide.length - 1)] : (at) => at });
  }
  return texts.get(number);
}

// for each code point of a text where it starts in the string; one more for the end
function indexes(text) {
  const starts = [];
  let at = 0;
  for (const character of text) {
    starts.push(at);
    at += character.length;
  }
  starts.push(at);
  return starts;
}

// where a record's quantity starts and ends in the original
function startOf(record) {
  return columns.at[record] + cell(record, "moved");
}
function endOf(record) {
  return startOf(record) + columns.long[record];
}

// the characters of a record's quantity
function quoteOf(record) {
  const { text, place } = textOf(columns.document[record]);
  const at = columns.at[record];
  return text.slice(place(at), place(at + columns.long[record]));
}

function titleOf(number) {
  const { source, title } = documents[number];
  return title || fileOf(source);
}
function fileOf(source) {
  return source.split(/[/\\]/).pop();
}

// filter.js: which records are shown, in which order.
const NONE = "\u0000"; // the value of a filter that asks for records without one
const FILTERS = {
  label: { values: (record) => cell(record, "label"), word: (label) => labelOf(label) },
  place: { values: (record) => cell(record, "place") },
  year: { values: (record) => columns.year[record], ordered: true },
  status: { values: (record) => cell(record, "status"), word: (code) => wordOf("status", code) },
  measure: { values: (record) => cell(record, "measure"), word: (code) => wordOf("measure", code) },
  document: { values: (record) => columns.document[record], word: (number) => titleOf(number) },
  flag: { values: (record) => cell(record, "flags"), word: (code) => wordOf("flag", code), many: true },
};
const SEARCHED = ["name", "label", "indicator", "amount", "place", "heading"];

// how often each value of a filter occurs, the most frequent first
function counted(key) {
  const { values, ordered, many } = FILTERS[key];
  const counts = new Map();
  for (let record = 0; record < COUNT; record++) {
    const found = values(record);
    for (const value of many ? found : [found]) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const order = ordered ? (a, b) => b[0] - a[0] : (a, b) => b[1] - a[1];
  return [...counts]
    .filter(([value]) => value !== null)
    .sort(order)
    .concat(counts.has(null) ? [[null, counts.get(null)]] : []);
}

// the numbers of the records that fit query and filters, sorted
function chosenRecords() {
  const needles = state.query.toLowerCase().split(/\s+/).filter(Boolean).map(matcher);
  const wanted = Object.entries(state.picked)
    .filter(([, value]) => value !== "")
    .map(([key, value]) => picker(key, value));
  const found = [];
  for (let record = 0; record < COUNT; record++) {
    if (state.doubtful && !doubtful(record)) continue;
    if (wanted.every((fits) => fits(record)) && needles.every((fits) => fits(record))) found.push(record);
  }
  return state.sort ? sorted(found) : found;
}

function picker(key, value) {
  const { values, many } = FILTERS[key];
  if (value === NONE) return (record) => values(record) === null;
  return many ? (record) => values(record).includes(value) : (record) => String(values(record)) === value;
}

// A record is doubtful where something is to be looked at twice: what the rules were unsure of, or a contradiction.
const MILD = new Set(["year_carried", "name_carried"]); // told, but right as often as the rest
function doubtful(record) {
  const confidence = columns.confidence[record];
  if (confidence !== null && confidence < 0.6) return true;
  return cell(record, "flags").some((flag) => !MILD.has(flag)) || contradicted(record);
}
function contradicted(record) {
  return (findingsOf.get(record) ?? []).some((number) => data.findings[number].verdict === "contradicted");
}

// whether a record has a word in one of SEARCHED, in its document's title or path, or in its sentence
function matcher(needle) {
  const hits = SEARCHED.map((name) => {
    const { values, codes } = columns[name];
    return [values.map((value) => value !== null && wordsOf(name, value).includes(needle)), codes];
  });
  const titles = documents.map(({ source, title }) => `${title ?? ""}\n${source}`.toLowerCase().includes(needle));
  const inside = inSentences(needle);
  return (record) =>
    hits.some(([values, codes]) => values[codes[record]]) || titles[columns.document[record]] || inside[record];
}

// what is searched of a value, in small letters; an indicator's label in both languages
function wordsOf(column, value) {
  const english = column === "label" ? data.english[value] : null;
  return (english ? `${value}\n${english}` : String(value)).toLowerCase();
}

// for each record whether its sentence holds the needle
function inSentences(needle) {
  const found = new Uint8Array(COUNT);
  documents.forEach(({ first, records }, number) => {
    const places = records ? occurrences(lowered(number), needle) : [];
    if (!places.length) return;
    const { place } = textOf(number);
    for (let record = first; record < first + records; record++) {
      const start = place(columns.at[record] + columns.sentence[record]);
      const end = place(columns.at[record] + columns.span[record]);
      const next = places[lowest(places, start)];
      if (next !== undefined && next + needle.length <= end) found[record] = 1;
    }
  });
  return found;
}

const small = new Map(); // texts in small letters; one whose length that would change stays as it is
function lowered(number) {
  if (!small.has(number)) {
    const { text } = textOf(number);
    const lower = text.toLowerCase();
    small.set(number, lower.length === text.length ? lower : text);
  }
  return small.get(number);
}

function occurrences(text, needle) {
  const places = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) places.push(at);
  return places;
}

// the index of the first of sorted numbers that is not below a limit
function lowest(numbers, limit) {
  let low = 0,
    high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

// sorting: by a key for each record, those without one last in both directions
const KEYS = {
  name: () => ranks("name"),
  amount: () => numberOf,
  year: () => (record) => columns.year[record],
  status: () => ranks("status"),
  measure: () => ranks("measure"),
  place: () => ranks("place"),
  document: () => (record) => columns.document[record],
  confidence: () => (record) => columns.confidence[record],
};
const keysOf = new Map();
function sorted(records) {
  if (!keysOf.has(state.sort))
    keysOf.set(
      state.sort,
      Array.from({ length: COUNT }, (_, record) => KEYS[state.sort]()(record)),
    );
  const keys = keysOf.get(state.sort),
    sign = state.down ? -1 : 1;
  return records.sort((a, b) => {
    const x = keys[a],
      y = keys[b];
    if (x === y) return a - b;
    if (x === null) return 1;
    return y === null ? -1 : sign * (x - y);
  });
}

// a function that gives the rank of a record's text among all of its column, as a Chinese dictionary has them
const ranked = new Map();
function ranks(column) {
  if (!ranked.has(column)) {
    const { values } = columns[column];
    const compare = new Intl.Collator("zh").compare;
    const order = values
      .map((_, code) => code)
      .filter((code) => values[code] !== null)
      .sort((a, b) => compare(values[a], values[b]));
    const rank = new Array(values.length).fill(null);
    order.forEach((code, place) => {
      rank[code] = place;
    });
    ranked.set(column, rank);
  }
  const rank = ranked.get(column),
    { codes } = columns[column];
  return (record) => rank[codes[record]];
}

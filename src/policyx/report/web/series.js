// series.js: figures of one indicator and measure by place, year and status, for the charts.
const SHOWN_STATUSES = ["actual", "target", "forecast"];

// all that can be drawn, by indicator, measure and unit: {key, label, measure, unit, rows}; those with most rows first
let drawable = null;
function allSeries() {
  if (drawable) return drawable;
  const byKey = new Map();
  const take = (indicator, label, row) => {
    const measure = cell(row.record, "measure"),
      key = `${indicator}\n${measure}\n${row.unit}`;
    if (!byKey.has(key)) byKey.set(key, { key, label, measure, unit: row.unit, rows: [] });
    byKey.get(key).rows.push(row);
  };
  for (const [record, place, series, label, candidates, because, force, stretch] of data.headlines) {
    take(series, label, { ...rowOf(record, candidates), place, because, force, stretch });
  }
  for (const [record, candidates] of data.series)
    take(cell(record, "indicator"), cell(record, "label"), rowOf(record, candidates));
  drawable = [...byKey.values()].sort((a, b) => b.rows.length - a.rows.length);
  return drawable;
}

// a record as a point: `candidates` is how many different values there were for it
function rowOf(record, candidates = 1) {
  const exact = cell(record, "base");
  return {
    record,
    candidates,
    exact,
    number: Number(exact),
    place: cell(record, "place"),
    year: columns.year[record],
    status: cell(record, "status"),
    unit: cell(record, "base_unit") ?? "",
  };
}

function seriesTitle(series) {
  return `${labelOf(series.label)} · ${wordOf("measure", series.measure)}${series.unit ? ` (${series.unit})` : ""}`;
}

function placesOf(series) {
  return tally(series.rows.map(({ place }) => place));
}

function rowsOf(series, place) {
  return series.rows.filter((row) => row.place === place).sort((a, b) => a.year - b.year);
}

// for the comparison: each place's row of a year, what was reached before what was aimed at
function yearRows(series, year) {
  const best = new Map();
  for (const row of series.rows) {
    const before = best.get(row.place);
    const rank = SHOWN_STATUSES.indexOf(row.status);
    if (row.year === year && rank >= 0 && (!before || rank < SHOWN_STATUSES.indexOf(before.status)))
      best.set(row.place, row);
  }
  return [...best.values()].sort((a, b) => b.number - a.number);
}

// an axis from a round number below to a round number above, with steps of 1, 2 or 5
function axis(low, high) {
  if (low === high) [low, high] = low > 0 ? [0, high * 1.1] : [low * 1.1 - 1, high * 0.9 + 1];
  if (low > 0 && low < high * 0.6) low = 0;
  const rough = (high - low) / 5,
    size = 10 ** Math.floor(Math.log10(rough));
  const step = size * [1, 2, 5, 10].find((times) => times * size >= rough);
  const first = Math.floor(low / step),
    last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

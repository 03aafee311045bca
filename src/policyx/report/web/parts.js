// parts.js: the structure of a whole, from the sums and shares that the checks confirmed.

// checks that were confirmed of a whole and its parts, or of parts that are 100 % together
const MOST_PARTS = 30;
function structures() {
  return data.findings
    .map(({ verdict, records, parts }) => ({
      verdict,
      whole: records[parts.indexOf("whole")] ?? null,
      parts: records.filter((_, at) => parts[at] === "part"),
    }))
    .filter(
      ({ verdict, whole, parts }) =>
        verdict === "confirmed" && parts.length > 1 && parts.length <= MOST_PARTS && sameUnit(whole, parts),
    );
}
function sameUnit(whole, parts) {
  const units = new Set([...(whole === null ? [] : [whole]), ...parts].map((record) => cell(record, "base_unit")));
  return units.size === 1 && (whole !== null || units.has("%"));
}

function partsChart() {
  const all = structures();
  if (!all.length) return make("p", { class: "nothing" }, say("no_parts"));
  const chosen = all[picked.part] ?? all[0];
  const options = all.slice(0, 400).map((one, at) => [String(at), shortened(structureTitle(one), 60)]);
  return [
    make(
      "div",
      { class: "filters" },
      chooser(
        say("parts"),
        options,
        String(all.indexOf(chosen)),
        (value) => {
          picked.part = Number(value);
          render();
        },
        null,
      ),
    ),
    figure(`${say("parts")}: ${structureTitle(chosen)}`, partsBars(chosen)),
  ];
}

function structureTitle({ whole, parts }) {
  const first = whole ?? parts[0];
  return `${cell(first, "name") ?? "–"} ${columns.year[first] ?? ""} ${amountOf(first)} · ${titleOf(columns.document[first])}`;
}

// parts under each other, each beginning where the one before ended
function partsBars({ whole, parts }) {
  const total = whole === null ? 100 : numberOf(whole);
  const left = 170,
    line = 26,
    x = (value) => left + (value / total) * (WIDE - left - 120);
  let at = 0;
  const bars = parts.map((record, number) => {
    const value = numberOf(record),
      y = EDGE.top + number * line,
      start = x(at);
    at += value;
    const row = { ...rowOf(record), place: cell(record, "name") };
    return opens(
      row,
      draw("text", { x: left - 8, y: y + 15, "text-anchor": "end" }, shortened(cell(record, "name") ?? "–", 12)),
      draw("rect", {
        class: `bar part part-${number % 6}`,
        x: start,
        y: y + 2,
        width: Math.max(x(at) - start, 1),
        height: line - 8,
      }),
      draw("text", { x: x(at) + 6, y: y + 15 }, `${amountOf(record)} (${percent(value, total)})`),
    );
  });
  return draw(
    "svg",
    { viewBox: `0 0 ${WIDE} ${parts.length * line + EDGE.top + 8}`, role: "img", "aria-label": say("parts") },
    draw("line", { x1: left, x2: left, y1: 8, y2: parts.length * line + EDGE.top }),
    draw("line", { x1: x(total), x2: x(total), y1: 8, y2: parts.length * line + EDGE.top }),
    bars,
  );
}

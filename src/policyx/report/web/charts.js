// charts.js: figures as inline SVG. Colours are those of Okabe and Ito; shape and dash tell the same without colour.
const WIDE = 760,
  HIGH = 320;
const EDGE = { left: 84, right: 20, top: 16, bottom: 30 };
const MOST_BARS = 40;
const picked = { series: null, place: null, year: null, part: 0 };

function chartsView() {
  return make(
    "section",
    { class: "charts", "aria-label": say("charts") },
    allSeries().length ? seriesCharts() : make("p", { class: "nothing" }, say("no_series")),
    partsChart(),
  );
}

function seriesCharts() {
  const series = allSeries().find((one) => one.key === picked.series) ?? allSeries()[0];
  const places = placesOf(series);
  const place = places.some(([name]) => name === picked.place) ? picked.place : places[0][0];
  const years = tally(series.rows.map(({ year }) => year));
  const year = years.some(([one]) => one === picked.year) ? picked.year : years[0][0];
  const pick =
    (key, of = String) =>
    (value) => {
      picked[key] = of(value);
      render();
    };
  const bar = make(
    "div",
    { class: "filters" },
    chooser(
      say("indicator"),
      allSeries()
        .slice(0, 400)
        .map((one) => [one.key, `${seriesTitle(one)} (${one.rows.length})`]),
      series.key,
      pick("series"),
      null,
    ),
    chooser(
      headOf("place"),
      places.map(([name, count]) => [name ?? "", `${name ?? say("without")} (${count})`]),
      place ?? "",
      (value) => {
        picked.place = value || null;
        render();
      },
      null,
    ),
    chooser(
      headOf("year"),
      [...years].sort((a, b) => b[0] - a[0]).map(([one, count]) => [String(one), `${one} (${count})`]),
      String(year),
      pick("year", Number),
      null,
    ),
    button(say("print"), () => window.print()),
  );
  return [
    bar,
    figure(
      `${say("over_years")}: ${place ?? say("without")} · ${seriesTitle(series)}`,
      yearsChart(rowsOf(series, place)),
      legend(),
    ),
    places.length > 1
      ? figure(`${say("places")}: ${year} · ${seriesTitle(series)}`, barsChart(yearRows(series, year)), legend())
      : null,
  ];
}

function figure(caption, drawing, below = null) {
  return make("figure", {}, make("figcaption", {}, caption), drawing, below);
}

function legend() {
  return make(
    "p",
    { class: "legend" },
    SHOWN_STATUSES.map((status) =>
      make(
        "span",
        { class: "key" },
        draw(
          "svg",
          { width: 34, height: 14, viewBox: "0 0 34 14" },
          draw("path", { class: `line ${status}`, d: "M1 7H33" }),
          shape(status, 17, 7),
        ),
        wordOf("status", status),
      ),
    ),
  );
}

// a point: a filled circle for what was reached, an open square for an aim, a diamond for a forecast
function shape(status, x, y) {
  if (status === "actual") return draw("circle", { class: `point ${status}`, cx: x, cy: y, r: 4.5 });
  if (status === "target")
    return draw("rect", { class: `point ${status}`, x: x - 4.5, y: y - 4.5, width: 9, height: 9 });
  return draw("path", { class: `point ${status}`, d: `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z` });
}

function yearsChart(rows) {
  const shown = rows.filter(({ status, year }) => SHOWN_STATUSES.includes(status) && year !== null);
  if (!shown.length) return make("p", { class: "nothing" }, say("no_series"));
  const ticks = axis(Math.min(...shown.map(({ number }) => number)), Math.max(...shown.map(({ number }) => number)));
  const first = shown[0].year,
    last = Math.max(shown.at(-1).year, first + 1);
  const x = (year) => EDGE.left + ((year - first + 0.5) / (last - first + 1)) * (WIDE - EDGE.left - EDGE.right);
  const y = scale(ticks, HIGH - EDGE.bottom, EDGE.top);
  const drawing = draw(
    "svg",
    { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": say("over_years") },
    grid(ticks, y),
    yearLabels(first, last, x, HIGH - 8),
  );
  for (const status of SHOWN_STATUSES) {
    const points = shown.filter((row) => row.status === status);
    // only what follows year on year is joined: a line over a gap would tell of years that nobody told of
    const joined = (at) => at > 0 && points[at].year === points[at - 1].year + 1;
    const path = points.map((row, at) => `${joined(at) ? "L" : "M"}${x(row.year)} ${y(row.number)}`).join("");
    if (points.length > 1) drawing.append(draw("path", { class: `line ${status}`, d: path }));
    drawing.append(...points.map((row) => dot(row, x(row.year), y(row.number))));
  }
  return drawing;
}

function scale(ticks, from, to) {
  return (value) => from + ((value - ticks[0]) / (ticks.at(-1) - ticks[0])) * (to - from);
}

function grid(ticks, y) {
  return ticks.map((tick) => [
    draw("line", { x1: EDGE.left, x2: WIDE - EDGE.right, y1: y(tick), y2: y(tick) }),
    draw("text", { x: EDGE.left - 8, y: y(tick) + 4, "text-anchor": "end" }, readable(String(tick)).trim()),
  ]);
}

// the years below a chart, as many as have room
function yearLabels(first, last, x, y) {
  const step = [1, 2, 5, 10, 20, 50].find((years) => (last - first + 1) / years <= 14) ?? 100,
    labels = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step)
    labels.push(draw("text", { x: x(year), y, "text-anchor": "middle" }, year));
  return labels;
}

// a point or bar that opens its record
function opens(row, ...drawn) {
  const several =
    row.candidates > 1
      ? ` (${[say("values", row.candidates), wordOf("chosen_because", row.because)].filter(Boolean).join(", ")})`
      : "";
  const force = [wordOf("force", row.force), row.stretch && `${headOf("stretch")} ${grouped(row.stretch)}${row.unit}`]
    .filter(Boolean)
    .map((word) => `, ${word}`)
    .join("");
  const told = `${row.place ?? ""} ${row.year ?? ""} ${wordOf("status", row.status)}: ${grouped(row.exact)}${row.unit}${force}${several}`;
  const open = () => choose(row.record, true);
  const onkeydown = (event) => {
    if (event.key === "Enter") open();
  };
  return draw(
    "g",
    {
      class: "opens",
      tabindex: "0",
      role: "button",
      "aria-label": told,
      "data-opens": row.record,
      onclick: open,
      onkeydown,
    },
    draw("title", {}, told),
    drawn,
  );
}

function dot(row, x, y) {
  return opens(row, draw("circle", { class: "touch", cx: x, cy: y, r: 10 }), shape(row.status, x, y));
}

function barsChart(rows) {
  const shown = rows.slice(0, MOST_BARS),
    left = 130,
    line = 24;
  const high = shown.length * line + EDGE.top;
  const ticks = axis(
    Math.min(0, ...shown.map(({ number }) => number)),
    Math.max(0, ...shown.map(({ number }) => number)),
  );
  const x = scale(ticks, left, WIDE - 130);
  const bars = shown.map((row, at) => {
    const y = EDGE.top + at * line,
      zero = x(0),
      end = x(row.number);
    return opens(
      row,
      draw("text", { x: left - 8, y: y + 14, "text-anchor": "end" }, shortened(row.place ?? "–", 10)),
      draw("rect", {
        class: `bar ${row.status}`,
        x: Math.min(zero, end),
        y: y + 2,
        width: Math.max(Math.abs(end - zero), 1),
        height: line - 8,
      }),
      draw(
        "text",
        { x: Math.max(end, zero) + 6, y: y + 14 },
        `${readable(row.exact).trim()}${row.status === "actual" ? "" : ` ${wordOf("status", row.status)}`}`,
      ),
    );
  });
  return draw(
    "svg",
    { viewBox: `0 0 ${WIDE} ${high}`, role: "img", "aria-label": say("places") },
    draw("line", { x1: x(0), x2: x(0), y1: 8, y2: high }),
    bars,
  );
}

function shortened(text, length) {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
}

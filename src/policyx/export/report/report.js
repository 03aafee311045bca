"use strict";
// Shows the records of #data; every text of a document gets into the page as textContent, never as markup.
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const documents = JSON.parse(document.getElementById("data").textContent);
  const records = documents.flatMap((one) => one.records.map((record) => Object.assign(record, { of: one })));
  const say = words.text, heads = words.heads, STATUSES = Object.keys(words.status), STEP = 100;
  const SVG = "http://www.w3.org/2000/svg";
  let shown = STEP;

  for (const record of records) {
    record.searched = [record.name, record.label, record.indicator, record.amount, record.place, record.heading,
      record.sentence.join(""), record.of.source, record.of.title].join("\n").toLowerCase();
  }

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }
  function draw(tag, attributes = {}, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  // filters: each is a select over the values that occur, the most frequent first (years: in order)
  const bar = document.getElementById("filters");
  const search = make("input", { type: "search", placeholder: say.search, "aria-label": say.search });
  const doubtful = make("input", { type: "checkbox" });
  const filters = {
    label: { head: heads.label, of: (record) => record.label },
    place: { head: heads.place, of: (record) => record.place },
    year: { head: heads.year, of: (record) => record.year, ordered: true },
    status: { head: heads.status, of: (record) => record.status, word: (code) => words.status[code] || code },
    measure: { head: heads.measure, of: (record) => record.measure, word: (code) => words.measure[code] || code },
    document: { head: say.document, of: (record) => record.of.source, word: (source) => title(source) },
  };
  const titles = new Map(documents.map((one) => [one.source, one.title]));
  function title(source) {
    const name = source.split("/").pop();
    return titles.get(source) ? `${titles.get(source)} (${name})` : name;
  }
  bar.append(search);
  for (const filter of Object.values(filters)) {
    const counts = new Map();
    for (const record of records) counts.set(filter.of(record), (counts.get(filter.of(record)) || 0) + 1);
    const values = [...counts.keys()].filter((value) => value !== null)
      .sort(filter.ordered ? (a, b) => b - a : (a, b) => counts.get(b) - counts.get(a));
    filter.select = make("select", { "aria-label": filter.head }, make("option", { value: "" }, `${filter.head}: ${say.all}`));
    for (const value of values) {
      const word = filter.word ? filter.word(value) : String(value);
      filter.select.append(make("option", { value: `=${value}` }, `${word} (${counts.get(value)})`));
    }
    if (counts.has(null)) filter.select.append(make("option", { value: "null" }, `${say.without} (${counts.get(null)})`));
    if (counts.size > 1) bar.append(filter.select);
    filter.select.addEventListener("change", () => update());
  }
  bar.append(make("label", {}, doubtful, say.doubtful));
  const reset = make("button", { type: "button" }, say.reset);
  bar.append(reset);
  let waiting;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(update, 120); });
  doubtful.addEventListener("change", () => update());
  reset.addEventListener("click", () => {
    search.value = ""; doubtful.checked = false;
    for (const filter of Object.values(filters)) filter.select.value = "";
    update();
  });

  function chosen() {
    const needles = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = Object.values(filters).filter((filter) => filter.select.value);
    return records.filter((record) =>
      needles.every((needle) => record.searched.includes(needle)) && (!doubtful.checked || record.flags.length) &&
      wanted.every(({ select, of }) => (select.value === "null" ? of(record) === null : `=${of(record)}` === select.value)));
  }

  const columns = [["name", heads.name], ["amount", heads.amount], ["year", heads.year], ["status", heads.status],
    ["place", heads.place], ["evidence", heads.sentence]];
  document.querySelector("thead").append(make("tr", {}, ...columns.map(([key, head]) => make("th", { class: key, scope: "col" }, head))));

  function row(record) {
    const [before, quote, behind] = record.sentence;
    const sentence = quote === undefined ? [before] : [before, make("mark", {}, quote), behind];
    const page = record.page === null ? [] : [`${heads.page} ${record.page}`];
    if (record.cell) page.push(record.cell);
    const path = [record.heading, [title(record.of.source), ...page, `${record.start}–${record.end}`].join(" · ")].filter(Boolean);
    const told = [record.label, words.measure[record.measure] || record.measure].filter(Boolean).join(" · ");
    const period = [record.period_text, record.baseline_text && `← ${record.baseline_text}`].filter(Boolean).join(" ");
    return make("tr", {},
      make("td", { class: "name", title: record.rules.join("\n") }, record.name || "–", make("small", {}, told)),
      make("td", { class: "amount" }, record.amount, record.base !== record.amount ? make("small", {}, record.base) : null),
      make("td", { class: "year", title: period }, record.year === null ? "–" : String(record.year)),
      make("td", { class: "status" }, make("span", { class: `tag ${record.status}` }, words.status[record.status] || record.status)),
      make("td", { class: "place" }, record.place || ""),
      make("td", { class: "evidence" }, make("p", {}, ...sentence), make("small", {}, path.join(" — ")),
        record.flags.length ? make("span", { class: "flag" }, `${heads.flags}: ${record.flags.join(", ")}`) : null));
  }

  function figure(head, picture, statuses) {
    const keys = statuses.map((status) => make("span", { class: "key" },
      make("i", { style: `background:var(--${status})` }), words.status[status] || status));
    return make("figure", {}, make("h2", {}, head), picture, make("div", {}, ...keys));
  }

  // how many records tell of each year, by status; a click on a bar chooses the year
  function bars(found) {
    const years = new Map();
    for (const record of found) {
      if (record.year === null) continue;
      if (!years.has(record.year)) years.set(record.year, {});
      const counts = years.get(record.year);
      counts[record.status] = (counts[record.status] || 0) + 1;
    }
    if (years.size < 2) return null;
    const all = [...years.keys()].sort((a, b) => a - b);
    const total = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
    const most = Math.max(...all.map((year) => total(years.get(year))));
    const width = 640, height = 170, base = height - 20, step = (width - 40) / all.length, thick = Math.min(step * 0.8, 40);
    const every = Math.ceil(36 / step);
    const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
    picture.append(draw("line", { x1: 34, x2: width, y1: base, y2: base }), draw("text", { x: 0, y: 14 }, String(most)));
    all.forEach((year, at) => {
      const x = 38 + at * step, group = draw("g", { class: "bar" }, draw("title", {}, `${year}: ${total(years.get(year))}`));
      let y = base;
      for (const status of STATUSES) {
        const tall = ((years.get(year)[status] || 0) / most) * (base - 18);
        if (!tall) continue;
        y -= tall;
        group.append(draw("rect", { x, y, width: thick, height: tall, fill: `var(--${status})` }));
      }
      if (at % every === 0) group.append(draw("text", { x: x + thick / 2, y: height - 5, "text-anchor": "middle" }, String(year)));
      group.addEventListener("click", () => {
        filters.year.select.value = filters.year.select.value === `=${year}` ? "" : `=${year}`;
        update();
      });
      picture.append(group);
    });
    return figure(say.by_year, picture, STATUSES.filter((status) => found.some((record) => record.status === status)));
  }

  // one indicator's figures by year: those of the measure and unit that most of the records have
  function points(found) {
    const labels = new Set(found.map((record) => record.label));
    if (labels.size !== 1 || labels.has(null)) return null;
    const kinds = new Map();
    for (const record of found) {
      if (record.year === null) continue;
      const kind = `${record.measure}\n${record.unit}`;
      kinds.set(kind, [...(kinds.get(kind) || []), record]);
    }
    const of = [...kinds.values()].sort((a, b) => b.length - a.length)[0];
    if (!of || of.length < 2 || new Set(of.map((record) => record.year)).size < 2) return null;
    const years = of.map((record) => record.year), values = of.map((record) => record.number);
    const first = Math.min(...years), last = Math.max(...years), low = Math.min(0, ...values), high = Math.max(...values);
    const width = 640, height = 170, left = 74, base = height - 20;
    const x = (year) => left + 8 + ((year - first) / (last - first)) * (width - left - 30);
    const y = (value) => base - 4 - ((value - low) / (high - low || 1)) * (base - 22);
    const short = new Intl.NumberFormat(words.lang === "zh" ? "zh-CN" : "en", { notation: "compact", maximumFractionDigits: 1 });
    const unit = of[0].unit || "";
    const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" },
      draw("line", { x1: left, x2: width, y1: base, y2: base }), draw("line", { x1: left, x2: left, y1: 10, y2: base }),
      draw("text", { x: left - 6, y: y(high) + 4, "text-anchor": "end" }, short.format(high) + unit),
      draw("text", { x: left - 6, y: base, "text-anchor": "end" }, short.format(low)));
    const every = Math.ceil((last - first + 1) / 14);
    for (let year = first; year <= last; year += every) {
      picture.append(draw("text", { x: x(year), y: height - 5, "text-anchor": "middle" }, String(year)));
    }
    for (const record of of) {
      const hollow = record.status === "actual" ? `var(--${record.status})` : "var(--ground)";
      picture.append(draw("circle", { cx: x(record.year), cy: y(record.number), r: 3.5, fill: hollow, stroke: `var(--${record.status})`,
        "stroke-width": 1.5 }, draw("title", {}, [record.year, record.amount, record.place, record.of.title].filter(Boolean).join(" · "))));
    }
    const measure = words.measure[of[0].measure] || of[0].measure;
    return figure(`${say.figures}: ${of[0].label} · ${measure}`, picture, STATUSES.filter((status) => of.some((record) => record.status === status)));
  }

  const body = document.querySelector("tbody"), more = document.getElementById("more"), none = document.getElementById("none");
  let found = records;
  function fill(from) {
    body.append(...found.slice(from, shown).map(row));
    more.hidden = shown >= found.length;
  }
  function update() {
    found = chosen();
    shown = STEP;
    body.replaceChildren();
    fill(0);
    const sources = new Set(found.map((record) => record.of)).size;
    const count = found.length === records.length ? String(found.length) : `${found.length} / ${records.length}`;
    document.getElementById("count").textContent = `${count} ${say.records} · ${sources} ${say.documents}`;
    none.hidden = found.length > 0;
    document.getElementById("charts").replaceChildren(...[bars(found), points(found)].filter(Boolean));
  }
  none.textContent = say.none;
  more.textContent = say.more;
  more.addEventListener("click", () => { const from = shown; shown += STEP; fill(from); });
  if (documents.length === 1) document.querySelector("h1").textContent = title(documents[0].source);
  update();
})();

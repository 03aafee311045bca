// numbers.js: exact decimal texts in, numbers as people read them out.
const SIGNS = { eq: "", range: "", ge: "≥", gt: ">", le: "≤", lt: "<", approx: "≈" };
const SCALES = {
  zh: [
    [1e12, "万亿"],
    [1e8, "亿"],
    [1e4, "万"],
  ],
  en: [
    [1e12, " trillion "],
    [1e9, " billion "],
    [1e6, " million "],
  ],
};
const DIGITS = 6; // significant ones that are shown of a large number

// 150000000 -> 1.5亿 or 1.5 million; smaller ones and those with decimals only stay as they are
function readable(exact) {
  const number = Number(exact);
  for (const [size, word] of SCALES[state.lang]) {
    if (Math.abs(number) >= size) return trimmed((number / size).toPrecision(DIGITS)) + word;
  }
  return exact.length > 2 * DIGITS && exact.includes(".")
    ? grouped(trimmed(number.toPrecision(DIGITS)))
    : grouped(exact);
}

// the two ends of a range
function ends(low, high) {
  return high === null ? low : `${low}${high.startsWith("-") ? " – " : "–"}${high}`;
}

function trimmed(digits) {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

// 1234567.5 -> 1,234,567.5, with every digit
function grouped(exact) {
  const [front, behind] = String(exact).split(".");
  const parted = front.replace(/\B(?=(\d{3})+$)/g, ",");
  return behind === undefined ? parted : `${parted}.${behind}`;
}

// the value of a record in base units, to calculate and sort with
function numberOf(record) {
  return Number(cell(record, "base"));
}

// a record's value for the eye: sign, number, unit
function amountOf(record) {
  const unit = cell(record, "base_unit");
  if (unit === null || cell(record, "measure") === "rank") return cell(record, "amount");
  const high = cell(record, "base_max");
  const low = readable(cell(record, "base"));
  return (SIGNS[cell(record, "bound")] + ends(low, high && readable(high)) + unit).replace(" %", "%");
}

// the same with all digits
function exactOf(record) {
  const unit = cell(record, "base_unit") ?? cell(record, "unit") ?? "";
  const high = cell(record, "base_max");
  const low = grouped(cell(record, "base"));
  return SIGNS[cell(record, "bound")] + ends(low, high && grouped(high)) + unit;
}

function percent(part, all) {
  return all ? `${Math.round((1000 * part) / all) / 10}%` : "–";
}

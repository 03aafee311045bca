// elements.js: elements of the page. Texts get into it as text only.
const SVG = "http://www.w3.org/2000/svg";

function make(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function draw(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

// a key `on…` is a listener; null and false leave an attribute or a child out
function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

function button(text, onclick, attributes = {}) {
  return make("button", { type: "button", onclick, ...attributes }, text);
}

// a list to choose from: values are [value, word]; the first line stands for no choice
function chooser(head, values, value, onchange, none = `${head}: ${say("all")}`) {
  const options = values.map(([code, word]) => make("option", { value: code, selected: code === value }, word));
  const first = none === null ? [] : [make("option", { value: "", selected: value === "" }, none)];
  return make("select", { "aria-label": head, onchange: (event) => onchange(event.target.value) }, first, options);
}

// a list of which a part is shown, and a button that shows more of it
function unrolled(items, element, step, holder) {
  let shown = 0;
  const more = button(say("more"), next, { class: "more" });
  function next() {
    holder.append(...items.slice(shown, shown + step).map(element));
    shown += step;
    more.hidden = shown >= items.length;
  }
  next();
  return [holder, more];
}

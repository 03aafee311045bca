// main.js: the frame of the page, the choice of a record, and the keyboard.
const VIEWS = {
  overview: overviewView,
  records: recordsView,
  findings: findingsView,
  charts: chartsView,
  review: reviewView,
};
let list = []; // the records that the view shows, in its order

function render() {
  const app = document.getElementById("app");
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  table = null;
  list = [];
  const focused = document.activeElement?.id;
  app.dataset.view = state.view;
  app.replaceChildren(header(), make("main", {}, VIEWS[state.view]()));
  if (state.view === "records") refreshRecords();
  if (state.view === "review") refreshReview();
  if (focused) document.getElementById(focused)?.focus();
  showSource();
}

function header() {
  const tabs = Object.keys(VIEWS).map((view) =>
    button(say(view), () => go(view), { "aria-current": state.view === view ? "page" : null, "data-view": view }),
  );
  const keys = ["key_move", "key_open", "key_close", "key_search", "key_judge", "key_text", "key_help"];
  return make(
    "header",
    { class: "top" },
    make("h1", {}, say("title")),
    make("nav", {}, tabs),
    button(say("save_page"), saveCopy, { title: say("save_copy") }),
    make(
      "details",
      { id: "keys" },
      make("summary", {}, say("keys")),
      make(
        "ul",
        {},
        keys.map((word) => make("li", {}, say(word))),
      ),
    ),
    button(say("language"), otherLanguage, { id: "language" }),
  );
}

function go(view) {
  state.view = view;
  render();
}

function otherLanguage() {
  state.lang = LANGUAGES[1 - LANGUAGES.indexOf(state.lang)];
  render();
}

// make a record the chosen one, with its source beside it if `open`
function choose(record, open) {
  state.chosen = record;
  state.open = open || state.open;
  const at = table ? list.indexOf(record) : -1;
  if (at >= 0) table.reveal(at);
  else table?.paint();
  for (const side of document.querySelectorAll("main [data-side]"))
    side.setAttribute("aria-pressed", String(Number(side.dataset.side) === record));
  showSource();
}

function move(by) {
  if (!list.length) return;
  const at = list.indexOf(state.chosen);
  choose(list[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)], false);
}

const PRESSED = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  PageDown: () => move(10),
  PageUp: () => move(-10),
  Enter: () => {
    if (state.chosen !== null) choose(state.chosen, true);
    else move(1);
  },
  Escape: closeSource,
  "/": () => {
    if (state.view !== "records") go("records");
    document.getElementById("search").focus();
  },
  "?": () => document.getElementById("keys").toggleAttribute("open"),
  r: () => {
    state.repaired = !state.repaired;
    showSource();
  },
  0: () => judgeChosen(null),
};
VERDICTS.forEach((verdict, number) => {
  PRESSED[number + 1] = () => judgeChosen(verdict);
});

function judgeChosen(verdict) {
  if (state.chosen !== null) judge(state.chosen, verdict);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in PRESSED) || keepsKey(event)) return;
  if (event.target.id === "search") event.target.blur();
  event.preventDefault();
  if (event.target.id !== "search" || event.key !== "Escape") PRESSED[event.key]();
});

// whether what has the focus needs a key for itself; the search gives three of them away
function keepsKey({ target, key: pressed }) {
  if (target.id === "search") return !["Escape", "ArrowDown", "Enter"].includes(pressed);
  return target.matches("select") || (pressed === "Enter" && target.closest("button, [role=button], summary") !== null);
}

render();
// texts are made ready for the search while nobody waits
(window.requestIdleCallback ?? setTimeout)(() => {
  documents.forEach((_, number) => {
    if (documents.length <= 2000) lowered(number);
  });
});

// words.js: the words of the page in the language of the reader.
const LANGUAGES = ["zh", "en"];

// a word of the page; {0}, {1} … are replaced by what follows
function say(key, ...parts) {
  const word = WORDS[state.lang].text[key] ?? key;
  return parts.reduce((text, part, number) => text.replace(`{${number}}`, part), word);
}

// what heads a column
function headOf(column) {
  return WORDS[state.lang].head[column] ?? say(column);
}

// what an indicator is called: labels are Chinese
function labelOf(label) {
  return (state.lang === "en" && data.english[label]) || label;
}

// what a code of a column is called
function wordOf(table, code) {
  if (code === null || code === undefined) return "";
  return WORDS[state.lang][table]?.[code] ?? String(code).replaceAll("_", " ");
}

// Texts of the content in the languages of formats: no name, purpose or title can end what it stands in.
// `src/rules/escape.rs` escapes the same.

const json = (text) => text.replace(/[\\"]/g, "\\$&");

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;" };

const ESCAPES = {
  json,
  hcl: (text) => json(text).replace(/[$%](?=\{)/g, "$&$&"),
  // All of these end a text in single quotes.
  ps: (text) => text.replace(/['\u2018-\u201b]/g, "$&$&"),
  xml: (text) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]),
  csv: (text) => text.replaceAll("\"", "\"\"").replace(/^[=+\-@\t]/, "'$&"),
  quotes: (text) => text.replaceAll("\"", "'"),
  sh: (text) => text.replaceAll("'", "'\\''"),
  md: (text) => text.replace(/[|\\`*_<>[\]]/g, "\\$&"),
};

// Controls and separators of lines and paragraphs become spaces, marks that turn the direction go.
const inLine = (text) =>
  text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/[\p{Cc}\u2028\u2029]/gu, " ");

export const escaped = (escape, text) => (ESCAPES[escape] ?? String)(inLine(text));

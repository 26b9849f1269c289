// What the theme's script shows of texts. Standard input: a JSON list of `[text, words]`. Output: for each what is
// shown, marks in brackets.
import { readFileSync } from "node:fs";
import { markWords } from "../../theme/assets/search/excerpt.mjs";

globalThis.document = {
  createElement: () => ({ setAttribute() {}, append(text) { this.text = text; } }),
};
const shown = JSON.parse(readFileSync(0, "utf8")).map(([text, words]) =>
  markWords(text, words).map((part) => part.text === undefined ? part : `[${part.text}]`).join(""));
process.stdout.write(JSON.stringify(shown));

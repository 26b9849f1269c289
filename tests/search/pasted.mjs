// Reads a JSON list of texts from standard input and prints what the theme's script takes out of each, and
// how it writes that down, with the words of every language of the site.
import { readFileSync, readdirSync } from "node:fs";
import { readPasted, writeLine } from "../../theme/assets/search/pasted.mjs";

const messages = readdirSync("i18n").map((tag) => readFileSync(`i18n/${tag}/site.ftl`, "utf8"));
const wordsOf = (id) => messages.flatMap((text) => text.match(RegExp(`^${id} = (.*)$`, "m"))[1].toLowerCase().split(" "));
const words = { source: wordsOf("search-source-words"), destination: wordsOf("search-destination-words"), port: wordsOf("search-port-words") };
const texts = JSON.parse(readFileSync(0, "utf8"));
const answers = texts.map((text) => {
  const line = readPasted(text, words) ?? null;
  return { line, written: line && writeLine(line) };
});
process.stdout.write(JSON.stringify(answers));

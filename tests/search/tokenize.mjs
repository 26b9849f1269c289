// Reads a JSON list of texts from standard input and prints their tokens as the theme's script finds
// them.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

globalThis.rutter = {};
const asset = new URL("../../theme/assets/search/words.js", import.meta.url);
runInThisContext(readFileSync(asset, "utf8"), { filename: asset.pathname });
const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => rutter.tokens(text))));

// Reads a JSON list of texts from standard input and prints their tokens as the theme's script finds
// them.
import { readFileSync } from "node:fs";
import { tokens } from "../../theme/assets/search/tokens.mjs";

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => tokens(text))));

// Asks the theme's client what an administrator asks. Arguments: the site's folder, a language.
// Standard input: a JSON list of questions. Output: for each the paths of the first ten hits.
import { readFileSync } from "node:fs";
import { load } from "./client.mjs";

const [site, tag] = process.argv.slice(2);
const client = load(site)(tag);
const answers = [];
for (const question of JSON.parse(readFileSync(0, "utf8"))) answers.push((await client.search(question, 10)).hits.map(({ path }) => path));
process.stdout.write(JSON.stringify(answers));

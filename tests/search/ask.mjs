// Asks the theme's client. Arguments: the site's folder, a language. Standard input: a JSON list of questions.
// Output: for each what is said above the hits, and the paths of the first ten.
import { readFileSync } from "node:fs";
import { load } from "./client.mjs";

const [site, tag] = process.argv.slice(2);
const client = load(site)(tag);
const answers = [];
for (const question of JSON.parse(readFileSync(0, "utf8"))) {
  const { sentences, hits } = await client.search(question, 10);
  answers.push({ sentences, hits: hits.map(({ path }) => path) });
}
process.stdout.write(JSON.stringify(answers));

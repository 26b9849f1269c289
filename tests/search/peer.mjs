// Asks elasticlunr.js from npm, as it is, and the theme's client the same queries.
// Arguments: the site's folder, a language. Standard input: a JSON list of queries. Output: for each
// the documents that have all of its words, as either finds them.
import { readFileSync } from "node:fs";
import elasticlunr from "elasticlunr";
import { tokens } from "../../theme/assets/search/tokens.mjs";
import { load } from "./client.mjs";

const [site, tag] = process.argv.slice(2);
const client = load(site)(tag);
const peer = elasticlunr.Index.load(JSON.parse(readFileSync(`${site}/search/${tag}/index.json`, "utf8")));
// Its own way to cut a query is at spaces and hyphens. The tokens are cut already.
elasticlunr.tokenizer.setSeperator(/\s+/);

// It looks for all words inside one field; asked word by word it finds them across fields.
const askPeer = (query) => {
  const ask = (token) => new Set(peer.search([token], { bool: "OR" }).map(({ ref }) => ref));
  const found = [...new Set(tokens(query))].map(ask);
  const [first = new Set(), ...others] = found;
  const shared = [...first].filter((ref) => others.every((set) => set.has(ref)));
  return shared.map((ref) => peer.documentStore.getDoc(ref).path);
};

const answers = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) {
  const { hits } = await client.search(query, 1000);
  const full = hits.filter((hit) => !hit.isPartial).map(({ path }) => path);
  answers.push({ query, client: full.sort(), peer: askPeer(query).sort() });
}
process.stdout.write(JSON.stringify(answers));

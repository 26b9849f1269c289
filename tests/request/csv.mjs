// The CSV of the theme's client for selections: JSON from standard input → JSON.
//   [{ facts, taken, hash }]: paths of scripts, and an address → the file; without `hash`: nothing can be chosen
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { csv } from "../../theme/assets/csv/csv.mjs";
import { read } from "../../theme/assets/weigh/address.mjs";
import { select } from "../../theme/assets/weigh/weigh.mjs";

globalThis.self = globalThis;
globalThis.document = { getElementById: () => null, documentElement: { lang: "en" } };
const table = await import("../../theme/assets/rows/words.mjs");
globalThis.rutter = { table };

const answer = ({ facts: facts_, taken, hash }) => {
  rutter.facts = [];
  rutter.taken = {};
  runInThisContext(facts_);
  runInThisContext(taken);
  const [facts] = rutter.facts;
  const state = hash === undefined ? undefined : read(facts, hash);
  const chosen = state && { flows: select(facts, state.selection).flows, selection: state.selection };
  return csv([{ facts, ...chosen }], [rutter.taken[facts.product]]);
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(answer)));

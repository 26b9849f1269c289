// What the theme's script says of every two scenarios of a product, as text: JSON
// `{ lang, facts, words, titles }` from standard input → by the anchor of each pair its titles and rows. What only
// one side has stands between asterisks.
import { readFileSync } from "node:fs";

const { lang, facts, words, titles } = JSON.parse(readFileSync(0, "utf8"));
globalThis.document = {
  documentElement: { lang },
  getElementById: (id) => (id === "_words" ? { textContent: words } : null),
};
const { differ } = await import("../../theme/assets/compare/differ.mjs");
const { sayDifference } = await import("../../theme/assets/compare/say.mjs");
const { preset } = await import("../../theme/assets/weigh/address.mjs");

const { separator } = JSON.parse(words);
const mark = ([text, isOwn]) => (isOwn ? `*${text}*` : text);
const print = ({ name, href, state, facets }) =>
  [`${name} <${href}>`, state && mark(state), ...facets.map(({ label, parts }) => label + parts.map(mark).join(separator))]
    .filter(Boolean);
const printList = ({ title, groups }) => ({
  title,
  groups: groups.map((group) => ({ title: group.title ?? "", rows: group.rows.map(print) }))
    .filter(({ rows }) => rows.length),
});

const said = facts.scenarios.flatMap((first, a) => facts.scenarios.slice(a + 1).map((second, at) => {
  const pair = [a, a + 1 + at];
  const difference = differ(facts, pair.map((one) => preset(facts, one)));
  const { sides, both } = sayDifference(facts, pair.map((one) => titles[one]), difference);
  return [`_${first.id}_${second.id}`, { sides: sides.map(printList), both: both.title }];
}));
process.stdout.write(JSON.stringify(Object.fromEntries(said)));

// What the theme's client makes of rules: a line of JSON from standard input → a line of JSON.
//   { let: { name: value } }          remembers values, which further lines may name instead of repeating them, as
//                                     `facts`, `ruleFacts`, `declaration` and `context.words`; no answer
//   { facts, ruleFacts, selection, request, declaration, context }
//                                     → { atoms, left, files, container, counts, unknown }; `facts` are those of the
//                                     page, `selection` is a fragment (`#!s=…`); without `declaration` what `lower`
//                                     says; with `zip: true` also the archive of the files, as base64
//   { address, allowAll }             → what is read of a list; { one, allowAll } of a single one
//   { port }                          → { ports: [first, last] } or {}
import { createInterface } from "node:readline";
import { emit } from "../../theme/assets/rules/emit.mjs";
import { lower } from "../../theme/assets/rules/lower.mjs";
import { readAddress, readAddresses, readPort } from "../../theme/assets/typed/typed.mjs";
import { zip } from "../../theme/assets/zip/zip.mjs";
import { read } from "../../theme/assets/weigh/address.mjs";
import { select } from "../../theme/assets/weigh/weigh.mjs";

const known = {};
const named = (value) => (typeof value === "string" ? known[value] : value);

const rules = ({ selection: hash = "", request, context, ...asked }) => {
  const [facts, ruleFacts, declaration] = [asked.facts, asked.ruleFacts, asked.declaration].map(named);
  const { selection, unknown } = read(facts, hash);
  const { atoms, left } = lower(ruleFacts, facts, select(facts, selection), { ...request, selection });
  if (!declaration) return { atoms, left, unknown };
  const words = named(context.words);
  const emitted = emit(declaration, { facts: ruleFacts, side: request.side, ...context, words }, atoms, left);
  const archive = asked.zip && Buffer.from(zip(emitted.files)).toString("base64");
  return { atoms, ...emitted, unknown, ...archive && { zip: archive } };
};

const answer = (asked) => {
  if (asked.let) return void Object.assign(known, asked.let);
  if (asked.address !== undefined) return readAddresses(asked.address, asked.allowAll);
  if (asked.one !== undefined) return readAddress(asked.one, asked.allowAll);
  return asked.port === undefined ? rules(asked) : { ports: readPort(asked.port) };
};

for await (const line of createInterface({ input: process.stdin })) {
  const said = answer(JSON.parse(line));
  if (said) process.stdout.write(`${JSON.stringify(said)}\n`);
}

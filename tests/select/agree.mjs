// What the theme's client says of selections and addresses: JSON from standard input → JSON. A set is a list
// and a map a list of pairs on both ways.
//   argument `select`: [{ facts, selections }] → for each what is decided of every flow
//   argument `address`: [{ facts, states, hashes }] → for each the addresses of the states and what is read back,
//   and what is read of the addresses and written again
import { readFileSync } from "node:fs";
import { read, write } from "../../theme/assets/weigh/address.mjs";
import { select } from "../../theme/assets/weigh/weigh.mjs";

const parse = ({ choose = [], without = [], picks = [], machine }) => ({
  choose: new Map(choose.map(([option, choices]) => [option, new Set(choices)])),
  without: new Set(without),
  picks: new Set(picks),
  machine: machine ?? undefined,
});

const sorted = (list) => [...list].sort((a, b) => (a < b ? -1 : Number(a > b)));

const print = ({ choose, without, picks, machine }) => ({
  choose: [...choose].map(([option, choices]) => [option, sorted(choices)]).sort(([a], [b]) => a - b),
  without: sorted(without),
  picks: sorted(picks),
  machine,
});

const printState = ({ selection, ...state }) => ({ ...state, selection: print(selection) });

const again = (facts, hash) => {
  const state = read(facts, hash);
  return { state: printState(state), written: write(facts, state) };
};

const TASKS = {
  select: ({ facts, selections }) => selections.map((selection) => select(facts, parse(selection)).flows),
  address: ({ facts, states, hashes }) => ({
    states: states.map((state) => again(facts, write(facts, { ...state, selection: parse(state.selection) }))),
    addresses: states.map((state) => write(facts, { ...state, selection: parse(state.selection) })),
    hashes: hashes.map((hash) => again(facts, hash)),
  }),
};

const [task] = process.argv.slice(2);
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(TASKS[task])));

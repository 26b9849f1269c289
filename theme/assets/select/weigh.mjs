// What a selection decides of the flows of a page: of each opener, line and address.
// `src/model/select/` decides the same; `src/render/facts.rs` says what the facts are.

/**
 * @typedef {object} Selection
 * @property {Map<number, Set<number>>} choose Option → choices.
 * @property {Set<number>} without Parties the deployment does not have.
 * @property {Set<string>} picks Ways by their first flow, lines as `flow.443/tcp`.
 * @property {number} [machine] The party whose connections are asked for, with those of all that runs on it.
 */

/**
 * @typedef {object} Reason
 * @property {"always"|"choice"|"default"|"open"|"out"|"without"|"picked"|"machine"} kind
 * @property {number[]} options Those that decide, or are to be decided.
 * @property {number[][]} choices For each of them what is chosen; where it is needed: what of that needs it.
 * @property {number[]} [parties] Who is not there.
 * @property {number[]} groups Of what is needed, those that are not decided; of what is picked away, those that are.
 */

// The choices that hold for each option: chosen ones, else given ones; `undefined` where nobody says.
export const chosen = ({ options }, { choose }) =>
  options.map((option, at) => (choose.get(at)?.size ? [...choose.get(at)].sort((a, b) => a - b) : option.default));

const both = (choices = [], needed) => choices.filter((choice) => needed.includes(choice));

// A condition, with its reason.
export const weigh = (have, when, own) => {
  if (!when) return { state: "in", kind: "always", options: [], choices: [] };
  const undecided = new Set();
  const against = new Set();
  for (const needs of when) {
    const options = Object.keys(needs).map(Number);
    const open = options.filter((at) => !have[at]);
    const out = options.filter((at) => have[at] && !both(have[at], needs[at]).length);
    if (!open.length && !out.length) {
      const kind = options.some((at) => own.get(at)?.size) ? "choice" : "default";
      return { state: "in", kind, options, choices: options.map((at) => both(have[at], needs[at])) };
    }
    // One reason against a case is enough.
    if (!out.length) open.forEach((at) => undecided.add(at));
    else if (!out.some((at) => against.has(at))) against.add(out[0]);
  }
  const state = undecided.size ? "open" : "out";
  const options = [...(undecided.size ? undecided : against)].sort((a, b) => a - b);
  return { state, kind: state, options, choices: options.map((at) => have[at] ?? []) };
};

// Who is not there, with what runs only on those.
const gone = (parties, without) => {
  const missing = new Set(without);
  for (let size = -1; size < missing.size;) {
    size = missing.size;
    parties.forEach(({ on }, at) => on?.every((machine) => missing.has(machine)) && missing.add(at));
  }
  return missing;
};

const isOn = (parties, party, machine) =>
  party === machine || parties[party]?.on?.some((next) => isOn(parties, next, machine));

const ends = (who) => (Array.isArray(who) ? who : [who]);

// Of lines of which one is enough, those that are picked stay alone, if they can hold.
const weighLines = ({ id, one, lines = [] }, stateOf, picks) => {
  const states = lines.map(stateOf);
  const picked = lines.map(({ key }) => picks.has(`${id}.${key}`));
  const isPicked = one && picked.some((is, at) => is && states[at] !== "out");
  return states.map((state, at) => (isPicked && !picked[at] ? "out" : state));
};

// A flow by itself: as if no other could stand in its place, and on all machines.
const weighFlow = (flow, have, missing, { choose, picks }) => {
  const reasonOf = ({ when }) => weigh(have, when, choose);
  const stateOf = (part) => reasonOf(part).state;
  const present = (who) => ends(who).filter((party) => !missing.has(party));
  const [from, to] = [present(flow.from), present(flow.to)];
  const lines = weighLines(flow, stateOf, picks);
  let { state, ...reason } = reasonOf(flow);
  if (state !== "out" && lines.length && lines.every((line) => line === "out")) {
    // Of a flow all of whose lines are out, all their options are against it.
    ({ state, ...reason } = weigh(have, flow.lines.flatMap(({ when }) => when), choose));
  }
  if (!from.length || !to.length || (flow.between && from.length < 2)) {
    state = "out";
    const parties = [...new Set([...ends(flow.from), ...ends(flow.to)])].filter((party) => missing.has(party));
    reason = { kind: "without", options: [], choices: [], parties };
  }
  const hosts = (list = []) => list.map((when) => stateOf({ when }));
  return {
    state, reason, lines, hosts: hosts(flow.hosts), fromHosts: hosts(flow.from_hosts), to,
    openers: new Map(ends(flow.from).map((party) => [party, from.includes(party) ? state : "out"])), ways: [],
  };
};

const isNeeded = (state) => state === "in" || state === "alternative";

// Everybody who has a choice in a group: what is needed of each way that is left.
const eachChoice = (groups, rows, visit) => {
  groups.forEach((group, at) => {
    const openers = new Set(group.flat().flatMap((flow) => [...rows[flow].openers.keys()]));
    for (const party of openers) {
      const needed = (way) => way.map((flow) => rows[flow]).filter(({ openers: all }) => isNeeded(all.get(party)));
      const ways = group.map((way) => ({ first: way[0], flows: needed(way) })).filter(({ flows }) => flows.length);
      if (ways.length > 1) visit(ways, party, at);
    }
  });
};

// Each opener needs one of its ways, which may be picked. All picks are heard before anything goes, so that
// the order of groups decides nothing.
const decideWays = ({ groups = [], flows }, rows, picks) => {
  const isPicked = ({ first }) => picks.has(flows[first].id);
  const set = (ways, state, party, at) => ways.flatMap((way) => way.flows).map((row) => () => {
    row.openers.set(party, state);
    row.ways.push([party, at]);
  });
  const all = [];
  eachChoice(groups, rows, (ways, ...where) => {
    if (ways.some(isPicked)) all.push(...set(ways.filter((way) => !isPicked(way)), "out", ...where));
  });
  all.forEach((change) => change());
  eachChoice(groups, rows, (ways, ...where) => {
    if (!ways.some(isPicked)) set(ways, "alternative", ...where).forEach((change) => change());
  });
};

const STATES = ["out", "open", "alternative", "in"];

// Leaves what a machine has a part in; what others open to it stays what it is for them.
const finish = (parties, { reason, lines, hosts, fromHosts, to, openers, ways, ...row }, machine) => {
  const own = (who) => who.filter((party) => machine === undefined || isOn(parties, party, machine));
  const alive = [...openers.keys()].filter((party) => openers.get(party) !== "out");
  const left = own(to).length ? alive : own(alive);
  for (const party of openers.keys()) if (!left.includes(party)) openers.set(party, "out");
  const state = STATES[Math.max(0, ...[...openers.values()].map((one) => STATES.indexOf(one)))];
  const groups = [...new Set(ways.filter(([party]) => openers.get(party) === state).map(([, at]) => at))];
  let why = { ...reason, groups };
  if (state === "out" && row.state !== "out") why = { ...why, kind: alive.length ? "machine" : "picked" };
  return { state, openers: Object.fromEntries(openers), lines, hosts, fromHosts, reason: why };
};

export const select = (facts, selection) => {
  const { without, picks, machine } = selection;
  const have = chosen(facts, selection);
  const missing = gone(facts.parties, without);
  const rows = facts.flows.map((flow) => weighFlow(flow, have, missing, selection));
  decideWays(facts, rows, picks);
  return { flows: rows.map((row) => finish(facts.parties, row, machine)) };
};

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
 * @typedef {object} Decided
 * @property {"in"|"alternative"|"open"|"out"} state The strongest among its openers.
 * @property {Object<string, string>} openers The state for each party that opens it, `any` and `unstated` too.
 * @property {string[]} lines Where the facts tell them.
 * @property {string[]} hosts
 * @property {string[]} fromHosts
 * @property {Reason} reason
 */

/**
 * @typedef {object} Reason
 * @property {"always"|"choice"|"default"|"open"|"out"|"without"|"picked"|"machine"} kind
 * @property {number[]} options Those that decide, or that are to be decided.
 * @property {number[][]} choices What holds for each of them; of what is needed, only what needs it.
 * @property {number[]} groups Of an alternative, those in which nothing is picked; of what is picked away, those in
 *   which another way is.
 * @property {number[]} parties Those at its ends who are not there.
 */

// The choices that hold for each option: chosen ones, else given ones; `undefined` where nobody says.
export const chosen = ({ options }, { choose }) =>
  options.map((option, at) => (choose.get(at)?.size ? [...choose.get(at)].sort((a, b) => a - b) : option.default));

const STATES = ["out", "open", "in"];

// A condition, with its reason: the weakest options of its strongest cases, whichever those are.
export const weigh = (have, when, own) => {
  if (!when) return { state: "in", reason: { kind: "always" } };
  const cases = when.map((needs) => {
    const fit = (at) => (have[at] ? 2 * have[at].some((choice) => needs[at].includes(choice)) : 1);
    const all = Object.keys(needs);
    const value = Math.min(...all.map(fit));
    return { value, needs, weakest: all.filter((at) => fit(at) === value) };
  });
  const value = Math.max(0, ...cases.map((one) => one.value));
  const strongest = cases.filter((one) => one.value === value);
  // One case is enough to need it; all are against it, and all wait for what is open.
  const told = value > 1 ? [strongest[0]] : strongest;
  const options = [...new Set(told.flatMap(({ weakest }) => weakest.map(Number)))];
  const fits = (at) => (choice) => value < 2 || told[0].needs[at].includes(choice);
  const choices = options.map((at) => (have[at] ?? []).filter(fits(at)));
  const state = STATES[value];
  const isChosen = (at) => own.get(at)?.size;
  return { state, reason: { kind: value < 2 ? state : options.some(isChosen) ? "choice" : "default", options, choices } };
};

// Of lines of which one is enough, those that are picked stay alone, if they can hold.
const weighLines = ({ id, one, lines = [] }, stateOf, picks) => {
  const states = lines.map(({ when }) => stateOf(when));
  const isPicked = (state, at) => one && state !== "out" && picks.has(`${id}.${lines[at].key}`);
  return states.some(isPicked) ? states.map((state, at) => (isPicked(state, at) ? state : "out")) : states;
};

// A flow by itself: as if no other could stand in its place, and on all machines.
const weighFlow = (flow, decide, isGone, picks) => {
  const stateOf = (when) => decide(when).state;
  const lines = weighLines(flow, stateOf, picks);
  const [all, to, from] = [[flow.from, flow.to], [flow.to], [flow.from]].map((who) => who.flat());
  const isHere = (party) => !isGone(party);
  let row = decide(flow.when);
  if (row.state !== "out" && lines[0] && !lines.some((line) => line !== "out")) {
    row = decide(flow.lines.flatMap(({ when }) => when));
  }
  if (!to.some(isHere) || from.filter(isHere).length < 1 + !!flow.between) {
    row = { state: "out", reason: { kind: "without" } };
  }
  const openers = Object.fromEntries(from.map((party) => [party, isHere(party) ? row.state : "out"]));
  const [hosts, fromHosts] = [flow.hosts, flow.from_hosts].map((list = []) => list.map((when) => stateOf(when)));
  const parties = [...new Set(all.filter(isGone))];
  return { ...row, to: to.filter(isHere), parties, openers, lines, hosts, fromHosts, groups: {} };
};

// Each opener that has several ways needs one of them, which may be picked. All picks are heard before anything
// goes, so that the order of groups decides nothing.
const decideWays = ({ flows, groups, parties }, rows, picks) => {
  for (const next of ["out", "alternative"]) {
    const changes = groups.flatMap((group, at) => [...parties.keys(), "any", "unstated"].flatMap((party) => {
      const isNeeded = (flow) => rows[flow].openers[party] === "in";
      const isPicked = ([flow]) => picks.has(flows[flow].id);
      const left = group.filter((way) => way.some(isNeeded));
      const isNext = left.some(isPicked) ? next === "out" : next !== "out" && left[1];
      const others = isNext ? left.filter((way) => !isPicked(way)).flat().filter(isNeeded) : [];
      return others.map((flow) => [rows[flow], party, at]);
    }));
    for (const [row, party, at] of changes) {
      row.openers[party] = next;
      row.groups[next] = new Set(row.groups[next]).add(at);
    }
  }
};

// Leaves what a machine has a part in; what others open to it stays what it is for them.
const finish = ({ to, openers, groups, parties, reason, ...row }, isOn) => {
  const isLeft = (party) => openers[party] !== "out";
  const all = Object.keys(openers);
  const isGone = !all.some(isLeft);
  if (!to.some(isOn)) all.filter((party) => !isOn(party)).forEach((party) => (openers[party] = "out"));
  const state = ["in", "alternative", "open"].find((one) => all.some((party) => openers[party] === one)) ?? "out";
  const why = state === row.state || state !== "out" ? reason : { kind: isGone ? "picked" : "machine" };
  const told = { options: [], choices: [], ...why, groups: [...groups[state] ?? []], parties };
  // Whom those reach who are left.
  const listeners = all.some((party) => isLeft(party) && isOn(party)) ? to : to.filter(isOn);
  return { ...row, to: listeners, state, openers, reason: told };
};

/** @returns {{ flows: Decided[] }} */
export const select = (facts, selection) => {
  const { choose, without, picks, machine = "" } = selection;
  const have = chosen(facts, selection);
  const machines = (party) => facts.parties[party]?.on;
  // What runs only on those who are not there is not there either.
  const isGone = (party) => without.has(party) || !!machines(party)?.every(isGone);
  const decide = (when) => weigh(have, when, choose);
  const rows = facts.flows.map((flow) => weighFlow(flow, decide, isGone, picks));
  decideWays(facts, rows, picks);
  const isOn = (party) => machine === "" || `${party}` === `${machine}` || !!machines(party)?.some(isOn);
  return { flows: rows.map((row) => finish(row, isOn)) };
};

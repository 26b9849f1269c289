// What a filter could allow of what a selection leaves: flow by flow, in the product's order.
// `src/rules/lower.rs` does the same; `src/rules/facts.rs` says what the facts are.
import { ANY, endpointsOf, localId } from "./endpoints.mjs";
import { entriesOf } from "./entries.mjs";

/**
 * @typedef {object} Request
 * @property {import("../weigh/weigh.mjs").Selection} selection What was given to `select`.
 * @property {{ kind: "host"|"gateway"|"gateway-all", component?: string }} side Where the rules will be.
 * @property {boolean} [openAll] Every way and every port is written where one is enough.
 * @property {Object<string, number[][]>} [values] Ports that the reader has set, by flow.
 * @property {Object<string, object[]>} [addresses] The reader's own, by component.
 * @property {boolean} [keepPublished] Published addresses stay beside them.
 */

/** A list of what is left, each once. */
export const leftList = (earlier = []) => {
  const left = new Map();
  const leave = (reason, flow, what) => void left.set(JSON.stringify([reason, flow, what]), { reason, flow, what });
  earlier.forEach(({ reason, flow, what }) => leave(reason, flow, what));
  return { left, leave };
};

// What a selection says of a condition: its options for which nothing is chosen, in the product's order, and whether
// it can hold.
const weighing = (facts, { options }, { choose }) => {
  const have = (key) => {
    const at = options.findIndex(({ id }) => id === localId(key));
    const chosen = [...choose.get(at) ?? []].map((choice) => options[at].choices[choice]);
    return chosen.length ? chosen : facts.options[key].default;
  };
  const fits = ([key, choices]) => !have(key).length || have(key).some((choice) => choices.includes(choice));
  const undecided = (when) => {
    const open = when.flatMap(Object.keys).filter((key) => !have(key).length).map(localId);
    return options.map(({ id }) => id).filter((id) => open.includes(id)).join();
  };
  return { undecided, mayHold: (when) => !when.length || when.some((needs) => Object.entries(needs).every(fits)) };
};

// Parties are told by their positions on the page, or as `any` and `unstated`.
const begin = (facts, page, request) => {
  const { selection, side } = request;
  const keys = page.parties.map(({ id }) => Object.keys(facts.components).find((key) => localId(key) === id));
  const machines = (party) => page.parties[party]?.on;
  const isOn = (party) => page.parties[party]?.id === localId(side.component ?? "") || machines(party)?.some(isOn);
  const isGone = (party) => selection.without.has(party) || machines(party)?.every(isGone);
  return { facts, page, request, keys, isOn, isGone, atoms: [], ...weighing(facts, page, selection), ...leftList() };
};

const forwardGroups = ({ facts, keys, request, leave }, { id, between }, openers, listeners) => {
  const zoneOf = (party) => facts.components[keys[party]]?.zone;
  const groups = new Map();
  for (const from of openers) {
    const zone = request.side.kind === "gateway" && zoneOf(from);
    const others = listeners.filter((to) => !between || from !== to);
    const isInside = (to) => zone && zone === zoneOf(to);
    if (others.some(isInside)) leave("same-zone", id, zone);
    const to = others.filter((party) => !isInside(party));
    const key = to.join();
    if (key) groups.set(key, ["forward", [...groups.get(key)?.[1] ?? [], from], to]);
  }
  return [...groups.values()];
};

// Whom the place of the rules sees connecting to whom.
const groupsOf = (job, flow, openers, listeners) => {
  if (job.request.side.kind !== "host") return forwardGroups(job, flow, openers, listeners);
  const pairs = openers.flatMap((from) => listeners.map((to) => [from, to]))
    .filter(([from, to]) => !flow.between || from !== to);
  return [["in", 1], ["out", 0]].map(([dir, own]) => {
    const seen = pairs.filter((pair) => job.isOn(pair[own]));
    return [dir, ...[0, 1].map((end) => [...new Set(seen.map((pair) => pair[end]))])];
  }).filter(([, from]) => from.length);
};

// Who opens it for sure; what hangs on the reader is left.
const openersOf = ({ page, request: { openAll }, undecided, leave }, { id, when }, at, states) => {
  const parties = [page.flows[at].from].flat();
  const has = (state) => parties.some((party) => states[party] === state);
  const needed = openAll ? ["in", "alternative"] : ["in"];
  if (has("open")) leave("depends", id, undecided(when));
  if (has("alternative") && !openAll) {
    const group = page.groups.find((ways) => ways.flat().includes(at));
    leave("one-of", id, group.map(([first]) => page.flows[first].id).join());
  }
  return parties.filter((party) => needed.includes(states[party]));
};

// Why no rule can be made of it, whoever opens it: reasons with what is left.
const pastReasons = ({ request: { side } }, { scope }, ends) => {
  if (scope === "loopback" || (scope === "internal" && side.kind !== "host")) return [[scope, ""]];
  return ["from", "to"].filter((_, end) => ends[end].includes("unstated")).map((end) => ["unstated", end]);
};

const lowerFlow = (job, flow, at, { to: listeners, ...decided }) => {
  const { id } = flow;
  const openers = openersOf(job, flow, at, decided.openers);
  if (!openers.length) return;
  const past = pastReasons(job, flow, [openers, listeners]);
  past.forEach(([reason, what]) => job.leave(reason, id, what));
  const groups = past.length ? [] : groupsOf(job, flow, openers, listeners);
  const entries = groups.length ? entriesOf(job, flow, decided, job.page.flows[at]) : [];
  for (const [dir, ...ends] of groups) {
    const [from, to] = ends.map((parties) => parties.map((party) => job.keys[party] ?? party));
    const src = dir === "out" ? [ANY] : endpointsOf(job, id, from, flow.from_hosts, decided.fromHosts);
    const dst = dir === "in" ? [ANY] : endpointsOf(job, id, to, flow.hosts, decided.hosts);
    const rest = { from, to, src, dst };
    if (src.length && dst.length) job.atoms.push(...entries.map((entry) => ({ flow: id, dir, ...entry, ...rest })));
  }
};

/** Atoms, and what is left. `page`: the facts for `select`, `decided`: what it says. */
export const lower = (facts, page, decided, request) => {
  const job = begin(facts, page, request);
  facts.flows.forEach((flow, at) => lowerFlow(job, flow, at, decided.flows[at]));
  // A connection that must not be possible is told, and no rule allows it.
  const isThere = (keys) => !keys.length || keys.some((key) => !job.isGone(job.keys.indexOf(key)));
  for (const { id, from, to, when } of facts.blocked) {
    if (isThere(from) && isThere(to) && job.mayHold(when)) job.leave("block", id, "");
  }
  return { atoms: job.atoms, left: [...job.left.values()] };
};

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
export const leftList = (list = []) => {
  const seen = new Set();
  const left = [];
  const leave = (reason, { id: flow }, what) => {
    const key = JSON.stringify([reason, flow, what]);
    if (!seen.has(key)) left.push({ reason, flow, what });
    seen.add(key);
  };
  list.forEach(({ reason, flow, what }) => leave(reason, { id: flow }, what));
  return { left, leave };
};

// The choices that hold, by the keys of their options; `undefined` where nobody says.
const holding = ({ options }, page, { choose }) => Object.fromEntries(Object.entries(options).map(([key, option]) => {
  const at = page.options.findIndex(({ id }) => id === localId(key));
  const chosen = [...choose.get(at) ?? []].map((choice) => page.options[at].choices[choice]);
  const given = option.default?.length ? option.default : option.switch ? ["disabled"] : undefined;
  return [key, chosen.length ? chosen : given];
}));

const begin = (facts, page, request) => {
  const have = holding(facts, page, request.selection);
  const machines = (key) => facts.components[key]?.runs_on ?? [];
  const isOn = (key) => [key, localId(key)].includes(request.side.component) || machines(key).some(isOn);
  // In the order in which the product tells its options.
  const undecided = (when) => {
    const open = new Set(when.flatMap(Object.keys).filter((key) => !have[key]).map(localId));
    return page.options.map(({ id }) => id).filter((id) => open.has(id)).join();
  };
  return { facts, page, request, have, isOn, undecided, atoms: [], ...leftList() };
};

// The first flows of the ways of the first group that a flow is in: what can be picked.
const waysOf = ({ page }, at) => {
  const group = page.groups.find((ways) => ways.flat().includes(at)) ?? [];
  return group.map(([first]) => page.flows[first].id).join();
};

const hostGroups = ({ isOn }, pairs) => ["in", "out"].flatMap((dir) => {
  const own = pairs.filter((pair) => isOn(pair[dir === "in" ? 1 : 0]));
  const [from, to] = [0, 1].map((end) => [...new Set(own.map((pair) => pair[end]))]);
  return own.length ? [{ dir, from, to }] : [];
});

const forwardGroups = (job, flow, pairs) => {
  const { components } = job.facts;
  const reached = new Map();
  for (const [from, to] of pairs) {
    const [zone, other] = [from, to].map((key) => components[key]?.zone);
    if (job.request.side.kind === "gateway" && zone && zone === other) job.leave("same-zone", flow, zone);
    else reached.set(from, [...reached.get(from) ?? [], to]);
  }
  const groups = new Map();
  for (const [from, to] of reached) {
    const key = to.join();
    groups.set(key, { dir: "forward", from: [...groups.get(key)?.from ?? [], from], to });
  }
  return [...groups.values()];
};

// Whom the place of the rules sees connecting to whom.
const groupsOf = (job, flow, openers, listeners) => {
  const pairs = openers.flatMap((from) => listeners.map((to) => [from, to]))
    .filter(([from, to]) => !flow.between || from !== to);
  return job.request.side.kind === "host" ? hostGroups(job, pairs) : forwardGroups(job, flow, pairs);
};

// Who opens it for sure; what hangs on the reader is left.
const openersOf = (job, flow, at, { openers }) => {
  const parties = [job.page.flows[at].from].flat();
  const has = (state) => parties.some((party) => openers[party] === state);
  const { openAll } = job.request;
  if (has("open")) job.leave("depends", flow, job.undecided(flow.when));
  if (has("alternative") && !openAll) job.leave("one-of", flow, waysOf(job, at));
  return parties.filter((party) => openers[party] === "in" || (openAll && openers[party] === "alternative"));
};

// Whether no rule can be made of it, wherever it goes.
const isPast = (job, flow, openers, listeners) => {
  const isGateway = job.request.side.kind !== "host";
  if (flow.scope === "loopback" || (flow.scope === "internal" && isGateway)) {
    job.leave(flow.scope, flow, "");
    return true;
  }
  const ends = Object.entries({ from: openers, to: listeners }).filter(([, end]) => end.includes("unstated"));
  ends.forEach(([end]) => job.leave("unstated", flow, end));
  return ends.length > 0;
};

const lowerFlow = (job, flow, at, decided) => {
  const openers = openersOf(job, flow, at, decided);
  if (!openers.length || isPast(job, flow, openers, decided.to)) return;
  const idOf = (party) => job.page.parties[party]?.id;
  const keyOf = (party) => [...flow.from, ...flow.to].find((key) => localId(key) === idOf(party)) ?? party;
  const groups = groupsOf(job, flow, openers.map(keyOf), decided.to.map(keyOf));
  if (!groups.length) return;
  const entries = entriesOf(job, flow, decided, job.page.flows[at]);
  for (const { dir, from, to } of groups) {
    const src = dir === "out" ? [ANY] : endpointsOf(job, flow, from, flow.from_hosts, decided.fromHosts);
    const dst = dir === "in" ? [ANY] : endpointsOf(job, flow, to, flow.hosts, decided.hosts);
    if (src.length && dst.length) {
      job.atoms.push(...entries.map(({ proto, type, ports, sources }) =>
        ({ flow: flow.id, dir, proto, icmp_type: type, ports, source_ports: sources, from, to, src, dst })));
    }
  }
};

// A connection that must not be possible is told, and no rule allows it.
const lowerBlocked = ({ page, request, have, leave }, flow) => {
  const isGone = (at) => request.selection.without.has(at) || !!page.parties[at]?.on?.every(isGone);
  const isHere = (key) => !isGone(page.parties.findIndex(({ id }) => id === localId(key)));
  const mayHold = (needs) => Object.entries(needs).every(([option, choices]) =>
    !have[option] || have[option].some((choice) => choices.includes(choice)));
  const ends = [flow.from, flow.to];
  const isThere = ends.every((parties) => !parties.length || parties.some(isHere));
  if (isThere && (!flow.when.length || flow.when.some(mayHold))) leave("block", flow, "");
};

/** Atoms, and what is left. `page`: the facts for `select`, `decided`: what it says. */
export const lower = (facts, page, decided, request) => {
  const job = begin(facts, page, request);
  facts.flows.forEach((flow, at) => lowerFlow(job, flow, at, decided.flows[at]));
  (facts.blocked ?? []).forEach((flow) => lowerBlocked(job, flow));
  return { atoms: job.atoms, left: job.left };
};

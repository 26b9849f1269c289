// What of a product's flows two selections need in common, and what not: `src/render/page/differ.rs` says the
// same for readers without scripts.
import { select } from "../weigh/weigh.mjs";

/**
 * @typedef {object} Row A flow as one of two selections needs it.
 * @property {number} at
 * @property {string} [state] Where it is not simply needed, or not as under the other.
 * @property {boolean} [isOwn] Whether only this one gives it that state.
 * @property {[string, boolean][][]} facets Openers, listeners, lines, addresses of both ends: of each what is to
 *   be told. A part is a position, perhaps with a state (`3 open`), and whether the other lacks it.
 */

const marked = (parts, stateOf, usual) =>
  parts.map((part) => [part, stateOf(part)]).filter(([, state]) => state !== "out")
    .map(([part, state]) => (state === usual ? `${part}` : `${part} ${state}`));

// What is left of a flow, part by part.
const facetsOf = (flow, { state, openers, to, lines, hosts, fromHosts }) => {
  const weighed = (states) => marked([...states.keys()], (at) => states[at], "in");
  const from = marked([flow.from].flat(), (party) => openers[party], state);
  return [from, to.map(String), weighed(lines), weighed(hosts), weighed(fromHosts)];
};

const isSame = (a, b) => a.join() === b.join();

// The name of a row tells its ends and its lines as they are written.
const isAsNamed = ({ from, to, lines = [] }, facet, position) =>
  position > 2 || isSame(facet, [[from].flat(), [to].flat(), [...lines.keys()]][position]);

const row = (flow, at, own, other) => {
  const isOwn = Boolean(other) && own.state !== other.state;
  const facets = own.facets.map((facet, position) => {
    const others = other?.facets[position] ?? facet;
    const isTold = !isSame(facet, others) || !isAsNamed(flow, facet, position);
    // Of what has nothing left, that is what differs.
    return isTold ? (facet.length ? facet : ["none"]).map((part) => [part, !others.includes(part)]) : [];
  });
  return { at, state: isOwn || own.state !== "in" ? own.state : undefined, isOwn, facets };
};

/** @returns {{ sides: Row[][], both: Row[] }} What is needed otherwise stands on both sides. */
export const differ = (facts, selections) => {
  const [ours, theirs] = selections.map((selection) => select(facts, selection).flows);
  const sides = [[], []];
  const common = [];
  facts.flows.forEach((flow, at) => {
    const needed = (result) => (result.state === "out" ? null : { state: result.state, facets: facetsOf(flow, result) });
    const pair = [needed(ours[at]), needed(theirs[at])];
    const [a, b] = pair;
    if (a && b && a.state === b.state && a.facets.every((facet, position) => isSame(facet, b.facets[position]))) {
      common.push(row(flow, at, a, b));
    } else {
      pair.forEach((own, side) => own && sides[side].push(row(flow, at, own, pair[1 - side])));
    }
  });
  return { sides, both: common };
};

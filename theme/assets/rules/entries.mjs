// What a flow opens: its ports by what carries them.
import { givenOf } from "./endpoints.mjs";

// Numbers as ranges; words stay.
const readPorts = (text) => {
  const [first, last = first] = text.split("-").map(Number);
  return first ? [[first, last]] : text;
};

// Those that overlap become one; those side by side stay two.
const merge = (ranges) => {
  const merged = [];
  for (const [first, last] of ranges.sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before && first <= before[1]) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
};

const linesOf = ({ request: { openAll }, leave, undecided }, { id, lines, need, line_when: whens }, states, page) => {
  const left = lines.map((line, at) => ({ line, at, state: states[at] ?? "in" })).filter(({ state }) => state !== "out");
  if (need === "one" && left.length > 1 && !openAll) {
    return leave("one-line", id, left.map(({ at }) => page.lines[at].key).join()) ?? [];
  }
  return left.flatMap(({ line, at, state }) => (state === "in" ? line : leave("depends", id, undecided(whens[at])) ?? []));
};

// Nothing where it is left.
const readEntry = ({ request, leave }, flow, [port, proto, more]) => {
  const { icmp_type: type, from_port: from } = { icmp_type: null, from_port: "any", ...more };
  const ports = port === "configured" ? givenOf(request.values, flow) : readPorts(port);
  const sources = readPorts(from);
  if (!ports) return leave(port, flow, proto);
  if (/^r/.test(ports)) return leave("random", flow, `${port.slice(7)}/${proto}`);
  if (/^[rc]/.test(sources)) return leave("source-port", flow, `${from}/${proto}`);
  return { proto, icmp_type: type, ports, source_ports: sources };
};

/** Of each protocol, type and source port the ports. */
export const entriesOf = (job, flow, decided, page) => {
  const joined = new Map();
  const entries = linesOf(job, flow, decided.lines, page).map((entry) => readEntry(job, flow.id, entry));
  for (const { ports, ...entry } of entries.filter(Boolean)) {
    const isRanges = Array.isArray(ports);
    const key = JSON.stringify([entry, isRanges || ports]);
    joined.set(key, { ...entry, ports: isRanges ? merge([...joined.get(key)?.ports ?? [], ...ports]) : ports });
  }
  return [...joined.values()];
};

// What a flow opens: its ports by what carries them.
import { givenOf } from "./endpoints.mjs";

const readRange = (text) => {
  const [first, last = first] = text.split("-").map(Number);
  return [first, last];
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

// Nothing where it is left.
const portsOf = ({ request, leave }, flow, port, proto) => {
  if (/^(?:any|none)$/.test(port)) return port;
  if (/^random/.test(port)) return leave("random", flow, `${port.slice(7)}/${proto}`);
  return port === "configured" ? givenOf(request.values, flow) ?? leave(port, flow, proto) : [readRange(port)];
};

const sourcesOf = ({ leave }, flow, port, proto) => {
  if (port === "any") return port;
  return /^\d/.test(port) ? [readRange(port)] : leave("source-port", flow, `${port}/${proto}`);
};

const linesOf = ({ request: { openAll }, leave, undecided }, { id, lines, need, line_when: whens }, states, page) => {
  const left = lines.map((line, at) => ({ line, at, state: states[at] ?? "in" })).filter(({ state }) => state !== "out");
  if (need === "one" && left.length > 1 && !openAll) {
    return leave("one-line", id, left.map(({ at }) => page.lines[at].key).join()) ?? [];
  }
  return left.flatMap(({ line, at, state }) => (state === "in" ? line : leave("depends", id, undecided(whens[at])) ?? []));
};

/** Of each protocol, type and source port the ports. */
export const entriesOf = (job, flow, decided, page) => {
  const joined = new Map();
  for (const [port, proto, more] of linesOf(job, flow, decided.lines, page)) {
    const { icmp_type: type, from_port: from } = { icmp_type: null, from_port: "any", ...more };
    const ports = portsOf(job, flow.id, port, proto);
    const sources = ports && sourcesOf(job, flow.id, from, proto);
    const isRanges = Array.isArray(ports);
    const key = JSON.stringify([proto, type, sources, isRanges || ports]);
    const all = isRanges ? merge([...joined.get(key)?.ports ?? [], ...ports]) : ports;
    if (sources) joined.set(key, { proto, icmp_type: type, ports: all, source_ports: sources });
  }
  return [...joined.values()];
};

// What a flow opens: its ports by what carries them.
import { givenOf } from "./endpoints.mjs";

const readRange = (text) => {
  const [first, last = first] = text.split("-").map(Number);
  return [first, last];
};

// Those that overlap become one; those side by side stay two.
const merge = (ranges) => {
  const merged = [];
  for (const [first, last] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const before = merged.at(-1);
    if (before && first <= before[1]) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
};

const portsOf = (job, flow, port, proto) => {
  if (port === "any" || port === "none") return port;
  if (port.startsWith("random")) return job.leave("random", flow, `${port.slice(7)}/${proto}`);
  if (port !== "configured") return [readRange(port)];
  return givenOf(job.request.values, flow.id) ?? job.leave("configured", flow, proto);
};

const sourcesOf = (job, flow, port = "any", proto) => {
  if (port === "any") return port;
  return /^\d/.test(port) ? [readRange(port)] : job.leave("source-port", flow, `${port}/${proto}`);
};

const linesOf = (job, flow, { lines }, page) => {
  const stateOf = (at) => lines[at] ?? "in";
  const left = [...flow.lines.keys()].filter((at) => stateOf(at) !== "out");
  if (flow.need === "one" && left.length > 1 && !job.request.openAll) {
    job.leave("one-line", flow, left.map((at) => page.lines[at].key).join());
    return [];
  }
  return left.filter((at) => stateOf(at) === "in" || job.leave("depends", flow, job.undecided(flow.line_when[at])));
};

// One transport of a line; nothing where it is left.
const readEntry = (job, flow, [port, proto, { from_port: from, icmp_type: type = null } = {}]) => {
  const ports = portsOf(job, flow, port, proto);
  const sources = ports && sourcesOf(job, flow, from, proto);
  return sources ? [{ proto, type, sources, ports }] : [];
};

const joinedPorts = (known, more) => {
  const isRanges = Array.isArray(known) && Array.isArray(more);
  return isRanges ? merge([...known, ...more].map((range) => [...range])) : known;
};

/** Of each protocol, type and source port the ports. */
export const entriesOf = (job, flow, decided, page) => {
  const joined = new Map();
  const entries = linesOf(job, flow, decided, page).flatMap((at) => flow.lines[at]);
  for (const { ports, ...carrier } of entries.flatMap((entry) => readEntry(job, flow, entry))) {
    const key = JSON.stringify([carrier, ports === "any"]);
    joined.set(key, { ...carrier, ports: joinedPorts(joined.get(key)?.ports ?? ports, ports) });
  }
  return [...joined.values()];
};

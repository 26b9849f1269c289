// The text of one rule, and the objects that it names. `src/rules/render.rs` writes the same.
import { localId } from "./endpoints.mjs";
import { maskOf } from "./ip.mjs";
import { fill, holesIn, saidBy, written } from "./pattern.mjs";
import { formOf, isSingle, printSources, whatOf } from "./split.mjs";

const kindOf = (endpoints) => {
  const [kind, ...others] = new Set(endpoints.map((one) => one.k));
  return others.length ? "mixed" : kind;
};

const amountOf = (ports) => {
  if (!Array.isArray(ports)) return ports;
  const [[first, last], ...others] = ports;
  return others.length ? "many" : first < last ? "range" : "one";
};

// Of each dimension the case that holds; where a part has none, the reason and what is left.
const casesOf = (rule) => {
  const { dir, src, dst, ports, proto, family = "any", icmp_type: type } = rule;
  const [from, to] = [src, dst].map(kindOf).map((kind) => [kind, kind === "mixed" ? "any" : kind, kind]);
  return {
    src: from, dst: to, remote: dir === "in" ? from : to,
    ports: [amountOf(ports), ports === "none" ? "proto" : "any-port", proto],
    "source-ports": [amountOf(rule.source_ports), "source-port", printSources(rule)],
    proto: [proto, "proto", proto],
    icmp: [type === null ? "any" : "typed", "icmp-type", `${type ?? ""}`],
    dir: [dir, "side", dir],
    family: [family, "no-common-family", proto],
  };
};

// The name of an object, which is defined where it is met first. Before it is known which rules stay, none has one.
const objectOf = ({ format: { define = {} }, objects, common }, { kind, what, wanted, pattern }, holes) => {
  if (!objects) return what;
  const key = `${kind} ${what}`;
  if (!objects.names.has(key)) {
    const object = kind === "named" ? "" : objects.take((define.prefix ?? "") + wanted);
    objects.names.set(key, object);
    if (pattern !== undefined) objects[kind].push(fill(pattern, { object, ...holes }, common));
  }
  return objects.names.get(key);
};

// What an object of an address is called.
const wantedFor = (endpoint) => {
  const { k: kind, v: value, len } = endpoint;
  if (len !== undefined) return isSingle(endpoint) ? value : `${value}-${len}`;
  return kind === "wild" ? value.replace("*.", "wild.") : whatOf(endpoint);
};

const addressText = (job, endpoint) => {
  const { format: { address, define = {} }, common, say } = job;
  const { k: kind, v: value, len = "", path = "" } = endpoint;
  const pattern = formOf(address, endpoint) ?? "";
  const isNamed = kind === "named";
  const host = isNamed ? "" : value;
  const holes = {
    ip: host, host, domain: host.replace(/^\*\./, ""), len, mask: kind === "v4" ? maskOf(len) : "",
    path: say(path), component: isNamed ? localId(value) : "",
  };
  if (pattern.includes("@object@")) {
    const what = `${kind} ${whatOf(endpoint)}`;
    const object = { kind: "address", what, wanted: wantedFor(endpoint), pattern: saidBy(define.address, kind) };
    holes.object = objectOf(job, object, holes);
  }
  if (isNamed) objectOf(job, { kind, what: value, pattern: define.named }, holes);
  return fill(pattern, holes, common);
};

const endText = (job, rule, end) =>
  written(job.format, end, rule[end].map((endpoint) => addressText(job, endpoint)));

const portsText = ({ format, common }, dimension, ports, proto) => {
  const one = (name, [lo, hi] = []) => fill(saidBy(format.port, name) ?? "", { lo, hi, proto }, common);
  const texts = Array.isArray(ports) ? ports.map((range) => one(amountOf([range]), range)) : [one(ports)];
  return written(format, dimension, texts);
};

// `tcp-443`, `tcp-80-443`, `udp-53_123`.
const serviceText = (job, { ports, proto }, holes) => {
  const pattern = saidBy(job.format.define?.service, proto);
  const isRanges = Array.isArray(ports);
  const items = isRanges ? ports.map(([lo, hi]) => (lo < hi ? `${lo}-${hi}` : lo)).join("_") : ports;
  const what = items === "none" ? proto : `${proto}-${items}`;
  const [lo, hi] = isRanges ? ports[0] : [0, 0];
  return objectOf(job, { kind: "service", what, wanted: what, pattern }, { lo, hi, ...holes });
};

const holesOf = (job, rule) => {
  const { words, say } = job;
  const { flow, dir, from, to, source_ports: sources } = rule;
  const proto = saidBy(job.format.proto, rule.proto);
  const [src, dst] = ["src", "dst"].map((end) => endText(job, rule, end));
  const namesOf = (keys) => say(keys.map((key) => saidBy(words.components, key) ?? localId(key)).join(", "));
  return {
    ...rule, src, dst, proto, remote: dir === "in" ? src : dst, family: rule.family ?? "",
    ports: portsText(job, "ports", rule.ports, proto), icmp: `${rule.icmp_type ?? ""}`,
    "source-ports": sources === "any" ? "" : portsText(job, "source-ports", sources, proto),
    from: from.map(localId).join(), "from-name": namesOf(from), to: to.map(localId).join(), "to-name": namesOf(to),
    purpose: say(saidBy(words.purposes, flow) ?? ""),
  };
};

/** Parts win over holes of the same name, and hold no other parts. `leave`: takes what a format has no pattern for. */
export const ruleText = (job, rule, leave) => {
  const { format: { rule: patterns, part, define }, common } = job;
  const pattern = patterns[rule.dir];
  const parts = holesIn(pattern).map((name) => [name, saidBy(part, name)]).filter(([, own]) => own);
  const holes = holesOf(job, rule);
  if ([pattern, ...parts.flatMap(([, own]) => Object.values(own))].some((text) => holesIn(text).includes("service"))) {
    if (saidBy(define?.service, rule.proto) === undefined) return leave("proto", rule.proto);
    holes.service = serviceText(job, rule, holes);
  }
  const cases = casesOf(rule);
  const filled = {};
  for (const [name, own] of parts) {
    const [now, ...left] = cases[own.of];
    const text = saidBy(own, now) ?? own.else;
    if (text === undefined) return leave(...left);
    filled[name] = fill(text, holes, common);
  }
  return fill(pattern, filled, holes, common);
};

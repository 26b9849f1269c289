// The text of one rule, and the objects that it names. `src/rules/render.rs` writes the same.
import { localId } from "./endpoints.mjs";
import { maskOf } from "./ip.mjs";
import { fill, holesIn, saidBy, written } from "./pattern.mjs";
import { amountOf, casesOf, formOf, isSingle, whatOf } from "./split.mjs";

// The name of an object, which is defined where it is met first. Before it is known which rules stay, none has one.
const objectOf = ({ format: { define = {} }, objects, common }, key, wanted, pattern, holes) => {
  if (!objects) return key;
  const { names } = objects;
  if (!names.has(key)) {
    const object = wanted && objects.take((define.prefix ?? "") + wanted);
    names.set(key, object);
    if (pattern !== undefined) objects[key.split(" ")[0]].push(fill(pattern, { __proto__: common, object, ...holes }));
  }
  return names.get(key);
};

// What holes say of an address.
const holesOfAddress = ({ common, say }, { k: kind, v: value, len = "", path = "" }) => {
  const isNamed = kind === "named";
  const host = isNamed ? "" : value;
  return {
    __proto__: common, ip: host, host, domain: host.replace("*.", ""), len, mask: kind === "v4" ? maskOf(len) : "",
    path: say(path), component: isNamed ? localId(value) : "",
  };
};

const addressText = (job, endpoint) => {
  const { address, named } = job.format.define ?? {};
  const { k: kind, v: value } = endpoint;
  const pattern = formOf(job.format, endpoint) ?? "";
  const holes = holesOfAddress(job, endpoint);
  const what = whatOf(endpoint);
  const wanted = isSingle(endpoint) ? value : kind === "wild" ? value.replace("*", "wild") : what;
  if (pattern.includes("@object@")) {
    holes.object = objectOf(job, `address ${kind} ${what}`, wanted, saidBy(address, kind), holes);
  }
  if (kind === "named") objectOf(job, `named ${value}`, "", named, holes);
  return fill(pattern, holes);
};

const endText = (job, rule, end) =>
  written(job.format, end, rule[end].map((endpoint) => addressText(job, endpoint)));

const portsText = ({ format, common }, dimension, ports, proto) => {
  const one = (name, [lo, hi] = []) => fill(saidBy(format.port, name) ?? "", { __proto__: common, lo, hi, proto });
  const texts = Array.isArray(ports) ? ports.map((range) => one(amountOf([range]), range)) : [one(ports)];
  return written(format, dimension, texts);
};

// `tcp-443`, `tcp-80-443`, `udp-53_123`.
const serviceText = (job, { ports, proto }, holes) => {
  const isRanges = Array.isArray(ports);
  const items = isRanges ? ports.map((range) => [...new Set(range)].join("-")).join("_") : ports;
  const name = items === "none" ? proto : `${proto}-${items}`;
  const [lo, hi] = isRanges ? ports[0] : [0, 0];
  return objectOf(job, `service ${name}`, name, job.format.define.service[proto], { lo, hi, ...holes });
};

const holesOf = (job, rule) => {
  const { words, say } = job;
  const { flow, dir, from, to, source_ports: sources } = rule;
  const proto = saidBy(job.format.proto, rule.proto);
  const [src, dst] = ["src", "dst"].map((end) => endText(job, rule, end));
  const namesOf = (keys) => say(keys.map((key) => saidBy(words.components, key) ?? localId(key)).join(", "));
  return {
    __proto__: job.common, ...rule, src, dst, proto, remote: dir === "in" ? src : dst, family: rule.family ?? "",
    ports: portsText(job, "ports", rule.ports, proto), icmp: `${rule.icmp_type ?? ""}`,
    "source-ports": sources === "any" ? "" : portsText(job, "source-ports", sources, proto),
    from: from.map(localId).join(), "from-name": namesOf(from), to: to.map(localId).join(), "to-name": namesOf(to),
    purpose: say(saidBy(words.purposes, flow) ?? ""),
  };
};

/** Parts win over holes of the same name, and hold no other parts. `leave`: takes what a format has no pattern for. */
export const ruleText = (job, rule, leave) => {
  const { rule: patterns, part, define } = job.format;
  const pattern = patterns[rule.dir];
  const parts = holesIn(pattern).map((name) => [name, saidBy(part, name)]).filter(([, own]) => own);
  const holes = holesOf(job, rule);
  if (JSON.stringify([pattern, parts]).includes("@service@")) {
    if (saidBy(define?.service, rule.proto) === undefined) return leave("proto", rule.proto);
    holes.service = serviceText(job, rule, holes);
  }
  const cases = casesOf(rule);
  const filled = { __proto__: holes };
  for (const [name, own] of parts) {
    const [now, ...left] = cases[own.of];
    const text = saidBy(own, now) ?? own.else;
    if (text === undefined) return leave(...left);
    filled[name] = fill(text, holes);
  }
  return fill(pattern, filled);
};

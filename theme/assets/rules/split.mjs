// An atom → rules without their text: a format says what it can write and how much of it one rule holds.
import { eachOnce, localId } from "./endpoints.mjs";
import { saidBy } from "./pattern.mjs";

const KINDS = ["v4", "v6", "fqdn", "wild", "url", "any", "named"];

/** What an address is called among things that are left. */
export const whatOf = ({ v: value, len, path = "" }) => (localId(value) || "any") + (len === undefined ? path : `/${len}`);

export const isSingle = ({ k: kind, len }) => len === (kind === "v4" ? 32 : 128);

/** How a format writes an address: single ones in a way of their own, if there is one. */
export const formOf = ({ address }, endpoint) =>
  (isSingle(endpoint) ? saidBy(address, `${endpoint.k}-host`) : undefined) ?? saidBy(address, endpoint.k);

// What stands for an address where a format can't write it.
const INSTEAD = {
  any: () => [{ k: "v4", v: "0.0.0.0", len: 0 }, { k: "v6", v: "::", len: 0 }],
  url: (value) => [{ k: value.startsWith("*.") ? "wild" : "fqdn", v: value }],
};

const writable = (format, endpoints, leave) => eachOnce(endpoints.flatMap((endpoint) => {
  const can = (one) => formOf(format, one) !== undefined;
  if (can(endpoint)) return endpoint;
  const { k: kind, v: value } = endpoint;
  const others = (saidBy(INSTEAD, kind)?.(value) ?? []).filter(can);
  if (kind === "url" || !others.length) leave(others.length ? "path" : kind, whatOf(endpoint));
  return others;
}));

// Sources with the destinations that they can reach. The local end is not compared, whatever its family.
const splitEnds = ({ family }, { dir, src, dst }, familyOf) => {
  const isMixed = family === "mixed";
  const split = (list) =>
    (isMixed ? [list] : KINDS.map((kind) => list.filter((one) => one.k === kind)).filter((part) => part.length));
  return split(src).flatMap((from) => split(dst).flatMap((to) => {
    const [one, other] = [dir === "out" ? [] : from, dir === "in" ? [] : to].map((end) => new Set(end.map(familyOf)));
    const all = new Set([...one, ...other]);
    const isApart = one.size && other.size && !all.has(undefined) && all.size === one.size + other.size;
    if (!isMixed) all.delete(undefined);
    return isApart ? [] : { src: from, dst: to, family: all.size === 1 ? [...all][0] : undefined };
  }));
};

const chunks = (list, most, range = 1) => {
  if (!most || !Array.isArray(list)) return [list];
  const all = [];
  let room = 0;
  for (const item of list) {
    const size = item[0] < item[1] ? range : 1;
    if (!all.length || room < size) {
      all.push([]);
      room = most;
    }
    room -= size;
    all.at(-1).push(item);
  }
  return all;
};

const kindOf = (endpoints) => {
  const [kind, ...others] = new Set(endpoints.map((one) => one.k));
  return others.length ? "mixed" : kind;
};

export const amountOf = (ports) => {
  if (!Array.isArray(ports)) return ports;
  const [[first, last], ...others] = ports;
  return others.length ? "many" : first < last ? "range" : "one";
};

// Of each dimension the case that holds; where a part has none, the reason and what is left.
export const casesOf = (rule) => {
  const { dir, src, dst, ports, proto, family = "any", icmp_type: type } = rule;
  const [from, to] = [src, dst].map(kindOf).map((kind) => [kind, kind === "mixed" ? "any" : kind, kind]);
  return {
    src: from, dst: to, remote: dir === "in" ? from : to,
    ports: [amountOf(ports), ports === "none" ? "proto" : "any-port", proto],
    "source-ports": [amountOf(rule.source_ports), "source-port", `${[...new Set([rule.source_ports].flat(2))].join("-")}/${proto}`],
    proto: [proto, "proto", proto],
    icmp: [type === null ? "any" : "typed", "icmp-type", `${type ?? ""}`],
    dir: [dir, "side", dir],
    family: [family, "no-common-family", proto],
  };
};

// The dimension of an atom that a format can't say, with all that is left of it.
const refused = ({ rule, proto, port, part = {} }, cases) => {
  const tables = { dir: rule, proto, ports: { many: "", ...port } };
  const isSaid = (dimension, now) => (tables[dimension] ? saidBy(tables[dimension], now) !== undefined
    : now === "any" || Object.values(part).some(({ of }) => of === dimension));
  return ["dir", "proto", "icmp", "source-ports", "ports"].find((dimension) => !isSaid(dimension, cases[dimension][0]));
};

/** The rules of an atom. `leave`: takes reason and what. */
export const rulesOf = (format, atom, leave) => {
  const { dir, proto, ports } = atom;
  const cases = casesOf(atom);
  const unsaid = refused(format, cases);
  if (unsaid) return leave(...cases[unsaid].slice(1)) ?? [];
  const familyOf = ({ k: kind }) => (/^v/.test(kind) ? kind : saidBy(format["family-of"], kind));
  // Protocols that are bound to a family.
  const wanted = { icmp: "v4", icmpv6: "v6" }[proto];
  const fits = (one) => !wanted || (familyOf(one) ?? wanted) === wanted;
  const [src, dst] = [["src", "out"], ["dst", "in"]].map(([end, local]) => {
    if (dir === local) return atom[end];
    const all = writable(format, atom[end], leave);
    const fitting = all.filter(fits);
    if (all.length && !fitting.length) leave("no-common-family", proto);
    return fitting;
  });
  if (!src.length || !dst.length) return [];
  const pairs = splitEnds(format, { dir, src, dst }, familyOf);
  if (!pairs.length) leave("no-common-family", proto);
  const most = format.many ?? {};
  return pairs.flatMap(({ family, ...pair }) => chunks(pair.src, most.src).flatMap((from) =>
    chunks(pair.dst, most.dst).flatMap((to) => chunks(ports, most.ports, most.range).map((some) =>
      ({ ...atom, src: from, dst: to, ports: some, family })))));
};

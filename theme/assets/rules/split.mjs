// An atom → rules without their text: a format says what it can write and how much of it one rule holds.
import { ANY, eachOnce, localId } from "./endpoints.mjs";
import { saidBy } from "./pattern.mjs";

const KINDS = ["v4", "v6", "fqdn", "wild", "url", "any", "named"];

// Protocols that are bound to a family.
const FAMILIES = { icmp: "v4", icmpv6: "v6" };

/** What an address is called among things that are left. */
export const whatOf = ({ k: kind, v: value, len, path = "" }) =>
  ({ any: "any", named: localId(value) })[kind] ?? (len === undefined ? value + path : `${value}/${len}`);

export const isSingle = ({ k: kind, len }) => len !== undefined && len === { v4: 32, v6: 128 }[kind];

/** How a table writes an address: single ones in a way of their own, if there is one. */
export const formOf = (table, endpoint) =>
  (isSingle(endpoint) ? saidBy(table, `${endpoint.k}-host`) : undefined) ?? saidBy(table, endpoint.k);

const EVERYWHERE = [{ k: "v4", v: "0.0.0.0", len: 0 }, { k: "v6", v: "::", len: 0 }];

/** What a format writes of an end. */
const writable = ({ address }, endpoints, leave) => eachOnce(endpoints.flatMap((endpoint) => {
  const can = (one) => formOf(address, one) !== undefined;
  if (can(endpoint)) return [endpoint];
  const { k: kind, v: value } = endpoint;
  const isUrl = kind === "url";
  const host = { k: value.startsWith("*.") ? "wild" : "fqdn", v: value };
  const others = (kind === "any" ? EVERYWHERE : isUrl ? [host] : []).filter(can);
  if (isUrl && others.length) leave("path", whatOf(endpoint));
  else if (!others.length) leave(kind, whatOf(endpoint));
  return others;
}));

const familyOf = (format, { k: kind }) => (/^v[46]$/.test(kind) ? kind : saidBy(format["family-of"], kind));

const chunks = (list, most, size = () => 1) => {
  if (!most || !Array.isArray(list)) return [list];
  const all = [];
  let room = 0;
  for (const item of list) {
    room -= size(item);
    if (!all.length || room < 0) {
      all.push([]);
      room = most - size(item);
    }
    all.at(-1).push(item);
  }
  return all;
};

const sided = (dir, ends) => ({ src: dir !== "out", dst: dir !== "in" })[ends];

const grouped = (endpoints) =>
  KINDS.map((kind) => endpoints.filter((one) => one.k === kind)).filter((group) => group.length);

// Whether two ends hold nothing but addresses of families that the other has not.
const isApart = ([one, other = [undefined]]) =>
  ![...one, ...other].includes(undefined) && !one.some((family) => other.includes(family));

// Sources with the destinations that they can reach.
const splitEnds = (format, { dir, src, dst }) => {
  const isMixed = format.family === "mixed";
  const isMatched = (end) => sided(dir, end);
  const groups = (end, list) => (isMatched(end) && !isMixed ? grouped(list) : [list]);
  const pairs = groups("src", src).flatMap((from) => groups("dst", dst).map((to) => ({ src: from, dst: to })));
  return pairs.flatMap((pair) => {
    const families = ["src", "dst"].filter(isMatched).map((end) => pair[end].map((one) => familyOf(format, one)));
    if (isApart(families)) return [];
    const known = [...new Set(families.flat())].filter((family) => family || isMixed);
    return [{ ...pair, family: known.length > 1 ? undefined : known[0] }];
  });
};

/** The ports from which something is opened, as things that are left are named. */
export const printSources = ({ source_ports: sources, proto }) => `${[...new Set([sources].flat(2))].join("-")}/${proto}`;

// What of an atom has no pattern at all.
const refusal = (format, atom) => {
  const { dir, proto, icmp_type: type, ports } = atom;
  const parts = Object.values(format.part ?? {});
  const isUnsaid = (dimension) => !parts.some(({ of }) => of === dimension);
  const isWithout = (table, name) => saidBy(table, name) === undefined;
  return [
    [isWithout(format.rule, dir), "side", dir],
    [isWithout(format.proto, proto), "proto", proto],
    [type !== null && isUnsaid("icmp"), "icmp-type", `${type}`],
    [atom.source_ports !== "any" && isUnsaid("source-ports"), "source-port", printSources(atom)],
    [ports === "any" && isWithout(format.port, ports), "any-port", proto],
    [ports === "none" && isWithout(format.port, ports), "proto", proto],
  ].find(([isRefused]) => isRefused)?.slice(1);
};

// The ends of an atom as a format can write them; nothing if one of them is empty.
const writableEnds = (format, atom, leave) => {
  const wanted = FAMILIES[atom.proto];
  const fits = (one) => !wanted || [wanted, undefined].includes(familyOf(format, one));
  const [src, dst] = ["src", "dst"].map((end) => {
    if (!sided(atom.dir, end)) return [ANY];
    const all = writable(format, atom[end], leave);
    const fitting = all.filter(fits);
    if (all.length && !fitting.length) leave("no-common-family", atom.proto);
    return fitting;
  });
  return src.length && dst.length ? { ...atom, src, dst } : undefined;
};

/** The rules of an atom. `leave`: takes reason and what. */
export const rulesOf = (format, atom, leave) => {
  const refused = refusal(format, atom);
  if (refused) leave(...refused);
  const whole = refused ? undefined : writableEnds(format, atom, leave);
  if (!whole) return [];
  const pairs = splitEnds(format, whole);
  if (!pairs.length) leave("no-common-family", atom.proto);
  const { src: mostSrc, dst: mostDst, ports: mostPorts, range = 1 } = format.many ?? {};
  const slots = ([first, last]) => (first < last ? range : 1);
  return pairs.flatMap(({ src, dst, family }) => chunks(src, mostSrc).flatMap((from) =>
    chunks(dst, mostDst).flatMap((to) => chunks(atom.ports, mostPorts, slots).map((ports) =>
      ({ ...atom, src: from, dst: to, ports, family })))));
};

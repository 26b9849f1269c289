// The addresses of one end of a flow: the reader's own before published ones, each once.
import { masked, printIp, readIp } from "./ip.mjs";

export const ANY = { k: "any", v: "" };

/** An id without the product or `common` before it. */
export const localId = (key) => key.slice(key.lastIndexOf("/") + 1);

/** What a reader says of a thing, by its key or its local id. */
export const givenOf = (map = {}, key) =>
  [key, localId(key)].map((name) => Object.hasOwn(map, name) && map[name]).find((list) => list?.length) || undefined;

const identity = ({ k: kind, v: value, len, path }) => JSON.stringify([kind, value, len, path]);

/** The first of each. */
export const eachOnce = (list) => [...new Map(list.map((one) => [identity(one), one])).values()];

// Networks nest or are apart, so that no list overlaps itself.
const withoutInner = (list) => {
  const known = new Set(list.map(identity));
  const lens = new Set(list.map(({ len }) => len).filter((len) => len !== undefined));
  const isInner = ({ k: kind, v: value, len: own }) => [...lens].some((len) =>
    len < own && known.has(identity({ k: kind, v: printIp(masked(readIp(value), len)), len })));
  return lens.size > 1 ? list.filter((one) => !isInner(one)) : list;
};

const published = (job, flow, { list }, states, untyped) => {
  const locals = untyped.map(localId).join();
  const named = untyped.map((key) => ({ k: "named", v: key }));
  const stateOf = (at) => states[at] ?? "in";
  if (list.every((_, at) => stateOf(at) === "out")) job.leave("none-for-choice", flow, locals);
  return list.flatMap(({ when, ...endpoint }, at) => {
    if (stateOf(at) === "open") job.leave("depends", flow, job.undecided(when));
    if (stateOf(at) !== "in") return [];
    if (endpoint.k !== "template") return [endpoint];
    job.leave("path", flow, endpoint.v);
    return named;
  });
};

const untypedEnds = (job, flow, hosts, untyped) => {
  if (hosts.kind === "own") return untyped.map((key) => ({ k: "named", v: key }));
  if (hosts.kind === "any") return [ANY];
  job.leave(hosts.kind, flow, hosts.kind === "see" ? hosts.source ?? "" : untyped.map(localId).join());
  return [];
};

/** Of some parties at an end; what can't be said of them is left. */
export const endpointsOf = (job, flow, parties, hosts, states) => {
  if (parties.includes("any")) return [ANY];
  const typed = (key) => givenOf(job.request.addresses, key);
  const untyped = parties.filter((key) => !typed(key));
  const list = parties.flatMap((key) => typed(key) ?? []);
  if (hosts.kind === "list") {
    if (untyped.length || job.request.keepPublished) list.push(...published(job, flow, hosts, states, untyped));
  } else if (untyped.length) {
    list.push(...untypedEnds(job, flow, hosts, untyped));
  }
  return list.some(({ k: kind }) => kind === "any") ? [ANY] : withoutInner(eachOnce(list));
};

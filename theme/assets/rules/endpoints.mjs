// The addresses of one end of a flow: the reader's own before published ones, each once.
import { withoutInner } from "./bits.mjs";

export const ANY = { k: "any", v: "" };

/** An id without the product or `common` before it. */
export const localId = (key) => key.slice(key.lastIndexOf("/") + 1);

/** What a reader says of a thing, by its key or its local id. */
export const givenOf = (map = {}, key) => [map[key], map[localId(key)]].find((list) => list?.length);

const identity = ({ k: kind, v: value, len, path }) => [kind, value, len, path].join(" ");

/** The first of each. */
export const eachOnce = (list) => [...new Map(list.map((one) => [identity(one), one])).values()];

const published = ({ leave, undecided }, flow, { list, named, locals }, states) => {
  const stateOf = (at) => states[at] ?? "in";
  if (locals && list.every((_, at) => stateOf(at) === "out")) leave("none-for-choice", flow, locals);
  return list.flatMap(({ when, ...endpoint }, at) => {
    if (stateOf(at) === "open") leave("depends", flow, undecided(when));
    if (stateOf(at) !== "in") return [];
    if (endpoint.k !== "template") return endpoint;
    // What a template is of is a server of the reader's own.
    leave("path", flow, endpoint.v);
    return named;
  });
};

/** Of some parties at an end; what can't be said of them is left. */
export const endpointsOf = (job, flow, parties, { kind, list, source }, states) => {
  if (parties.includes("any")) return [ANY];
  const { request, leave } = job;
  const typed = (key) => givenOf(request.addresses, key) ?? [];
  const untyped = parties.filter((key) => !typed(key).length);
  const locals = untyped.map(localId).join();
  const named = untyped.map((key) => ({ k: "named", v: key }));
  const others = () => {
    if (kind === "list") return published(job, flow, { list, named, locals }, states);
    return { own: named, any: [ANY] }[kind] ?? leave(kind, flow, source ?? locals) ?? [];
  };
  const isAsked = untyped.length || (kind === "list" && request.keepPublished);
  const all = [...parties.flatMap(typed), ...isAsked ? others() : []];
  return all.includes(ANY) ? [ANY] : withoutInner(eachOnce(all));
};

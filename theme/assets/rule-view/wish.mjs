// What an address says of rules beside the selection ↔ what is asked for: `e` where they apply, `f` the format, `d`
// whether the rest is denied, `a` and `v` what was typed, and behind `n` further deployments with keys of their own.
// `src/rules/address.rs` reads the same.

const OWN = [..."efdav"];
const NEXT = /^n(?:=[^&]*)?(?:&|$)/;

const keyOf = (part) => part.split("=", 1)[0];

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const valueOf = ({ rest }, key) => rest.filter((part) => keyOf(part) === key).map((part) => decoded(part.slice(2)))[0];

const idIn = (list, id) => (list.find((item) => item.id === id) ?? list.find(({ former }) => former?.includes(id)))?.id;

const furtherOf = (facts, { rest }) => {
  const groups = [];
  for (const part of rest.find((one) => NEXT.test(one))?.split("&") ?? []) {
    if (keyOf(part) === "n") groups.push([]);
    else groups.at(-1).push(part);
  }
  return groups.map((parts) => rutter.selection.read(facts, `#!${parts.join("&")}`));
};

/** Where rules apply, as addresses and files say it: `host.manager`, `gateway`, `gateway-all`. */
export const readSide = ({ parties }, text = "") => {
  if (/^gateway(-all)?$/.test(text)) return { kind: text };
  const component = idIn(parties, /^host[.:](.*)$/.exec(text)?.[1]);
  return component && { kind: "host", component };
};

export const writeSide = ({ kind, component }) => (kind === "host" ? `host.${component}` : kind);

const printed = ({ v: value, len }) => (len === undefined ? value : `${value}/${len}`);

// Addresses and ports, by local ids, as texts that a field can show.
const readTyped = (facts, state, refuse) => {
  const typed = { addresses: new Map(), values: new Map(), isKept: false, everything: new Set() };
  const read = (key, list, isRight) => (item) => {
    const at = item.indexOf(".");
    const [id, text] = [idIn(list, item.slice(0, at)), item.slice(at + 1)];
    if (at < 0 || !id || !isRight(text, id)) return refuse(`${key}=${item}`);
    const texts = typed[key === "a" ? "addresses" : "values"];
    // A single address needs no prefix for whoever reads it.
    return texts.set(id, [texts.get(id), text.replace(/(?<=\..*)\/32$|(?<=:.*)\/128$/, "")].filter(Boolean).join("\n"));
  };
  const isAddress = (text, id) => {
    const { endpoint } = rutter.typed.readAddress(text, true);
    if (endpoint?.len === 0) typed.everything.add(id);
    return endpoint;
  };
  const items = (key) => valueOf(state, key)?.split(",") ?? [];
  typed.isKept = items("a").includes("keep");
  items("a").filter((item) => item !== "keep").forEach(read("a", facts.parties, isAddress));
  items("v").forEach(read("v", facts.flows, rutter.typed.readPort));
  return typed;
};

/** What stands in an address of what was typed. */
export const typedIn = (state) => ["a", "v"].map((key) => valueOf(state, key) ?? "").join("&");

/** `further`: deployments behind the first; those that state what the first does follow what is typed for it. */
export const readWish = (facts, state) => {
  const further = furtherOf(facts, state);
  const unknown = further.flatMap((one) => one.unknown);
  const refuse = (name) => unknown.push(name.slice(0, 80));
  const all = [state, ...further];
  const stated = (key) => all.map((one) => valueOf(one, key)).findLast((value) => value !== undefined);
  const [side, format] = ["e", "f"].map(stated);
  if (side && !readSide(facts, side)) refuse(`e=${side}`);
  if (format && !Object.hasOwn(rutter.ruleFormats, format)) refuse(`f=${format}`);
  const typed = readTyped(facts, state, refuse);
  const withTyped = (one) => ({
    scenario: one.scenario, selection: one.selection, every: one.every,
    typed: typedIn(one) === typedIn(state) ? undefined : readTyped(facts, one, refuse),
  });
  return {
    side: readSide(facts, side), format: Object.hasOwn(rutter.ruleFormats, format ?? "") ? format : undefined,
    closed: stated("d") === "1", typed, further: further.map(withTyped), unknown,
  };
};

const writeTyped = (facts, { addresses, values, isKept }) => {
  const address = facts.parties.flatMap(({ id }) => (addresses[id] ?? []).map((one) => `${id}.${printed(one)}`));
  const ports = facts.flows.flatMap(({ id }) =>
    (values[id] ?? []).map(([lo, hi]) => `${id}.${lo < hi ? `${lo}-${hi}` : lo}`));
  const all = [...address, ...isKept ? ["keep"] : []];
  return [all.length && `a=${all.join()}`, ports.length && `v=${ports.join()}`].filter(Boolean);
};

/** What stands in the address beside the selection. `typed`: what is to stand there of it, as endpoints. */
export const writeRest = (facts, { rest }, { side, format, closed, further }, typed) => {
  const others = rest.filter((part) => !OWN.includes(keyOf(part)) && !NEXT.test(part));
  const own = typed ? writeTyped(facts, typed) : [];
  const tail = further.map((one) => {
    const typedHere = one.typed && typed ? writeTyped(facts, one.read) : own;
    const text = rutter.selection.write(facts, { ...one, rest: typedHere });
    return ["n", text.slice(2)].filter(Boolean).join("&");
  });
  const asked = [`e=${writeSide(side)}`, `f=${format}`, ...closed ? ["d=1"] : []];
  return [...others, ...asked, ...own, ...tail.length ? [tail.join("&")] : []];
};

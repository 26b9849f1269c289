// The fragment of an address ↔ what a page shows: `#!s=SCENARIO&o=OPTION.CHOICE+CHOICE,OPTION&w=PARTY+-PARTY`
// `&k=FLOW,FLOW.443/tcp&r=ROW&m=VIEW`. It says what differs from the scenario, by ids in the product's order:
// one selection has one address. What else stands in it is kept for those who understand it.

/**
 * @typedef {object} State
 * @property {import("./weigh.mjs").Selection} selection
 * @property {number} [scenario] The one it started from.
 * @property {string} [view]
 * @property {string} [row] The anchor of a row.
 * @property {string[]} rest Other keys, with their values.
 */

const ORDER = "sowkefdxavrmn";

// No selection needs a tenth of it: longer ones are refused unseen.
const LONGEST = 20000;

// A row's anchor: other fragments have no place behind a key.
const ANCHOR = /^[\w-]{1,200}$/;

const decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Refused by name: no id has a percent sign.
    return text;
  }
};

const split = (text, sign) => {
  const [head, ...tail] = text.split(sign);
  return [head, tail.length ? tail.join(sign) : undefined];
};

// Position by present or former id.
const find = (list, id) => {
  const at = list.findIndex((item) => item.id === id);
  return at < 0 ? list.findIndex(({ former = [] }) => former.includes(id)) : at;
};

export const preset = ({ scenarios }, scenario) => {
  const { choose = {}, without = [], machine } = scenarios[scenario] ?? {};
  const options = Object.entries(choose).map(([option, choices]) => [Number(option), new Set(choices)]);
  return { choose: new Map(options), without: new Set(without), picks: new Set(), machine };
};

// Each reader takes the value of its key apart; what it does not know, and what comes twice, it refuses.
const READERS = {
  s: (facts, state, value, refuse) => {
    const at = find(facts.scenarios, value);
    if (at < 0) return refuse(value);
    state.scenario = at;
    state.selection = preset(facts, at);
  },
  o: ({ options }, { selection: { choose } }, value, refuse) => {
    const seen = new Set();
    for (const item of value.split(",")) {
      const [id, list] = split(item, ".");
      const at = find(options, id);
      if (at < 0 || seen.has(at)) {refuse(item);}
      else if (list === undefined) {choose.delete(at);}
      else {
        const { choices, renamed = {} } = options[at];
        const known = list.split("+").map((choice) => {
          const found = choices.indexOf(Object.hasOwn(renamed, choice) ? renamed[choice] : choice);
          if (found < 0) refuse(`${id}.${choice}`);
          return found;
        });
        const chosen = known.filter((choice) => choice >= 0);
        if (chosen.length) choose.set(at, new Set(chosen));
      }
      seen.add(at);
    }
  },
  w: ({ parties }, { selection: { without } }, value, refuse) => {
    const seen = new Set();
    for (const item of value.split("+")) {
      const at = find(parties, item.replace(/^-/, ""));
      if (at < 0 || seen.has(at)) refuse(item);
      else if (item.startsWith("-")) without.delete(at);
      else without.add(at);
      seen.add(at);
    }
  },
  k: ({ flows, groups }, { selection: { picks } }, value, refuse) => {
    // `53/tcp+udp` is one line; elsewhere a plus parts picks as it does choices.
    for (const item of value.split(/,|\+(?!udp(?:[,+]|$))/)) {
      const [id, line] = split(item, ".");
      const at = find(flows, id);
      const isWay = () => groups.some((ways) => ways.some(([first]) => first === at));
      const isLine = () => flows[at]?.one && flows[at].lines.some(({ key }) => key === line);
      const pick = [flows[at]?.id, line].filter(Boolean).join(".");
      if (!(line === undefined ? isWay() : isLine()) || picks.has(pick)) refuse(item);
      else picks.add(pick);
    }
  },
  r: ({ flows }, state, value, refuse) => {
    if (!ANCHOR.test(value)) return refuse(value);
    state.row = flows[find(flows, value)]?.id ?? value;
  },
  m: (_, state, value, refuse) => {
    if (!ANCHOR.test(value)) return refuse(value);
    state.view = value;
  },
};

// Behind its own keys, those it keeps; behind all, another deployment.
const rank = (part) => {
  const [key] = split(part, "=");
  const at = key.length === 1 ? ORDER.indexOf(key) : -1;
  return at < 0 ? ORDER.length - 1.5 : at;
};
const inOrder = (parts) => parts.sort((a, b) => rank(a) - rank(b));

/** @returns {State & { unknown: string[] }} With what is refused or unknown, by name. */
export const read = (facts, hash) => {
  const state = { selection: preset(facts), rest: [], unknown: [] };
  const refuse = (name) => state.unknown.push(name.slice(0, 80));
  if (hash.length > LONGEST) {
    refuse(hash);
    return state;
  }
  const [, mark, text] = /^#?(!|%21)?(.*)$/s.exec(hash);
  if (!mark) return { ...state, row: text || undefined };
  const parts = text.split("&").filter(Boolean);
  const next = parts.findIndex((part) => /^n(=|$)/.test(part));
  const others = next < 0 ? [] : [parts.splice(next).join("&")];
  const values = new Map();
  for (const part of parts) {
    const [key, value = ""] = split(part, "=");
    if (values.has(key)) {refuse(part);}
    else {
      values.set(key, decode(value));
      if (!Object.hasOwn(READERS, key)) state.rest.push(part);
      if (key.length > 1 || !ORDER.includes(key)) refuse(part);
    }
  }
  for (const [key, take] of Object.entries(READERS)) {
    if (values.has(key)) take(facts, state, values.get(key), (name) => refuse(`${key}=${name}`));
  }
  state.rest = [...inOrder(state.rest), ...others];
  return state;
};

/** @param {State} state */
export const write = (facts, { selection, scenario, view, row = "", rest = [] }) => {
  const base = preset(facts, scenario);
  const differs = (list, text, sign) => list
    .map((item, at) => [text(selection, item, at), text(base, item, at), item.id])
    .filter(([ours, theirs]) => ours !== theirs)
    .map(([ours, , id]) => (sign ? `${ours ? "" : sign}${id}` : [id, ours].filter(Boolean).join(".")));
  const choices = ({ choose }, option, at) => option.choices.filter((_, choice) => choose.get(at)?.has(choice)).join("+");
  const picks = facts.flows.flatMap(({ id, lines = [] }) => [id, ...lines.map(({ key }) => `${id}.${key}`)]);
  const values = {
    s: facts.scenarios[scenario]?.id,
    o: differs(facts.options, choices).join(","),
    w: differs(facts.parties, ({ without }, _, at) => without.has(at), "-").join("+"),
    k: picks.filter((pick) => selection.picks.has(pick)).join(","),
    m: view,
  };
  const parts = Object.entries(values).filter(([, value]) => value).map((pair) => pair.join("="));
  // A row alone is an anchor as any other, which needs no script.
  if (!parts.length && !rest.length) return row && `#${row}`;
  if (ANCHOR.test(row)) parts.push(`r=${row}`);
  return `#!${inOrder([...parts, ...rest]).join("&")}`;
};

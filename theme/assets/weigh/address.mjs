// The fragment of an address ↔ what a page shows: `#!s=SCENARIO&o=OPTION.CHOICE+CHOICE,OPTION&w=PARTY+-PARTY`
// `&k=FLOW,FLOW.443/tcp,*&r=ROW&m=VIEW`. It says what differs from the scenario, by ids in the product's order:
// one selection has one address. What else stands in it is kept for those who understand it.

/**
 * @typedef {object} State
 * @property {import("./weigh.mjs").Selection} selection
 * @property {number} [scenario] The one it started from.
 * @property {boolean} [every] Whether rules have all of what one is enough of.
 * @property {string} [view]
 * @property {string} [row] The anchor of a row; of a fragment that is no address of ours, all of it.
 * @property {string[]} rest What else stands in it, as `key=value`.
 */

// Those it does not know stand behind these; behind all, another deployment.
const KEYS = [..."sowkefdxavrm"];
const OWN = [..."sowkrm"];

// No selection needs a tenth of it: longer ones are refused unseen.
const LONGEST = 20000;

// A row's anchor, or a word: other texts have no place behind a key.
const WORD = /^[\w-]{1,200}$/;

const decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Refused by name: no id has a percent sign.
    return text;
  }
};

// What stands before and behind the first of a sign.
const cut = (text, sign) => {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

// Those it knows in their order, behind them the others as they came.
const inOrder = (parts) => {
  const rank = (part) => (KEYS.indexOf(cut(part, "=")[0]) + 99) % 99;
  return parts.sort((a, b) => rank(a) - rank(b));
};

// Position by present or former id.
export const find = (list, id) => {
  const at = list.findIndex((item) => item.id === id);
  return at < 0 ? list.findIndex(({ former }) => former?.includes(id)) : at;
};

export const preset = ({ scenarios }, scenario) => {
  const { choose = {}, without, machine } = scenarios[scenario] ?? {};
  const options = Object.entries(choose).map(([option, choices]) => [Number(option), new Set(choices)]);
  return { choose: new Map(options), without: new Set(without), picks: new Set(), machine };
};

const readOption = ({ options }, { choose }, item, isNew, refuse) => {
  const [id, list] = cut(item, ".");
  const at = find(options, id);
  if (!isNew(at)) return false;
  const { choices, renamed = {} } = options[at];
  const known = list?.split("+").map((choice) => {
    const found = Math.max(choices.indexOf(choice), choices.indexOf(renamed[choice]));
    if (found < 0) refuse(`${id}.${choice}`);
    return found;
  }).filter((choice) => choice >= 0);
  if (!known) choose.delete(at);
  else if (known.length) choose.set(at, new Set(known));
  return true;
};

const readParty = ({ parties }, { without }, item, isNew) => {
  const at = find(parties, item.replace(/^-/, ""));
  return isNew(at) && (item[0] === "-" ? without.delete(at) || true : without.add(at));
};

const readPick = ({ flows, groups }, { picks }, item, isNew) => {
  if (item === "*") return isNew(item) && picks.add(item);
  const [id, line] = cut(item, ".");
  const at = find(flows, id);
  const isWay = () => groups.flat().some(([first]) => first === at);
  const isLine = () => flows[at].one && flows[at].lines.some(({ key }) => key === line);
  if (at < 0 || !(line === undefined ? isWay() : isLine())) return false;
  const pick = item.replace(id, flows[at].id);
  return isNew(pick) && picks.add(pick);
};

// How the items of each key are parted. `53/tcp+udp` is one line.
const LISTS = { o: [",", readOption], w: ["+", readParty], k: [/,|\+(?!udp(?:[,+]|$))/, readPick] };

// The values of its own keys, what else is there, and what is a row of no address of ours.
const parse = (hash, refuse) => {
  const [, mark, text] = /^#?(!|%21)?(.*)$/s.exec(hash.length > LONGEST ? refuse(hash) : hash);
  if (!mark) return { row: text || undefined, rest: [], values: new Map() };
  const parts = text.split("&").filter(Boolean);
  const next = parts.findIndex((part) => cut(part, "=")[0] === "n");
  const tail = next < 0 ? [] : [parts.splice(next).join("&")];
  const values = new Map();
  const rest = parts.filter((part) => {
    const [key, value = ""] = cut(part, "=");
    const isTwice = values.has(key);
    if (isTwice || !KEYS.includes(key)) refuse(part);
    if (!isTwice) values.set(key, decode(value));
    return !isTwice && !OWN.includes(key);
  });
  return { values, rest: [...inOrder(rest), ...tail] };
};

/** @returns {State & { unknown: string[] }} With the names of what is unknown or stands there twice. */
export const read = (facts, hash) => {
  const unknown = [];
  const refuse = (name) => unknown.push(name.slice(0, 80)) && "";
  const { values, ...state } = parse(hash, refuse);
  const each = (key, sign, take) => {
    const seen = new Set([-1]);
    const isNew = (item) => !seen.has(item) && seen.add(item);
    const refuseItem = (item) => refuse(`${key}=${item}`);
    values.get(key)?.split(sign).forEach((item) => take(item, isNew, refuseItem) || refuseItem(item));
  };
  const word = (key) => {
    each(key, undefined, (value) => WORD.test(value));
    return [values.get(key)].find((value = "") => WORD.test(value));
  };
  each("s", undefined, (name) => find(facts.scenarios, name) >= 0);
  const scenario = find(facts.scenarios, values.get("s"));
  const selection = preset(facts, scenario);
  for (const [key, [sign, take]] of Object.entries(LISTS)) {
    each(key, sign, (...item) => take(facts, selection, ...item));
  }
  const every = selection.picks.delete("*");
  const id = word("r");
  const row = facts.flows[find(facts.flows, id)]?.id ?? id ?? state.row;
  return { ...state, selection, every, scenario: scenario < 0 ? undefined : scenario, row, view: word("m"), unknown };
};

// Of a list, how each item differs from the scenario.
const differing = (list, say) => list.map((item, at) => say(item, at)).filter(Boolean);

/** @param {State} state */
export const write = (facts, { selection, scenario, every, view, row = "", rest = [] }) => {
  const base = preset(facts, scenario);
  const chosenOf = ({ choose }, { choices }, at) => choices.filter((_, choice) => choose.get(at)?.has(choice)).join("+");
  const option = (item, at) => {
    const list = chosenOf(selection, item, at);
    return list !== chosenOf(base, item, at) && [item.id, list].filter(Boolean).join(".");
  };
  const party = ({ id }, at) => {
    const isGone = selection.without.has(at);
    return isGone !== base.without.has(at) && (isGone ? id : `-${id}`);
  };
  const picks = facts.flows.flatMap(({ id, lines = [] }) => [id, ...lines.map(({ key }) => `${id}.${key}`)]);
  const values = {
    s: facts.scenarios[scenario]?.id,
    o: differing(facts.options, option).join(","),
    w: differing(facts.parties, party).join("+"),
    k: [...picks.filter((pick) => selection.picks.has(pick)), ...every ? ["*"] : []].join(","),
    m: view,
  };
  const parts = Object.entries(values).filter(([, value]) => value).map((pair) => pair.join("="));
  // A row alone is an anchor as any other, which needs no script.
  if (!parts.length && !rest.length) return row && `#${row}`;
  if (WORD.test(row)) parts.push(`r=${row}`);
  return `#!${inOrder([...parts, ...rest]).join("&")}`;
};

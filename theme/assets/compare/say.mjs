// What two selections have in common and what not, in the words of the page.
import { counted, fill, words } from "../rows/words.mjs";
import { chosen } from "../weigh/weigh.mjs";

// A part of a facet, with its state where it has one of its own.
const sayPart = (names, part) => {
  const [at, state] = part.split(" ");
  const name = at === "none" ? words.none : (names[at] ?? words[at]);
  return state ? fill(words[state].part, name) : name;
};

// A row of `differ`. A text is told with whether the other selection lacks it.
const sayRow = (facts, { at, state, isOwn, facets }) => {
  const [name, lines = [], hosts = [], fromHosts = []] = words.flows[at];
  const names = [words.parties, words.parties, lines, hosts, fromHosts];
  const told = facets.map((parts, position) => ({
    label: fill(words.labeled, words.facets[position]),
    parts: parts.map(([part, isTheirs]) => [sayPart(names[position], part), isTheirs]),
  }));
  return {
    name,
    href: `${words.product}#${facts.flows[at].id}`,
    state: state && [words[state].name, isOwn],
    facets: told.filter(({ parts }) => parts.length),
  };
};

// What never crosses the network stands apart, below a title of its own, and is not counted with the others.
const sayList = (facts, rows, title) => {
  const [network, ...local] = [undefined, "internal", "loopback"].map((scope) => ({
    scope,
    rows: rows.filter(({ at }) => facts.flows[at].scope === scope).map((row) => sayRow(facts, row)),
  }));
  const told = ({ scope, rows: own }) =>
    ({ title: fill(counted(words.counted, own.length), { title: words[scope] }), rows: own });
  return {
    title: title(network.rows.length),
    groups: [{ rows: network.rows }, ...local.filter(({ rows: own }) => own.length).map(told)],
  };
};

/** What `differ` gives, below titles with the names of both. */
export const sayDifference = (facts, names, { sides, both: common }) => ({
  sides: sides.map((rows, side) =>
    sayList(facts, rows, (sum) => fill(counted(words.only, sum), { scenario: names[side] }))),
  both: sayList(facts, common, (sum) => counted(words.both, sum)),
});

// What is picked of several: the first flow of a way, or a line of a flow, by its name in the address.
const namePicks = (facts, { picks }) => facts.flows.flatMap(({ id, lines = [] }, at) => {
  const [name, texts = []] = words.flows[at];
  const own = lines.flatMap(({ key }, line) => (picks.has(`${id}.${key}`) ? [`${name}${words.separator}${texts[line] ?? key}`] : []));
  return picks.has(id) ? [name, ...own] : own;
});

/** What either chooses, side by side: `[label, ours, theirs]`. */
export const sayChoices = (facts, pair) => {
  const have = pair.map((selection) => chosen(facts, selection));
  const isChosen = ({ choose }, option) => choose.get(option)?.size > 0;
  const told = words.options.flatMap(([label, labels, otherwise], option) => {
    const texts = pair.map((selection, side) =>
      (isChosen(selection, option) ? have[side][option].map((choice) => labels[choice]) : [otherwise]));
    return pair.some((selection) => isChosen(selection, option)) ? [[label, texts]] : [];
  });
  const names = (parties) => [...parties].sort((a, b) => a - b).map((party) => words.parties[party]);
  told.push([words.without, pair.map(({ without }) => names(without))]);
  told.push([words.machine, pair.map(({ machine }) => names(machine === undefined ? [] : [machine]))]);
  told.push([words.alternatives, pair.map((selection) => namePicks(facts, selection))]);
  const beside = (ours, theirs) => ours.map((text) => [text, !theirs.includes(text)]);
  return told.filter(([, texts]) => texts.some((list) => list.length))
    .map(([label, [ours, theirs]]) => [label, beside(ours, theirs), beside(theirs, ours)]);
};

// More than these are no name any more.
const MOST_NAMED = 2;

/**
 * A selection without a scenario is called by what it chooses and the other does not.
 * @returns {string | undefined} Nothing, where that is no name.
 */
export const nameSelection = (choices, side) => {
  const isOfOwn = ([, ...cells]) => cells[side].some(([, isOwn]) => isOwn);
  const own = choices.filter(isOfOwn);
  if (!own.length || own.length > MOST_NAMED) return undefined;
  const list = (parts) => parts.map(([text]) => text).join(words.separator);
  return own.map(([label, ...cells]) => fill(words.labeled, label) + list(cells[side])).join(words.separator);
};

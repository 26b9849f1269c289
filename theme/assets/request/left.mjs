// What a selection leaves of the rows of a product: who, by which lines, to which addresses. Without a selection
// all of it is left.
// `facts` are those of select.js, `taken` is what the rows say in the language of the page
// (`src/render/page/taken.rs`).

const listOf = (ends) => (Array.isArray(ends) ? ends : [ends]);

const WHOLE = { state: "in", lines: [], hosts: [], fromHosts: [], reason: { groups: [] } };

const isNeeded = (state) => state === "in" || state === "alternative";

// The groups in which somebody who opens a flow may go another way: as far as it is needed, or may come to be.
const groupsOf = ({ groups = [], flows }, results, at, picks) => {
  const stateOf = (flow, party) => results[flow].openers[party] ?? "out";
  const mayChoose = (group, party) => {
    const own = stateOf(at, party);
    const counts = own === "open" ? (state) => state !== "out" : isNeeded;
    const left = group.filter((way) => way.some((flow) => counts(stateOf(flow, party))));
    return own !== "out" && left.length > 1 && !left.some(([first]) => picks?.has(flows[first].id));
  };
  const openers = Object.keys(results[at].openers);
  const told = results[at].reason.groups;
  const isFree = (group) => group.flat().includes(at) && openers.some((party) => mayChoose(group, party));
  return [...groups.keys()].filter((group) => told.includes(group) || isFree(groups[group]));
};

// A caution that hangs on a choice which was not made may hold.
const mayHold = ({ options }, choose, when) => !when || when.some((needs) =>
  Object.entries(needs).every(([option, needed]) => {
    const own = choose?.get(Number(option));
    const have = own?.size ? [...own] : options[option].default;
    return !have || needed.some((choice) => have.includes(choice));
  }));

const joined = ({ pair, last, separator }, names) => {
  const [first = "", second] = names;
  if (names.length < 2) return first;
  const rest = names.slice(0, -1).join(separator);
  return rutter.table.fill(names.length > 2 ? last : pair, { first, second, rest, last: names.at(-1) });
};

// Who stands at both ends. What only runs on a machine that is asked for is told as a part of it.
const endsOf = ({ facts, selection = {} }, taken, flow, { openers }) => {
  const { machine, without = new Set() } = selection;
  const machines = (party) => facts.parties[party]?.on;
  const isGone = (party) => without.has(party) || Boolean(machines(party)?.every(isGone));
  const isOn = (party) => party === machine || Boolean(machines(party)?.some(isOn));
  const from = listOf(flow.from).filter((party) => openers[party] !== "out");
  const present = listOf(flow.to).filter((party) => !isGone(party));
  const own = present.filter(isOn);
  const to = own.length && !from.some(isOn) ? own : present;
  const near = [from.some(isOn), to.some(isOn)];
  const isFar = near[0] && near[1] && !flow.scope;
  const nameOf = (isNear) => (party) => {
    if (typeof party === "string") return taken[party];
    const name = taken.parties[facts.parties[party].id];
    return isNear && !isFar && party !== machine && isOn(party) ? rutter.table.fill(taken.words.near, name) : name;
  };
  const [opener, listener] = [from, to].map((parties, end) => joined(taken.words, parties.map(nameOf(near[end]))));
  return { opener, listener, parties: [...from, ...to] };
};

/** Of the cautions that stand on more than rows, those that may hold and are about somebody in the rows left. */
export const cautionsBeside = ({ facts, selection }, { cautions }, rows) => {
  const ids = new Set(rows.flatMap(({ parties }) => parties.map((party) => facts.parties[party]?.id)));
  const isAbout = ({ on }) => !on.length || on.some((id) => ids.has(id));
  return cautions.filter((one) => isAbout(one) && mayHold(facts, selection?.choose, one.when)).map(({ text }) => text);
};

/**
 * The rows that are left, in the order of the product.
 * @param {object} subject `facts` of a product; `flows` and `selection`, where something can be chosen;
 * `isShown`: which flows the page has.
 */
export const left = (subject, taken) => {
  const { facts, flows, selection, isShown = () => true } = subject;
  const whole = ({ from }) => ({ ...WHOLE, openers: Object.fromEntries(listOf(from).map((party) => [party, "in"])) });
  const results = flows ?? facts.flows.map(whole);
  return facts.flows.flatMap((flow, at) => {
    const result = results[at];
    if (result.state === "out" || !isShown(flow)) return [];
    const { shared, marks = [], records, lines } = taken.flows[flow.id];
    const groups = groupsOf(facts, results, at, selection?.picks);
    // Of an end all of whose addresses are out, one record says so.
    const isLeft = (states, position) =>
      position < 0 ? states.length > 0 && states.every((one) => one === "out") : states[position] !== "out";
    const parts = records.filter(({ at: [line, to, from] }) =>
      result.lines[line] !== "out" && isLeft(result.hosts, to) && isLeft(result.fromHosts, from));
    const isOpen = ({ at: [line, to, from] }) =>
      [result.state, result.lines[line], result.hosts[to], result.fromHosts[from]].includes("open");
    const isWhole = groups.flatMap((group) => facts.groups[group].flat()).every((other) => results[other].state !== "out");
    const told = marks.filter(({ on }) => mayHold(facts, selection?.choose, flow.cautions?.[on?.caution]));
    const mark = ({ text, on }) => {
      if (on?.ways === undefined) return text;
      return groups.length ? (isWhole || on.ways ? text : taken.words.alternative) : [];
    };
    const whose = (wanted) => listOf(flow.from).filter((party) => result.openers[party] === wanted);
    return [{
      flow, at, groups, shared, state: result.state,
      needing: whose("in"), choosing: whose("alternative"),
      ...endsOf(subject, taken, flow, result),
      marks: told.flatMap(mark),
      cautions: told.flatMap(({ caution = [] }) => caution),
      records: parts.map((part) => ({ ...part.cells, at: part.at, state: flows ? (isOpen(part) ? "depends" : "needed") : "" })),
      lines: lines.filter((_, line) => result.lines[line] !== "out"),
    }];
  });
};

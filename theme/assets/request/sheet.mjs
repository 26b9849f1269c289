// What is left as a sheet that asks for firewall rules: a line for each, and room for what only the reader knows.

import { cautionsBeside, left } from "./left.mjs";

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// Ports that follow each other over the same transport; where one is enough, all in one.
const portsOf = ({ flow, lines }, joint) => {
  const groups = [];
  for (const { port, protocol } of lines) {
    const last = groups.at(-1);
    if (last?.protocol === protocol) last.port += joint + port;
    else groups.push({ port, protocol });
  }
  if (!flow.one || groups.length < 2) return groups;
  return [{ port: groups.map(({ port, protocol }) => `${port} ${protocol}`.trim()).join(joint), protocol: "" }];
};

const fill = () => element("span", { className: "fill" });

// Each address once; room for the reader's own where there is none.
const addresses = (texts) => {
  const known = [...new Set(texts)].filter(Boolean).map((text) => element("code", {}, text));
  return known.length ? known : [fill()];
};

// Alternatives hold for each source by itself: what one of them needs may be a choice for another.
const namesOf = (parties, facts, taken) =>
  parties.map((party) => taken.parties[facts.parties[party]?.id] ?? taken[party]).join(taken.words.separator);
const mixed = ({ needing, choosing }, facts, taken) => {
  if (!needing.length || !choosing.length) return [];
  const [needed, others] = [needing, choosing].map((parties) => namesOf(parties, facts, taken));
  return [element("p", {}, rutter.table.fill(taken.words.mixed, { needed, others }))];
};

// One rule: a line for each of its groups of ports, under one number.
const rule = (row, number, facts, taken) => {
  const { words } = taken;
  const flow = taken.flows[row.flow.id];
  const groups = portsOf(row, flow.joint ?? words.separator);
  const reason = row.why ?? flow.when ?? words.always;
  const rowSpan = groups.length;
  let column = 0;
  const labeled = (name, properties, ...children) => {
    const made = element(name, properties, ...children);
    made.dataset.label = words.columns[column];
    column += 1;
    return made;
  };
  const cell = (...children) => labeled("td", { rowSpan }, ...children);
  const texts = (key) => row.records.map((record) => record[key]);
  return groups.map(({ port, protocol }, at) => {
    const line = element("tr", { className: row.state });
    const ports = () => [protocol, port].map((text) => labeled("td", {}, text));
    if (at) {
      column = 3;
      line.append(...ports());
      return line;
    }
    line.dataset.flow = row.flow.id;
    const mark = row.state === "open" ? [element("strong", {}, words.open)] : mixed(row, facts, taken);
    line.append(
      labeled("th", { scope: "row", rowSpan }, number),
      cell(element("span", {}, row.opener), ...addresses(texts("from_address"))),
      cell(element("span", {}, row.listener), ...addresses(flow.is_blank ? [] : texts("address"))),
      ...ports(),
      cell(flow.proxy ?? words.unstated),
      cell(row.shared.purpose || words.unknown, ...row.cautions.map((text) => element("p", {}, text))),
      cell(...mark, reason),
      cell(flow.cited.join(words.separator)),
    );
    return line;
  });
};

// Who has several ways of a group on the sheet.
const choosersOf = (ways, rows) => {
  const known = new Map();
  for (const { at, choosing } of rows) {
    const way = ways.findIndex((flows) => flows.includes(at));
    if (way >= 0) choosing.forEach((party) => known.set(party, new Set(known.get(party)).add(way)));
  }
  return [...known.keys()].filter((party) => known.get(party).size > 1);
};

// Ways of which one is enough stand together where the first of them stands, each with all that belongs to it.
const blocksOf = (rows, { groups = [] }) => {
  const blocks = [];
  const brackets = new Map();
  const choosers = groups.map((ways) => choosersOf(ways, rows));
  const isOf = ({ at, choosing }) => (ways, group) =>
    ways.flat().includes(at) && choosing.some((party) => choosers[group].includes(party));
  for (const row of rows) {
    const group = groups.findIndex(isOf(row));
    if (group < 0) {blocks.push({ rows: [row] });}
    else {
      if (!brackets.has(group)) {
        brackets.set(group, { choosers: choosers[group], ways: groups[group].map(() => []) });
        blocks.push(brackets.get(group));
      }
      brackets.get(group).ways[groups[group].findIndex((way) => way.includes(row.at))].push(row);
    }
  }
  return blocks;
};

const head = (text) =>
  element("tr", {}, element("th", { scope: "rowgroup", colSpan: 9 }, text));

const table = (rows, facts, taken) => {
  const { words } = taken;
  const made = element("table", { ariaLabel: words.title }, element("thead", {},
    element("tr", {}, ...words.columns.map((text) => element("th", { scope: "col" }, text)))));
  let number = 0;
  const lines = (list) => list.flatMap((row) => rule(row, (number += 1), facts, taken));
  const titleFor = (choosers) =>
    rutter.table.fill(words.ways[Number(choosers.length > 1)], namesOf(choosers, facts, taken));
  for (const { rows: single, ways = [], choosers } of blocksOf(rows, facts)) {
    const own = ways.filter((way) => way.length);
    const bodies = single ? [lines(single)] : own.map((way, at) => [
      ...(at ? [] : [head(titleFor(choosers))]),
      ...(way.length > 1 ? [head(words.together)] : []),
      ...lines(way),
    ]);
    for (const body of bodies) made.append(element("tbody", { className: single ? "" : "way" }, ...body));
  }
  return made;
};

// What is chosen, as the panel shows it.
const choicesOf = ({ without, separator, choice, nothing }) => {
  const all = (selector, set = document) => [...set.querySelectorAll(selector)];
  // Beside a way may stand that it is not needed.
  const textOf = ({ ariaLabel, parentElement }) =>
    (ariaLabel ? ariaLabel + parentElement.querySelector("small").textContent : parentElement.textContent.trim());
  const chosen = ":checked:not([value=''])";
  const phrase = (option, inputs) => (inputs.length
    ? [rutter.table.fill(choice, { option, choices: inputs.map(textOf).join(separator) })]
    : []);
  const told = [
    ...all(`[name=s] ${chosen}`).map(({ text }) => text),
    ...all("[data-option]").flatMap((set) => phrase(set.querySelector("legend").firstChild.textContent.trim(), all(chosen, set))),
    ...all(".ways").flatMap((set) => phrase(set.firstElementChild.textContent, all(chosen, set))),
    ...phrase(without, all(`[name=w]${chosen}`)),
  ];
  return told.length ? told : [nothing];
};

const today = () => new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });

const fact = (label, texts) => [element("dt", {}, label), ...texts.map((text) => element("dd", {}, text))];

const signature = ({ name, date }) => (label) =>
  element("p", { className: "sign" }, element("b", {}, label), name, fill(), date, fill());

/** The sheet; `leave` is called by its button. */
export const sheet = (subjects, takens, whyOf, leave) => {
  const [{ words }] = takens;
  const page = document.querySelector("h1").textContent;
  const names = [...new Set([page, ...takens.map((taken) => taken.words.product)])].join(words.separator);
  const title = element("h1", { tabIndex: -1 }, rutter.table.fill(words.labeled, words.title), names);
  const made = element("section", { className: "request" },
    element("button", { type: "button", className: "link", onclick: leave }, words.leave), " ",
    element("button", { type: "button", className: "link", onclick: () => print() }, words.print), title,
    element("dl", {}, ...fact(words.choices, choicesOf(words)), ...fact(words.address, [location.href]), ...fact(words.date, [today()])),
    // Rules are asked for by what an environment needs, not by what somebody looks for in a table.
    element("p", { className: "filtered" }, words.filtered));
  subjects.forEach((subject, at) => {
    const taken = takens[at];
    const rows = left(subject, taken).map((row) => ({ ...row, why: whyOf(subject.facts, row.flow) }));
    if (takens.length > 1) made.append(element("h2", {}, taken.words.product));
    made.append(element("dl", {}, ...fact(taken.words.cited, taken.words.sources)));
    const network = rows.filter(({ flow }) => !flow.scope);
    made.append(...cautionsBeside(subject, taken, network).map((text) => element("p", { className: "caution" }, text)));
    if (network.length) made.append(table(network, subject.facts, taken));
    else made.append(element("p", {}, taken.words.none));
    for (const scope of ["loopback", "internal"]) {
      const { length } = rows.filter(({ flow }) => flow.scope === scope);
      if (length) made.append(element("p", {}, rutter.table.counted(words[scope], length)));
    }
  });
  made.append(...words.signed.map(signature(words)));
  return made;
};

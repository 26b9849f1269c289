// What a selection makes of a row: its state, the reason in words, the addresses that are left.

import { counted, fill, pickIn, portsOf, words } from "./words.mjs";

const MOST_IN_LINE = 3;

const names = (environment, parties = []) =>
  parties.map((party) => environment.nameOfParty(party)).join(words.separator);
const phrase = (environment, { options, choices }) => environment.phrase(options, choices);

// Of each kind of reason the sentence; kinds that are none of these say nothing.
const SENTENCES = {
  always: (_, environment, { always }) => always,
  choice: (reason, environment, { needed }) => fill(needed, phrase(environment, reason)),
  default: (reason, environment, { needed }) => fill(needed, fill(words.default, phrase(environment, reason))),
  open: ({ options }, environment) => fill(words.depends, environment.names(options)),
  out: (reason, environment) => fill(words.needless, phrase(environment, reason)),
  without: ({ parties }, environment) => fill(words.without, names(environment, parties)),
  picked: () => words.picked,
};

// Of what others may stand for, the reason is one of them all; a way that was picked is there for that.
const reasonOf = ({ state, reason }, isMine, environment) => {
  const usual = isMine && state === "in" ? { ...words, always: words.mine } : words;
  const own = state === "alternative" ? { always: words.either, needed: words.one } : usual;
  return SENTENCES[reason.kind]?.(reason, environment, own) ?? "";
};

/** Why a selection does not need a flow; nothing where it may. */
export const reasonIfOut = (result, environment) => (result.state === "out" ? reasonOf(result, false, environment) : "");

const element = (name, className, textContent) =>
  Object.assign(document.createElement(name), { className, textContent });

// The addresses that a selection leaves, in the line of the row; all of them stand behind it.
const tellHosts = ({ sum, all, codes }, states) => {
  const left = codes.filter((code) => states[code.dataset.at] !== "out");
  for (const code of codes) {
    const isLeft = left.includes(code);
    code.classList.toggle("off", !isLeft);
    code.classList.toggle("on", isLeft && left.length < codes.length);
  }
  if (left.length === codes.length) sum.textContent = all;
  else if (!left.length) sum.textContent = `⚠ ${words.none}`;
  else if (left.length > MOST_IN_LINE) sum.textContent = counted(words.addresses, left.length);
  else sum.replaceChildren(...left.map((code) => element("code", "", code.textContent)));
};

// The parts of a row that change, looked for once.
const parts = new Map();
const partsOf = (row) => {
  if (!parts.has(row)) {
    const end = (name) => {
      const sum = row.querySelector(`.sum.${name}`);
      const codes = [...row.querySelectorAll(`.${name} [data-at]`)];
      return sum && codes.length ? { sum, codes, all: sum.textContent } : null;
    };
    const why = row.querySelector(".purpose").appendChild(element("p", "why", ""));
    parts.set(row, { why, to: end("to"), from: end("from") });
  }
  return parts.get(row);
};

/**
 * @param result What is decided of the row: a member of what `select` gives.
 * @param ways Those that the row is of, each with the names by which its group is picked.
 */
export const tell = (row, flow, result, ways, environment) => {
  const { why, to, from } = partsOf(row);
  const reason = reasonOf(result, ways.some(({ isPicked }) => isPicked), environment);
  if (row.dataset.state !== result.state) row.dataset.state = result.state;
  if (why.textContent !== reason) why.textContent = reason;
  if (to) tellHosts(to, result.hosts);
  if (from) tellHosts(from, result.fromHosts);
  if (flow.one && flow.lines) tellLines(row, flow, result.lines);
  ways.forEach((way, at) => tellWay(row, way, at, result));
};

// Of ports of which one is enough, the reader's own.
const tellLines = (row, { id, lines }, states) => {
  const keys = lines.map(({ key }) => key);
  const texts = portsOf(row);
  const others = keys.map((key) => `${id}.${key}`);
  const kind = ["line", "radio", row.querySelector(".tag.one")?.textContent ?? ""];
  const labels = [["", words.undecided], ...keys.map((key, at) => [key, texts[at]])];
  const inputs = pickIn(row, kind, labels, ({ value }) => ({ others, pick: value && `${id}.${value}` }));
  const left = keys.filter((_, at) => states[at] !== "out");
  const own = left.length === 1 && keys.length > 1 ? left[0] : "";
  for (const input of inputs) input.checked = input.value === own;
};

// A way in place of the others, and back to none of them.
const tellWay = (row, { own, others, isPicked }, at, { openers, reason }) => {
  const [box] = pickIn(row, [`way-${at}`, "checkbox"], [[own, words.use]], ({ checked }) => ({ others, pick: checked && own }));
  box.checked = isPicked;
  // Nothing is to be picked where this way is the only one, or not needed anyway.
  const isFree = Object.values(openers).some((state) => state === "alternative" || state === "open");
  box.closest("fieldset").hidden = !isPicked && !isFree && reason.kind !== "picked";
};

// What a selection makes of a row: its state, the reason in words, the addresses that are left.

import { counted, fill, words } from "./words.mjs";

const MOST_IN_LINE = 3;

const names = (environment, parties = []) =>
  parties.map((party) => environment.nameOfParty(party)).join(words.separator);
const phrase = (environment, { options, choices }) => environment.phrase(options, choices);

// Of each kind of reason the sentence; kinds that are none of these say nothing.
const SENTENCES = {
  always: () => words.always,
  choice: (reason, environment) => fill(words.needed, phrase(environment, reason)),
  default: (reason, environment) => fill(words.needed, fill(words.default, phrase(environment, reason))),
  open: ({ options }, environment) => fill(words.depends, environment.names(options)),
  out: (reason, environment) => fill(words.needless, phrase(environment, reason)),
  without: ({ parties }, environment) => fill(words.without, names(environment, parties)),
  picked: () => words.picked,
};
const reasonOf = (reason, environment) => SENTENCES[reason.kind]?.(reason, environment) ?? "";

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

/** @param result What is decided of the row: a member of what `select` gives. */
export const tell = (row, flow, result, environment) => {
  const { why, to, from } = partsOf(row);
  const reason = reasonOf(result.reason, environment);
  if (row.dataset.state !== result.state) row.dataset.state = result.state;
  if (why.textContent !== reason) why.textContent = reason;
  if (to) tellHosts(to, result.hosts);
  if (from) tellHosts(from, result.fromHosts);
  if (flow.one && flow.lines) tellLines(row, flow, result.lines);
};

// The ports of a row in its own words, each with what carries it: that follows the last of those that share it.
const portsOf = (row) => [...row.querySelectorAll(".ports > span")].flatMap((group) => {
  const ports = [...group.querySelectorAll(":scope > .port")];
  const { nodeType, textContent } = ports.at(-1).nextSibling ?? {};
  const carrier = nodeType === Node.TEXT_NODE ? textContent : "";
  return ports.map((port) => (port.textContent + carrier).trim());
});

// Of ports of which one is enough, the reader's own is picked behind the row, where the words stand too.
const tellLines = (row, { id, lines }, states) => {
  const more = row.querySelector(".behind > details");
  let set = more.querySelector(".pick");
  if (!set) {
    set = element("fieldset", "pick", "");
    set.append(element("legend", "", row.querySelector(".tag.one")?.textContent ?? ""));
    const texts = portsOf(row);
    for (const [at, key] of ["", ...lines.map((line) => line.key)].entries()) {
      const label = element("label", "", "");
      const input = Object.assign(document.createElement("input"), { type: "radio", name: `pick-${id}`, value: key });
      label.append(input, key ? texts[at - 1] : words.undecided);
      set.append(label);
    }
    set.addEventListener("change", ({ target }) => {
      document.dispatchEvent(new CustomEvent("rutter:pick", { detail: { flow: id, key: target.value } }));
    });
    more.firstElementChild.after(set);
  }
  const left = lines.filter((_, at) => states[at] !== "out");
  const key = left.length === 1 && lines.length > 1 ? left[0].key : "";
  for (const input of set.querySelectorAll("input")) input.checked = input.value === key;
};

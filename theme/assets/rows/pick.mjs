// What can be picked behind a row: a line of several, or the row itself in place of others.

/** The ports of a row in its own words, each with what carries it: that follows the last of those that share it. */
export const portsOf = (row) => [...row.querySelectorAll(".ports > span")].flatMap((group) => {
  const ports = [...group.querySelectorAll(":scope > .port")];
  const { nodeType, textContent } = ports.at(-1).nextSibling ?? {};
  const carrier = nodeType === Node.TEXT_NODE ? textContent : "";
  return ports.map((port) => (port.textContent + carrier).trim());
});

export const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/**
 * The inputs of a choice in a row, made when they are first asked for.
 * @param {[string, string, string?]} kind A class, what its inputs are, and a legend.
 * @param {[string, string][]} texts Values and labels.
 * @param change Of an input that was changed: what `rutter:pick` tells.
 */
export const pickIn = (row, [name, type, ...legend], texts, change) => {
  const more = row.querySelector(".behind > details");
  const known = more.querySelector(`.${name}`);
  if (known) return [...known.querySelectorAll("input")];
  const inputs = texts.map(([value]) => element("input", { type, name: `${name}-${row.id}`, value }));
  const labels = inputs.map((input, at) => element("label", {}, input, texts[at][1]));
  // A group of which readers see no name has that of the mark in its row.
  const ariaLabel = legend.length ? null : row.querySelector(".tag.alternative")?.textContent;
  const set = element("fieldset", { className: `pick ${name}`, ariaLabel }, ...legend.map((text) => element("legend", {}, text)), ...labels);
  set.addEventListener("change", ({ target }) =>
    document.dispatchEvent(new CustomEvent("rutter:pick", { detail: change(target) })));
  more.firstElementChild.after(set);
  return inputs;
};


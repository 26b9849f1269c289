// Alternatives where they are picked: what the page tells of them moves into the panel.
import { element } from "./pick.mjs";
import { words } from "./words.mjs";

const choice = (name, value, ...label) => {
  const input = element("input", { type: "radio", name, value });
  return [input, element("label", {}, input, ...label)];
};

// What picks a way is its words; the link to its row stands beside them. Connections that belong together are
// links below theirs, and what picks them is named by all.
const wayIn = (item, name, value) => {
  const [link] = item.querySelectorAll(":scope > a");
  const whole = item.textContent.replace(/\s+/g, " ").trim();
  if (link) {
    const [input, label] = choice(name, value, whole);
    Object.assign(link, { textContent: words.goTo, ariaLabel: `${words.goTo}: ${link.textContent}` });
    item.replaceChildren(label, " ", link);
    return input;
  }
  const [input, label] = choice(name, value, item.firstChild.textContent.trim());
  input.ariaLabel = whole;
  item.firstChild.replaceWith(label);
  return input;
};

/** The radios of each group, that for "undecided" first. */
export const waysIn = (place, { flows, groups }) => {
  const told = document.querySelector(".alternatives");
  if (!told || !place) return [];
  place.append(told);
  return [...told.querySelectorAll("ul.group")].map((list, group) => {
    const name = `k${group}`;
    const radios = groups[group].map(([first], at) => wayIn(list.children[at], name, flows[first].id));
    const [open, label] = choice(name, "", words.undecided);
    list.prepend(element("li", {}, label));
    // "Undecided" says little without what is.
    const set = element("div", { role: "radiogroup", ariaLabel: list.previousElementSibling.textContent });
    list.before(set);
    set.append(list);
    return [open, ...radios];
  });
};

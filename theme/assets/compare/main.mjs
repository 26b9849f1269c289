// Two scenarios side by side: what only one of them needs, and what both do. Which two, the address says:
// `#!s=A&x=B`, and what else stands there of a selection changes the first.
import { fill, words } from "../rows/words.mjs";
import { announce } from "../select/announce.mjs";
import { find, preset, read, write } from "../weigh/address.mjs";
import { differ } from "./differ.mjs";
import { sayChoices, sayDifference } from "./say.mjs";

const [facts] = rutter.facts;
const form = document.querySelector(".compare");
const place = document.querySelector(".compared");
const refused = document.querySelector(".unknown");
const { s: first, x: second } = form.elements;
const titles = [...first.options].map((option) => option.text);
const ids = facts.scenarios.map(({ id }) => id);
const KEY = "x=";
let state;
let other;

const make = (name, ...children) => {
  const node = document.createElement(name);
  node.append(...children);
  return node;
};
const made = (properties, ...parts) => Object.assign(make(...parts), properties);

const strong = ([text, isOwn]) => (isOwn ? make("strong", text) : text);
const listed = (parts) => parts.flatMap((part, at) => [at ? words.separator : "", strong(part)]);

const item = ({ name, href, state: told, facets }) => {
  const node = make("li", made({ href }, "a", name));
  if (told) node.append(" ", made({ className: "tag" }, "span", strong(told)));
  node.append(...facets.map(({ label, parts }) => make("p", label, ...listed(parts))));
  return node;
};

const lists = ({ groups }) => groups.flatMap(({ title, rows }) =>
  [title && make("p", title), rows.length && make("ul", ...rows.map(item))].filter(Boolean));

// What the address adds to the first makes it another than its scenario.
const names = () => {
  const isChanged = write(facts, { scenario: state.scenario, selection: state.selection }) !== `#!s=${ids[state.scenario]}`;
  const name = titles[state.scenario];
  return [isChanged ? fill(words.changed, name) : name, titles[other]];
};

const tableOf = (called, choices) => {
  const head = make("tr", make("td"), ...called.map((name) => made({ scope: "col" }, "th", name)));
  const cell = (parts) => make("td", ...(parts.length ? listed(parts) : ["–"]));
  const rows = choices.map(([label, ...cells]) => make("tr", made({ scope: "row" }, "th", label), ...cells.map(cell)));
  return make("table", make("caption", words.choices), make("thead", head), make("tbody", ...rows));
};

const show = () => {
  first.value = ids[state.scenario];
  second.value = ids[other];
  const pair = [state.selection, preset(facts, other)];
  const called = names();
  const { sides, both: common } = sayDifference(facts, called, differ(facts, pair));
  const isOpen = place.querySelector("details")?.open ?? false;
  place.replaceChildren(
    tableOf(called, sayChoices(facts, pair)),
    made({ className: "sides" }, "div", ...sides.map((side) => make("section", make("h2", side.title), ...lists(side)))),
    made({ open: isOpen }, "details", make("summary", make("h2", common.title)), ...lists(common)),
  );
  return [...sides, common].map(({ title }) => title).join(words.separator);
};

// The scenario compared with; the address need not name it.
const readOther = () => {
  const asked = state.rest.find((part) => part.startsWith(KEY))?.slice(KEY.length);
  state.rest = state.rest.filter((part) => !part.startsWith(KEY));
  if (asked === undefined) return -1;
  const at = find(facts.scenarios, asked);
  if (at < 0) state.unknown.push(KEY + asked.slice(0, 80));
  return at;
};

const load = () => {
  state = read(facts, location.hash);
  other = readOther();
  // An anchor alone is none of a row here.
  if (!/^#(!|%21)/.test(location.hash)) state.row = undefined;
  if (state.scenario === undefined) {
    state.scenario = other === 0 ? 1 : 0;
    state.selection = preset(facts, state.scenario);
  }
  if (other < 0) other = state.scenario === 0 ? 1 : 0;
  refused.hidden = !state.unknown.length;
  refused.textContent = fill(words.unknown, state.unknown.join(words.separator));
  show();
};

form.addEventListener("change", ({ target }) => {
  const at = ids.indexOf(target.value);
  if (target === first) Object.assign(state, { scenario: at, selection: preset(facts, at) });
  else other = at;
  const said = show();
  history.replaceState(null, "", write(facts, { ...state, rest: [...state.rest, KEY + ids[other]] }));
  document.dispatchEvent(new Event("rutter:address"));
  announce(said);
});
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", load);
load();

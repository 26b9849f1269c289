// Two selections side by side: what only one of them needs, and what both do. Which two, the address says: behind
// `n` stands the second, `#!o=version.v11-0&n&s=B`; a scenario as it is stands there as `x`, `#!s=A&x=B`.
import { fill, words } from "../rows/words.mjs";
import { announce } from "../select/announce.mjs";
import { find, preset, read, write } from "../weigh/address.mjs";
import { differ } from "./differ.mjs";
import { nameSelection, sayChoices, sayDifference } from "./say.mjs";
import { makeSide } from "./side.mjs";

const [facts] = rutter.facts;
const form = document.querySelector(".compare");
const place = document.querySelector(".compared");
const refused = document.querySelector(".unknown");
const forms = [...form.querySelectorAll(".chooses")].map((one) => makeSide(facts, one, words.changed));
const ids = facts.scenarios.map(({ id }) => id);
const KEY = "x=";
const NEXT = /^n(?:=[^&]*)?(?:&|$)/;
let sides;
let rest;

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

const writeOwn = ({ scenario, selection }) => write(facts, { scenario, selection });
const isPlain = (side) => side.scenario !== undefined && writeOwn(side) === `#!s=${ids[side.scenario]}`;
const startFrom = (at) => ({ scenario: at < 0 ? undefined : at, selection: preset(facts, at) });

// What an address adds to a scenario makes it another.
const nameOf = (side, at, choices) => {
  if (side.scenario === undefined) return nameSelection(choices, at) ?? forms[at].name;
  const title = forms[at].titles[side.scenario];
  return isPlain(side) ? title : fill(words.changed, title);
};

const tableOf = (called, choices) => {
  const head = make("tr", make("td"), ...called.map((name) => made({ scope: "col" }, "th", name)));
  const cell = (parts) => make("td", ...(parts.length ? listed(parts) : ["–"]));
  const rows = choices.map(([label, ...cells]) => make("tr", made({ scope: "row" }, "th", label), ...cells.map(cell)));
  return make("table", make("caption", words.choices), make("thead", head), make("tbody", ...rows));
};

const show = () => {
  forms.forEach((one, at) => one.show(sides[at]));
  const pair = sides.map(({ selection }) => selection);
  const choices = sayChoices(facts, pair);
  const called = sides.map((side, at) => nameOf(side, at, choices));
  const { sides: lacking, both: common } = sayDifference(facts, called, differ(facts, pair));
  const isOpen = place.querySelector("details")?.open ?? false;
  place.replaceChildren(
    tableOf(called, choices),
    made({ className: "sides" }, "div", ...lacking.map((side) => make("section", make("h2", side.title), ...lists(side)))),
    made({ open: isOpen }, "details", make("summary", make("h2", common.title)), ...lists(common)),
  );
  return [...lacking, common].map(({ title }) => title).join(words.separator);
};

// The selection compared with, as far as the address names one.
const readSecond = (all, unknown) => {
  const next = all.find((part) => NEXT.test(part));
  if (next !== undefined) {
    const side = read(facts, `#!${next.replace(NEXT, "")}`);
    unknown.push(...side.unknown);
    return side;
  }
  const asked = all.find((part) => part.startsWith(KEY))?.slice(KEY.length);
  if (asked === undefined) return undefined;
  const at = find(facts.scenarios, asked);
  if (at >= 0) return startFrom(at);
  unknown.push(KEY + asked.slice(0, 80));
  return undefined;
};

const load = () => {
  const { rest: all, unknown, ...state } = read(facts, location.hash);
  // An anchor alone is none of a row here.
  if (!/^#(!|%21)/.test(location.hash)) state.row = undefined;
  const second = readSecond(all, unknown);
  rest = all.filter((part) => !NEXT.test(part) && !part.startsWith(KEY));
  const isUnnamed = !writeOwn(state) && !all.some((part) => NEXT.test(part));
  const first = isUnnamed ? { ...state, ...startFrom(second?.scenario === 0 ? 1 : 0) } : state;
  // Beside a scenario stands another; beside a selection it itself, of which one thing is to be changed.
  const { choose, without, picks, machine } = first.selection;
  const copy = { selection: { choose: new Map(choose), without: new Set(without), picks: new Set(picks), machine } };
  sides = [first, second ?? (first.scenario === undefined ? copy : startFrom(first.scenario === 0 ? 1 : 0))];
  refused.hidden = !unknown.length;
  refused.textContent = fill(words.unknown, unknown.join(words.separator));
  show();
};

const keep = () => {
  const [first, second] = sides;
  // Without a first, a second scenario alone would be taken for one that is to be compared with any.
  const isShort = isPlain(second) && writeOwn(first);
  const own = write(facts, { ...second, row: undefined }).slice(2);
  const other = isShort ? KEY + ids[second.scenario] : ["n", own].filter(Boolean).join("&");
  history.replaceState(null, "", write(facts, { ...first, rest: [...rest, other] }));
  document.dispatchEvent(new Event("rutter:address"));
};

form.addEventListener("change", ({ target }) => {
  const at = forms.findIndex((one) => one.has(target));
  sides[at] = { ...sides[at], ...(target.matches("select") ? startFrom(ids.indexOf(target.value)) : forms[at].take(sides[at])) };
  const said = show();
  keep();
  announce(said);
});
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", load);
load();

// The reader's own rules: what is ticked → what becomes of each row, told in words, kept in the address.
import { announce } from "./announce.mjs";
import { Environment } from "./environment.mjs";
import { reasonIfOut, tell } from "./tell.mjs";
import { counted, fill, words } from "./words.mjs";

const [facts] = rutter.facts;
const decided = rutter.selection;
const form = document.querySelector(".environment");
const counts = document.querySelector(".counts");
const unknown = form.querySelector(".unknown");
const rows = facts.flows.map((flow) => (flow.elsewhere ? null : document.getElementById(flow.id)));
let state;

const environment = new Environment(facts, form, words);

const isChosen = ({ scenario, selection: { choose, without, picks } }) =>
  Boolean(scenario !== undefined || choose.size || without.size || picks.size);

const count = (flows) => {
  const sums = { in: 0, alternative: 0, open: 0, out: 0 };
  flows.forEach(({ state: one }, at) => {
    if (rows[at] && !facts.flows[at].scope) sums[one] += 1;
  });
  return sums;
};

const apply = () => {
  const { flows } = decided.select(facts, state.selection);
  const isActive = isChosen(state);
  if (isActive) document.documentElement.dataset.chosen = environment.said(state);
  else delete document.documentElement.dataset.chosen;
  form.querySelector("[type=reset]").hidden = !isActive;
  document.querySelector("[name=out]").parentElement.hidden = !isActive;
  flows.forEach((result, at) => {
    if (rows[at]) tell(rows[at], facts.flows[at], result, environment.waysOf(at, state.selection), environment);
  });
  environment.warn((at) => reasonIfOut(flows[at], environment));
  const sums = count(flows);
  counts.replaceChildren(
    ...Object.entries(sums).filter(([name, sum]) => sum || name === "in").map(([name, sum]) =>
      Object.assign(document.createElement("span"), { className: name, textContent: counted(words[name], sum) })),
  );
  const states = isActive ? new Map(flows.map(({ state: one }, at) => [facts.flows[at].id, one])) : null;
  document.dispatchEvent(new CustomEvent("rutter:selection", { detail: { facts, flows, states, state } }));
  return sums;
};

const keep = (how = "replaceState") => {
  const address = decided.write(facts, state);
  if (address === location.hash) return;
  history[how](null, "", address || location.pathname + location.search);
  document.dispatchEvent(new Event("rutter:address"));
};

const change = () => {
  environment.show(state);
  const sums = apply();
  keep();
  announce(fill(counted(words.say, sums.in), sums));
};

form.addEventListener("change", ({ target }) => {
  state = target.name === "s" ? environment.preset(target.value, state) : environment.take(state);
  change();
});
form.addEventListener("reset", (event) => {
  event.preventDefault();
  state = environment.preset("", state);
  change();
});
// Which line or way of several is one's own can be picked where the row tells of it.
document.addEventListener("rutter:pick", ({ detail }) => {
  state = environment.pick(detail, state);
  change();
});
form.addEventListener("submit", (event) => event.preventDefault());

const load = () => {
  state = decided.read(facts, location.hash);
  environment.show(state);
  unknown.hidden = !state.unknown.length;
  unknown.textContent = fill(words.unknown, state.unknown.join(words.separator));
  apply();
};
// What else shows the selection keeps its state in the address too; what takes the place of the page is gone back from.
document.addEventListener("rutter:view", ({ detail }) => {
  const isNew = detail && detail !== state.view;
  state.view = detail ?? undefined;
  keep(isNew ? "pushState" : undefined);
  apply();
});
// Links to the product's other pages take the selection along.
const carry = ({ target }) => {
  const link = target.closest?.("main a[href]");
  const isOwn = link?.origin === location.origin && link.pathname.includes(`/${facts.product}/`);
  if (isOwn && !link.hash && location.hash.startsWith("#!")) link.hash = location.hash;
};
for (const kind of ["click", "auxclick", "contextmenu"]) addEventListener(kind, carry, true);
addEventListener("hashchange", load);
load();

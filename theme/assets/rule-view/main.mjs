// Firewall rules of a selection, in place of the table: what a reader says of them, the files, and what is in none.
// What is typed stays in this page, until its reader wants it elsewhere.
import { tellDeployment } from "./choices.mjs";
import { Form, formatsFor } from "./form.mjs";
import { make } from "./make.mjs";
import { Result } from "./result.mjs";
import { needsOf, picksOf, rulesOf } from "./rules.mjs";
import { forget, readAll, recall, remember } from "./typed.mjs";
import { readSide, readWish, typedIn, writeRest } from "./wish.mjs";

const root = document.documentElement;
const FIRST = "csv";

// What is typed, by ids; what an address states of it takes its place.
const recalled = recall();
const typed = { addresses: new Map(), values: new Map(), isKept: false, everything: new Set(), ...recalled };
const settings = {};
let isRemembered = Boolean(recalled);
let isShared = false;
let stated = "&";
// What made no sense in an address that was completed.
let told = [];
let view;
let subject;
let wish;

const { write } = rutter.selection;

// Who follows what is typed is told so; others keep what their address states.
const deployments = () => [subject.state, ...wish.further].map((one) => {
  const read = readAll(one.typed ?? typed);
  return Object.assign(one === subject.state ? { ...one } : one, { read });
});

const restOf = () => {
  deployments();
  return writeRest(subject.facts, subject.state, wish, isShared && readAll(typed));
};

// The address has it all, and everybody who shows the selection is told.
const keep = () => {
  subject.state.rest = restOf();
  stated = typedIn(subject.state);
  document.dispatchEvent(new CustomEvent("rutter:view", { detail: "rules" }));
};

const update = () => {
  const { facts, state } = subject;
  const taken = rutter.taken[facts.product];
  const all = deployments();
  const emitted = rulesOf(facts, taken, all, { ...wish, settings });
  view.form.show({
    wish, typed, state, isShared, isRemembered,
    needs: needsOf(facts, all, wish.side),
    picks: picksOf(facts, state.selection, emitted.unwritten),
    others: wish.further.map((one) => tellDeployment(facts, taken, one)),
  });
  const addressOf = (row) => write(facts, { ...state, view: undefined, row });
  view.result.show(emitted, { page: facts, taken, format: wish.format, addressOf });
  view.unknown.textContent = wish.unknown.length
    ? rutter.table.fill(rutter.table.words.unknown, wish.unknown.join(rutter.table.words.separator)) : "";
  view.unknown.hidden = !wish.unknown.length;
};

const acts = {
  set: ({ settings: own, ...part }) => {
    Object.assign(settings, own);
    Object.assign(wish, part);
    keep();
  },
  type: (list, id, text, isAll) => {
    typed[list].set(id, text);
    typed.everything[isAll ? "add" : "delete"](id);
    if (isRemembered) remember(typed);
    if (isShared) keep();
    else update();
  },
  keep: (isKept) => {
    typed.isKept = isKept;
    if (isShared) keep();
    else update();
  },
  every: (every) => {
    subject.state.every = every;
    keep();
  },
  share: (isOn) => {
    isShared = isOn;
    keep();
  },
  remember: (isOn) => {
    isRemembered = isOn;
    if (isOn) remember(typed);
    else forget();
    update();
  },
  forget: () => {
    isRemembered = false;
    forget();
    update();
  },
  add: () => {
    const { scenario, selection, every } = subject.state;
    wish.further = [...wish.further, { scenario, every, selection: structuredClone(selection) }];
    keep();
  },
  remove: (at) => {
    wish.further = wish.further.filter((_, other) => other !== at);
    keep();
  },
};

const open = (leave, taken) => {
  const said = rutter.ruleWords[root.lang].view;
  const { facts } = subject;
  const form = new Form(facts, taken, said, acts);
  const result = new Result(said);
  const unknown = make("p", { className: "unknown", role: "alert" });
  const title = make("h1", { tabIndex: -1 }, rutter.table.fill(taken.words.labeled, said.title), taken.words.product);
  const element = make("section", { className: "rule-view" },
    make("button", { type: "button", className: "link", onclick: leave }, taken.words.leave), title,
    make("p", { className: "intro" }, said.intro), unknown, result.bar,
    make("div", { className: "panes" }, form.element, result.element));
  return { element, form, result, unknown, title };
};

// Where nothing else is said: on the page of a machine its own rules.
const sideOf = (facts) => {
  const folder = location.pathname.split("/").findLast((part) => part && !part.includes("."));
  return readSide(facts, `host.${folder}`) ?? { kind: "gateway" };
};

// What the address says, as far as it makes sense.
const readAddress = () => {
  const { facts, state } = subject;
  wish = readWish(facts, state);
  wish.side ??= sideOf(facts);
  const names = formatsFor(wish.side);
  if (!names.includes(wish.format)) wish.format = names.includes(FIRST) ? FIRST : names[0];
  const now = typedIn(state);
  if (now === stated) return;
  stated = now;
  isShared = now !== "&";
  if (isShared) Object.assign(typed, wish.typed);
};

const hide = () => {
  view?.element.remove();
  if (root.dataset.view === "rules") delete root.dataset.view;
};

const show = ([shown], leave) => {
  subject = shown;
  readAddress();
  view ??= open(leave, rutter.taken[subject.facts.product]);
  // What an address leaves out stands in it once the rules are shown: whoever gets it sees the same.
  const rest = restOf();
  if (`${rest}` !== `${subject.state.rest}`) {
    told = wish.unknown;
    keep();
    return;
  }
  wish.unknown = [...told, ...wish.unknown];
  told = [];
  const isNew = !view.element.isConnected;
  root.dataset.view = "rules";
  update();
  if (!isNew) return;
  document.querySelector(".environment").after(view.element);
  scrollTo(0, 0);
  view.title.focus();
};

rutter.ruleView = { hide, show };

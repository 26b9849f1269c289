// The files that come of it: how many rules, their texts, and what is in none of them.
import { nameOf } from "./choices.mjs";
import { arrange, make } from "./make.mjs";

const save = (name, parts) => {
  const href = URL.createObjectURL(new Blob(parts, { type: "application/octet-stream" }));
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
};

// Reasons whose subjects are components, connections or options, which have names.
const PARTIES = ["unpublished", "unknown", "named", "none-for-choice"];
const NAMED = [...PARTIES, "depends", "one-of"];

// What a reason says of some that are left: of components one sentence names all.
const subjectOf = (page, taken, group) => {
  const [{ reason, what }] = group;
  if (!NAMED.includes(reason)) return what;
  const optionName = (id) =>
    document.querySelector(`[data-option="${id}"] legend`)?.firstChild.textContent.trim() ?? id;
  const name = (id) => {
    if (reason === "depends") return optionName(id);
    return reason === "one-of" ? nameOf(page, taken, id) : taken.parties[id] ?? id;
  };
  const ids = new Set(group.flatMap((one) => one.what.split(",")));
  return [...ids].map(name).join(rutter.table.words.separator);
};

const grouped = (list, keyOfOne) => {
  const groups = new Map();
  for (const one of list) groups.set(keyOfOne(one), [...groups.get(keyOfOne(one)) ?? [], one]);
  return [...groups.values()];
};

// By their reasons, and by what these say.
const byReason = (left) => grouped(left, ({ reason }) => reason).flatMap((group) =>
  grouped(group, ({ reason, what }) => (PARTIES.includes(reason) ? reason : what)));

// A connection has one line, whatever of it is left for the same reason.
const eachFlow = (group) => [...new Map(group.map((one) => [one.flow, one])).values()];

export class Result {
  constructor(said) {
    this.said = said;
    const { sayCopy, sayCopied } = document.body.dataset;
    this.counts = make("p", { className: "rule-counts", role: "status" });
    this.tabs = make("fieldset", { className: "files" });
    this.copy = make("button", { type: "button" });
    this.copy.addEventListener("click", () =>
      rutter.copy(this.shown.text.replace("\uFEFF", ""), this.copy, this.shown.name, sayCopied));
    this.download = make("button", { type: "button", onclick: () => this.saveAll() });
    this.sayCopy = (name) => sayCopy.replace("{}", () => name);
    this.text = make("pre", { tabIndex: 0, role: "region" });
    this.none = make("p", { className: "none-written" });
    this.left = make("section", { className: "rules-left" });
    // What it comes to is in sight wherever somebody types.
    this.bar = make("div", { className: "rule-bar" }, this.counts, this.copy, this.download);
    this.element = make("div", { className: "result" }, this.tabs, this.none, this.text, this.left);
  }

  saveAll() {
    const { files, container } = this.emitted;
    const name = this.archive;
    if (container || files.length > 1) save(name, [rutter.zip(files)]);
    else save(files[0].name.split("/").at(-1), [files[0].text]);
  }

  // Which of several files is looked at.
  choose(files) {
    this.shown = files.find(({ name }) => name === this.shown?.name) ?? files[0];
    const names = files.map(({ name }) => name);
    if (this.names !== names.join()) {
      this.names = names.join();
      const radio = (name) => make("label", {}, make("input", {
        type: "radio", name: "rule-file", value: name, onchange: () => {
          this.shown = this.emitted.files.find((file) => file.name === name);
          this.showText();
        },
      }), name);
      arrange(this.tabs, [make("legend", {}, this.said.file), ...names.map(radio)]);
    }
    for (const input of this.tabs.querySelectorAll("input")) input.checked = input.value === this.shown?.name;
  }

  showText() {
    const { files, container } = this.emitted;
    const name = this.shown?.name ?? "";
    this.tabs.hidden = files.length < 2 || Boolean(container);
    this.text.hidden = !this.shown || Boolean(container);
    this.text.textContent = this.text.hidden ? "" : this.shown.text.replace("\uFEFF", "").replaceAll("\r\n", "\n");
    this.text.ariaLabel = name;
    this.copy.hidden = this.text.hidden;
    this.copy.textContent = this.sayCopy(name);
    this.copy.className = "";
    this.download.hidden = !files.length;
    const saved = container || files.length > 1 ? this.archive : name.split("/").at(-1);
    this.download.textContent = rutter.table.fill(this.said.download, saved);
    this.none.textContent = [
      !this.emitted.counts.rules && this.said.none, container && this.said.table,
    ].filter(Boolean).join(" ");
    this.none.hidden = !this.none.textContent;
  }

  tellLeft(page, taken, left, addressOf) {
    const { reasons } = rutter.ruleWords[document.documentElement.lang];
    const link = ({ flow: key }) => {
      const id = key.slice(key.lastIndexOf("/") + 1);
      const text = nameOf(page, taken, id);
      return make("li", {}, document.getElementById(id) ? make("a", { href: addressOf(id) }, text) : text);
    };
    const sentence = (group) =>
      (reasons[group[0].reason] ?? group[0].reason).replaceAll("{}", () => subjectOf(page, taken, group));
    const blocks = byReason(left).flatMap((group) =>
      [make("p", {}, sentence(group)), make("ul", {}, ...eachFlow(group).map(link))]);
    const title = make("h2", {}, this.said.notIncluded);
    this.left.replaceChildren(title, ...blocks.length ? blocks : [make("p", {}, this.said.nothing)]);
  }

  /** `addressOf`: of a row of the page. */
  show(emitted, { page, taken, format, addressOf }) {
    this.emitted = emitted;
    this.archive = emitted.container ?? `${page.product}-${format}.zip`;
    this.choose(emitted.files);
    this.showText();
    const { counted } = rutter.table;
    const { rules, left } = emitted.counts;
    const counts = [counted(this.said.rules, rules), counted(this.said.left, left)].join(rutter.table.words.separator);
    if (this.counts.textContent !== counts) this.counts.textContent = counts;
    const key = JSON.stringify([emitted.left, location.hash]);
    if (this.key !== key) this.tellLeft(page, taken, emitted.left, addressOf);
    this.key = key;
  }
}

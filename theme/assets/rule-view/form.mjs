// What a reader says of the rules: where they apply, in which format, with which addresses and ports.
import { pickSet, showPick, nameOf } from "./choices.mjs";
import { Field } from "./fields.mjs";
import { arrange, kept, make, tick } from "./make.mjs";
import { readSide, writeSide } from "./wish.mjs";

const GROUPS = ["sheet", "firewall", "cloud", "list", "test"];

const labeled = (text, control) => make("label", {}, make("span", {}, text), control);
const fieldset = (text, ...children) => make("fieldset", {}, make("legend", {}, text), ...children);

const isFor = ({ sides }, { kind }) => sides.includes(kind === "host" ? "host" : "gateway");

/** The formats that know a place, by their names. */
export const formatsFor = (side) =>
  Object.keys(rutter.ruleFormats).filter((name) => isFor(rutter.ruleFormats[name], side));

// Whether a format can say that the rest is denied.
const canClose = ({ policy, close, file }) => policy.open !== policy.closed || Object.keys(close).length > 0 ||
  file.some(({ closed }) => closed !== undefined);

export class Form {
  /** @param acts What becomes of what a reader does. */
  constructor(page, taken, said, acts) {
    Object.assign(this, { page, taken, said, acts });
    this.makePlace();
    this.makeTyped();
    this.makeTicks();
    this.others = fieldset(said.others);
    this.add = make("button", { type: "button", className: "link", onclick: acts.add }, said.add);
    this.picks = make("div", { className: "all-picks" });
    this.settings = make("div", { className: "settings" });
    // Each set, field and setting is made once.
    this.pickSet = kept((key, pick) => pickSet(pick, page, taken, said));
    this.element = make("form", { className: "rule-wish", onsubmit: (event) => event.preventDefault() },
      labeled(said.side, this.side), labeled(said.format, this.format), this.settings, this.closed.element,
      this.own, this.ports, this.every.element, this.picks, this.others, this.add, this.keeping);
  }

  nameOf(id) {
    return this.taken.parties[id] ?? rutter.table.words.parties[id] ?? id;
  }

  makePlace() {
    const { page, said, acts } = this;
    this.side = make("select", { name: "side", onchange: () => acts.set({ side: readSide(page, this.side.value) }) },
      new Option(said.gateway, "gateway"), new Option(said["gateway-all"], "gateway-all"),
      ...page.parties.map(({ id }) => new Option(said.host.replace("{}", () => this.nameOf(id)), `host.${id}`)));
    this.format = make("select", { name: "format", onchange: () => acts.set({ format: this.format.value }) });
    this.setting = kept((key, name, { default: given, allow }) => {
      const input = make("input", { name: key, value: given, autocomplete: "off", spellcheck: false });
      input.addEventListener("input", () => {
        const text = input.value || given;
        const isWrong = rutter.typed.readSetting(text, allow) === undefined;
        input.ariaInvalid = isWrong ? "true" : null;
        error.textContent = isWrong ? said.errors.setting.replace("{}", () => given) : "";
        if (!isWrong) acts.set({ settings: { [name]: text } });
      });
      const error = make("p", { className: "error", id: `_${key}-error` });
      input.setAttribute("aria-describedby", error.id);
      return make("div", { className: "field" }, labeled(said.setting.replace("{}", () => name), input), error);
    });
  }

  makeTyped() {
    const { page, taken, said, acts } = this;
    const field = (list, label, help) => kept((id) => {
      const about = { name: `${list}-${id}`, label: label(id), help, isPort: list === "values" };
      return new Field(about, said, (...typed) => acts.type(list, id, ...typed));
    });
    this.address = field("addresses", (id) => this.nameOf(id), "_address-help");
    this.port = field("values", (id) => nameOf(page, taken, id), "_port-help");
    this.needed = make("div");
    this.published = make("div");
    this.keep = tick("keep", said.keep, acts.keep);
    this.replacing = make("details", {}, make("summary", {}, said.published), this.published);
    this.portFields = make("div");
    this.noneNeeded = make("p", {}, said.noAddresses);
    const help = (id, text) => make("p", { className: "help", id }, text);
    this.own = fieldset(said.addresses, help("_address-help", said.addressHelp),
      this.noneNeeded, this.needed, this.replacing, this.keep.element);
    this.ports = fieldset(said.ports, help("_port-help", said.portHelp), this.portFields);
  }

  makeTicks() {
    const { said, acts } = this;
    this.every = tick("every", said.every, acts.every);
    this.closed = tick("closed", said.closed, (closed) => acts.set({ closed }));
    this.share = tick("share", said.share, acts.share);
    this.remember = tick("remember", said.remember, acts.remember);
    this.forget = make("button", { type: "button", className: "link", onclick: () => {
      acts.forget();
      this.remember.input.focus();
    } }, said.forget);
    this.keeping = fieldset(said.keeping, this.share.element, this.remember.element, this.forget);
  }

  showFormats(side, format) {
    const names = formatsFor(side);
    if (this.names !== names.join()) {
      this.names = names.join();
      const group = (name) => {
        const own = names.filter((one) => rutter.ruleFormats[one].group === name);
        const options = own.map((one) => new Option(rutter.ruleFormats[one].title, one));
        return own.length ? [make("optgroup", { label: this.said.groups[name] }, ...options)] : [];
      };
      this.format.replaceChildren(...GROUPS.flatMap(group));
    }
    this.format.value = format;
    const { setting = {} } = rutter.ruleFormats[format];
    const fields = Object.entries(setting).map(([name, about]) => this.setting(`${format}-${name}`, name, about));
    arrange(this.settings, fields);
    this.closed.element.hidden = !canClose(rutter.ruleFormats[format]);
  }

  showTyped({ needed, published, ports }, { addresses, values, everything, isKept }) {
    const fields = (make_, ids, texts) => ids.map((id) => {
      const field = make_(id);
      // What is being typed is nobody else's.
      const isTyped = field.input === document.activeElement && field.input.value;
      if (!isTyped) field.set(texts.get(id) ?? "", everything.has(id));
      return field.element;
    });
    arrange(this.needed, fields(this.address, needed, addresses));
    arrange(this.published, fields(this.address, published, addresses));
    arrange(this.portFields, fields(this.port, ports, values));
    this.replacing.hidden = !published.length;
    if (published.some((id) => addresses.get(id))) this.replacing.open = true;
    this.keep.element.hidden = !published.length;
    this.keep.input.checked = isKept;
    this.noneNeeded.hidden = needed.length > 0;
    this.ports.hidden = !ports.length;
  }

  showOthers(others) {
    const gone = (at) => () => {
      this.acts.remove(at);
      this.add.focus();
    };
    const remove = (text, at) => make("button",
      { type: "button", ariaLabel: `${this.said.remove}: ${text}`, onclick: gone(at) }, this.said.remove);
    const items = others.map((text, at) => make("p", {}, text, " ", remove(text, at)));
    this.others.replaceChildren(this.others.firstChild, ...items);
    this.others.hidden = !others.length;
  }

  /** Everything as it stands. */
  show({ wish, typed, needs, picks, state, others, isShared, isRemembered }) {
    this.side.value = writeSide(wish.side);
    this.showFormats(wish.side, wish.format);
    this.closed.input.checked = wish.closed;
    arrange(this.picks, picks.map((pick) => {
      const set = this.pickSet(pick.key, pick);
      showPick(set, pick.ids, state.selection.picks);
      return set;
    }));
    this.every.element.hidden = !picks.length && !state.every;
    this.every.input.checked = Boolean(state.every);
    this.showTyped(needs, typed);
    this.showOthers(others);
    this.share.input.checked = isShared;
    this.remember.input.checked = isRemembered;
    this.forget.hidden = !isRemembered;
  }
}

// A field for the addresses of a component or the ports of a connection, with what is wrong beside it.
import { make } from "./make.mjs";
import { readField, readPorts } from "./typed.mjs";

const DELAY = 200;

const buttonOf = (text, act) => make("button", { type: "button", textContent: text, onclick: act });

// The entry in the text of a field, read as one of two things it could mean.
const replaced = (text, entry, reading) =>
  text.split(/([,\n])/).map((part) => (part.trim() === entry ? part.replace(entry, () => reading) : part)).join("");

/**
 * @param {{ name: string, label: string, help: string, isPort: boolean }} about
 * @param said The words of the view.
 * @param change Of the text; `isAll`: that every address is meant.
 */
export class Field {
  constructor({ name, label, help, isPort }, said, change) {
    Object.assign(this, { said, change, isPort, isAll: false });
    this.input = isPort
      ? make("input", { name, autocomplete: "off", spellcheck: false })
      : make("textarea", { name, rows: 1, autocomplete: "off", spellcheck: false, autocapitalize: "none" });
    this.error = make("p", { className: "error", id: `_${name.replace(/\W/g, "-")}-error` });
    this.input.setAttribute("aria-describedby", `${help} ${this.error.id}`);
    const labeled = make("label", {}, make("span", {}, label), this.input);
    this.element = make("div", { className: "field" }, labeled, this.error);
    let waiting;
    this.input.addEventListener("input", () => {
      this.grow();
      clearTimeout(waiting);
      waiting = setTimeout(() => this.take(), DELAY);
    });
    this.input.addEventListener("change", () => {
      clearTimeout(waiting);
      this.take();
    });
  }

  grow() {
    if (!this.isPort) this.input.rows = Math.min(8, this.input.value.split("\n").length);
  }

  take() {
    this.tell();
    this.change(this.input.value, this.isAll);
  }

  /** A text that comes from elsewhere. */
  set(text, isAll) {
    if (this.input.value === text && this.isAll === isAll) return;
    Object.assign(this, { isAll });
    this.input.value = text;
    this.grow();
    this.tell();
  }

  // What to do about what is wrong, in words and as buttons.
  tell() {
    const { value } = this.input;
    const { error, entry = "", readings = [] } = this.isPort ? readPorts(value) : readField(value, this.isAll);
    const mean = (text, isAll) => buttonOf(text, () => {
      this.isAll = isAll;
      if (!isAll) this.input.value = replaced(value, entry, text);
      this.take();
      this.input.focus();
    });
    const isAlone = error === "everything" && !/[,\n]/.test(value.trim());
    const words = this.said.errors[isAlone ? "everything-alone" : error] ?? "";
    const text = words.replace("{}", () => (entry.length > 40 ? `${entry.slice(0, 40)}…` : entry));
    const buttons = isAlone ? [mean(this.said.everything, true)] : readings.map((reading) => mean(reading, false));
    this.input.ariaInvalid = error ? "true" : null;
    this.error.replaceChildren(text, ...buttons.flatMap((button) => [" ", button]));
  }
}

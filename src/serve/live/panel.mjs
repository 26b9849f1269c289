// What is wrong, over the page: what keeps it from being shown in full, what else was found in a quiet count.
const STYLE = `
:host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; pointer-events: none; color-scheme: dark;
  font: 14px/1.45 ui-monospace, monospace; }
:host([hidden]) { display: none; }
section, button { pointer-events: auto; background: #1f1f23; color: #eee; border: 1px solid #555; }
section { max-height: 45vh; overflow: auto; overscroll-behavior: contain; padding: 8px 16px; border-width: 2px 0 0; }
section.broken { border-color: #e5484d; }
section[hidden], button[hidden], p[hidden] { display: none; }
h2 { margin: 4px 0 8px; font: 600 15px/1.4 system-ui, sans-serif; }
p { margin: 4px 0 8px; font: 14px/1.4 system-ui, sans-serif; }
pre { margin: 0 0 16px; font: inherit; white-space: pre; overflow-x: auto; }
a { color: #8ab4ff; }
button { display: block; margin: 0 12px 12px auto; padding: 4px 12px; border-radius: 99px; font: 13px/1.4 system-ui, sans-serif;
  cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 2px solid #8ab4ff; outline-offset: 2px; }
@media print { :host { display: none; } }
`;

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const number = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const counted = (errors, warnings) =>
  [errors && number(errors, "error"), warnings && number(warnings, "warning")].filter(Boolean).join(", ");

const entry = ({ text, place, href }) => {
  const link = href ? make("a", { href }, place) : place;
  return make("div", {}, ...(place ? [link] : []), make("pre", {}, text));
};

export class Panel {
  constructor() {
    this.host = make("rutter-live", { hidden: true });
    const root = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.word = make("p", { role: "status", hidden: true });
    this.button = make("button", { type: "button", hidden: true, ariaExpanded: "false" });
    this.found = make("section", { className: "found", hidden: true, ariaLabel: "Found by the checks" });
    this.broken = make("section", { className: "broken", hidden: true, role: "alert" });
    this.gone = make("section", { className: "word", hidden: true }, this.word);
    root.append(this.button, this.gone, this.found, this.broken);
    this.button.addEventListener("click", () => this.open(this.found.hidden));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.open(false));
    document.addEventListener("DOMContentLoaded", () => document.body.after(this.host));
  }

  open(isOpen) {
    this.found.hidden = !isOpen;
    this.button.ariaExpanded = String(isOpen);
  }

  show({ broken, found, errors, warnings }) {
    this.say("");
    const wrong = broken.filter(({ severity }) => severity === "error");
    this.broken.replaceChildren(
      make("h2", {}, `${number(wrong.length, "error")}: this is the last page that could be made`),
      ...wrong.map(entry),
    );
    this.broken.hidden = !wrong.length;
    const count = counted(errors, warnings);
    this.found.replaceChildren(make("h2", {}, count), ...found.map(entry));
    this.button.textContent = count;
    this.button.hidden = !count;
    if (!count) this.open(false);
    this.fit();
  }

  // A word about the page itself; none: there is nothing to say.
  say(text) {
    this.word.textContent = text;
    this.word.hidden = !text;
    this.gone.hidden = !text;
    this.fit();
  }

  lose() {
    this.say("The preview has ended, or can’t be reached; this page follows again as soon as it can.");
  }

  fit() {
    this.host.hidden = this.broken.hidden && this.button.hidden && this.gone.hidden;
  }
}

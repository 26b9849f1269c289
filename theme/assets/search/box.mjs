// The search box: a combobox by the pattern of the ARIA Authoring Practices, with links as options.

import { makeElement, setAttributes } from "./elements.mjs";
import { makeOption } from "./hit.mjs";
import { Index } from "./index.mjs";
import { sayCount } from "./plural.mjs";

const PAUSE_MS = 80;
const MORE = 50;

// The address answers the same question again, in another language too.
const keepInAddress = (query) => {
  history.replaceState(null, "", query || location.pathname);
  dispatchEvent(new Event("hashchange"));
};

class Box {
  constructor(form) {
    this.form = form;
    this.input = form.elements.q;
    this.isPage = !form.closest("dialog");
    this.lang = document.documentElement.lang;
    this.indexes = {};
    this.status = makeElement("p", { role: "status" });
    this.list = makeElement("div", { role: "listbox", id: "_hits", "aria-label": this.input.ariaLabel });
    this.options = this.list.children;
    this.more = makeElement("p", { class: "more" });
    this.failed = form.nextElementSibling;
    this.active = -1;
    this.run = 0;
    // More hits than a reader sees at once would cost more than the first answer is worth.
    this.atFirst = this.isPage ? 12 : 8;
    this.wanted = this.atFirst;
    form.after(this.status, this.list, this.more);
  }

  index(tag) {
    return (this.indexes[tag] ??= new Index(this.form.dataset.root, tag));
  }

  /** Up from the first option and down from the last lead back to the box. */
  activate(at) {
    setAttributes(this.options[this.active], { "aria-selected": false });
    this.active = ((at + this.options.length + 2) % (this.options.length + 1)) - 1;
    const option = this.options[this.active];
    setAttributes(option, { "aria-selected": true })?.scrollIntoView({ block: "nearest" });
    setAttributes(this.input, { "aria-activedescendant": option?.id ?? "" });
  }

  async search() {
    const run = ++this.run;
    // What was asked for since then is answered by another run.
    const isOld = () => run !== this.run;
    const text = this.input.value.trim();
    try {
      const answer = await this.index(this.lang).search(text, this.wanted);
      if (isOld()) return;
      const query = `?${new URLSearchParams({ q: answer.question })}`;
      if (this.isPage) keepInAddress(text && query);
      this.show(answer, query);
      const isUnanswered = answer.words.length && !answer.total && !answer.sentences.length;
      if (isUnanswered) await this.offerLanguages(text, query, isOld);
    } catch {
      if (!isOld()) this.fail();
    }
  }

  show({ hits, total, others, isForEvery, words, sentences }, query) {
    const { manifest } = this.index(this.lang).files;
    const { count, partly } = manifest.words;
    const folder = `${this.form.dataset.root}${this.lang}/`;
    this.failed.hidden = true;
    const samples = total || !others ? count : partly;
    // Rows for every port are announced by the last sentence, behind one that says that there are no others.
    const found = words.length && !isForEvery ? sayCount(samples, total || others, this.lang) : "";
    const said = sentences.map((sentence) => makeElement("strong", {}, sentence));
    // The last sentence may announce the rows: nothing stands between.
    this.status.replaceChildren(found, ...said.flatMap((sentence) => [" ", sentence]));
    this.list.replaceChildren(...hits.map((hit, at) => makeOption(hit, at, folder, words, manifest)));
    this.more.replaceChildren(...(total + others > hits.length ? [this.makeWayToMore(manifest.words, query)] : []));
    setAttributes(this.input, { "aria-expanded": hits.length > 0 });
    this.activate(-1);
  }

  makeWayToMore({ all, next }, query) {
    if (!this.isPage) return makeElement("a", { href: this.form.action + query }, all);
    const button = makeElement("button", { type: "button" }, next);
    button.addEventListener("click", async () => {
      const shown = this.options.length;
      this.wanted += MORE;
      await this.search();
      this.options[shown]?.focus();
    });
    return button;
  }

  async offerLanguages(text, query, isOld) {
    const { elsewhere } = this.index(this.lang).files.manifest.words;
    for (const { lang, textContent } of document.querySelectorAll(".languages a:not([aria-current])")) {
      const { total } = await this.index(lang).search(text, 0);
      if (isOld()) return;
      if (!total) continue;
      const href = this.form.action.replace(`/${this.lang}/search/`, `/${lang}/search/`) + query;
      const link = makeElement("a", { href, lang }, `${textContent} (${total})`);
      this.more.append(makeElement("span", {}, ` ${elsewhere} `), link);
    }
  }

  fail() {
    this.list.replaceChildren();
    this.status.textContent = "";
    this.failed.hidden = false;
  }

  type({ isComposing }) {
    clearTimeout(this.pause);
    this.wanted = this.atFirst;
    if (!isComposing) this.pause = setTimeout(() => this.search(), PAUSE_MS);
  }

  press(event) {
    // Keys of an input method are its own: the Enter that ends a composition opens nothing.
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const opens = event.key === "Enter" && (this.isPage || this.active >= 0);
    if (!step && !opens) return;
    event.preventDefault();
    if (step) this.activate(this.active + step);
    else this.options[this.active]?.click();
  }
}

/** Turns a form into a box that answers while it is typed into. */
export const mount = (form) => {
  const box = new Box(form);
  const { input } = box;
  const aria = { "aria-autocomplete": "list", "aria-controls": "_hits", "aria-expanded": false };
  setAttributes(input, { role: "combobox", ...aria });
  input.addEventListener("input", (event) => box.type(event));
  input.addEventListener("compositionend", () => box.search());
  input.addEventListener("keydown", (event) => box.press(event));
  if (input.value) box.search();
};

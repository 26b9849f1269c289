// The panel: boxes and buttons ↔ a selection.
import { fill } from "./words.mjs";

const labelOf = (input) => input.parentElement.textContent.trim();

const box = (name, value, text) => {
  const label = document.createElement("label");
  label.append(Object.assign(document.createElement("input"), { type: "checkbox", name, value }), text);
  return label;
};

export class Environment {
  constructor(facts, form, words) {
    Object.assign(this, { facts, form, words });
    this.preset_ = form.elements.s;
    this.options = facts.options.map(({ id, choices }) => {
      const set = form.querySelector(`[data-option="${id}"]`);
      const boxes = choices.map((choice) => set?.querySelector(`[value="${choice}"]`));
      return { set, boxes, labels: boxes.map((one) => one && labelOf(one)), label: set?.querySelector("legend").firstChild.textContent.trim() ?? id };
    });
    this.ways = rutter.table.waysIn(form.querySelector(".ways"), facts);
    const set = form.querySelector(".without");
    this.parties = facts.parties.map(({ id }) => set.appendChild(box("w", id, words.parties[id] ?? id)).control);
    this.titles = new Map([...(this.preset_?.options ?? [])].map((option) => [option.value, option.text]));
  }

  nameOfParty(party) {
    const { id } = this.facts.parties[party] ?? {};
    return this.words.parties[id] ?? id ?? party;
  }

  /** "Edition: jp, en": options with choices of theirs. */
  phrase(options, choices) {
    const labels = (at, list) => list.map((choice) => this.options[at].labels[choice]).join(this.words.separator);
    const phrases = options.map((at, position) =>
      fill(this.words.choice, { option: this.options[at].label, choices: labels(at, choices[position]) }));
    return phrases.join(this.words.separator);
  }

  /** What is chosen, in words. */
  said({ scenario, selection: { choose, without } }) {
    const at = [...choose.keys()].sort((a, b) => a - b);
    const title = this.titles.get(this.facts.scenarios[scenario]?.id);
    const choices = at.length ? this.phrase(at, at.map((option) => [...choose.get(option)].sort((a, b) => a - b))) : "";
    const gone = [...without].map((party) => fill(this.words.without, this.nameOfParty(party)));
    return [title, choices, ...gone].filter(Boolean).join(" · ");
  }

  names(options) {
    return options.map((at) => this.options[at].label).join(this.words.separator);
  }

  /** A scenario's selection in place of what was chosen; an empty id: nothing is chosen. */
  preset(id, state) {
    const at = this.facts.scenarios.findIndex((scenario) => scenario.id === id);
    return { ...state, scenario: at < 0 ? undefined : at, selection: rutter.selection.preset(this.facts, at) };
  }

  /** What is ticked. */
  take(state) {
    const choose = new Map();
    this.options.forEach(({ boxes }, at) => {
      const ticked = [...boxes.keys()].filter((choice) => boxes[choice]?.checked);
      if (ticked.length) choose.set(at, new Set(ticked));
    });
    const without = new Set([...this.parties.keys()].filter((party) => this.parties[party]?.checked));
    // What was picked elsewhere stays: lines, and ways where the page has no list of them.
    const radios = this.ways.flat();
    const kept = [...state.selection.picks].filter((pick) => !radios.some(({ value }) => value === pick));
    const ways = radios.filter(({ checked, value }) => checked && value).map(({ value }) => value);
    return { ...state, selection: { ...state.selection, choose, without, picks: new Set([...ways, ...kept]) } };
  }

  /** A line or a way in place of the others; none: undecided. */
  pick({ others, pick }, state) {
    const kept = [...state.selection.picks].filter((one) => !others.includes(one));
    return { ...state, selection: { ...state.selection, picks: new Set(pick ? [...kept, pick] : kept) } };
  }

  /** The ways that a flow is of. */
  waysOf(at, { picks }) {
    const idOf = ([first]) => this.facts.flows[first].id;
    return this.facts.groups.flatMap((ways) => ways.filter((way) => way.includes(at)).map((way) =>
      ({ own: idOf(way), others: ways.map(idOf), isPicked: picks.has(idOf(way)) })));
  }

  /** Says beside a way that is picked why there is no such row: `reasonIfOut` of a flow, by its position. */
  warn(reasonIfOut) {
    this.ways.forEach((radios, group) => radios.forEach((input, at) => {
      const way = input.checked && at ? this.facts.groups[group][at - 1] : [];
      const text = way.map(reasonIfOut).find(Boolean) ?? "";
      const label = input.parentElement;
      const note = label.querySelector("small") ?? label.appendChild(document.createElement("small"));
      note.textContent = text && ` ⚠ ${text}`;
    }));
  }

  /** Ticks what is chosen, and shows the options that may matter. */
  show({ scenario, selection }) {
    const { choose, without, picks } = selection;
    const have = rutter.selection.chosen(this.facts, selection);
    let set = 0;
    this.options.forEach((option, at) => {
      option.boxes.forEach((one, choice) => one && (one.checked = choose.get(at)?.has(choice) ?? false));
      const { when } = this.facts.options[at];
      const isSet = Boolean(choose.get(at)?.size);
      if (option.set) option.set.hidden = !isSet && rutter.selection.weigh(have, when, choose).state === "out";
      set += Number(isSet);
      // What holds while nothing is chosen.
      if (option.set) option.set.querySelector("small").hidden = isSet;
    });
    this.ways.forEach((radios) => {
      const own = radios.find(({ value }) => picks.has(value)) ?? radios[0];
      own.checked = true;
      set += Number(own.value !== "");
    });
    this.parties.forEach((one, party) => one && (one.checked = without.has(party)));
    this.form.querySelector(".set").textContent = fill(this.words.set, { n: set, all: this.options.length + this.ways.length });
    if (!this.preset_) return;
    const id = this.facts.scenarios[scenario]?.id ?? "";
    this.preset_.value = id;
    const isSame = rutter.selection.write(this.facts, { scenario, selection }) === (id ? `#!s=${id}` : "");
    for (const option of this.preset_.options) {
      const title = this.titles.get(option.value);
      option.text = option.value === id && id && !isSame ? fill(this.words.changed, title) : title;
    }
  }
}

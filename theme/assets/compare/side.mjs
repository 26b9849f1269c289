// One of two selections: its scenario and its options ↔ what is chosen.
import { fill } from "../rows/words.mjs";
import { write } from "../weigh/address.mjs";
import { chosen, weigh } from "../weigh/weigh.mjs";

/** `place`: what is ticked for it; `changed`: how a scenario is called of which something was changed. */
export const makeSide = (facts, place, changed) => {
  const scenario = place.querySelector("select");
  const [none, ...titles] = [...scenario.options].map(({ text }) => text);
  const options = facts.options.map(({ id, choices, when }) => {
    const set = place.querySelector(`[data-option="${id}"]`);
    return { set, when, boxes: choices.map((choice) => set?.querySelector(`[value="${choice}"]`)) };
  });

  const show = ({ scenario: at, selection }) => {
    const have = chosen(facts, selection);
    options.forEach(({ set, when, boxes }, option) => {
      if (!set) return;
      const ticked = selection.choose.get(option);
      boxes.forEach((box, choice) => box && (box.checked = ticked?.has(choice) ?? false));
      set.hidden = !ticked?.size && weigh(have, when, selection.choose).state === "out";
      // What holds while nothing is ticked.
      set.querySelector("small").hidden = Boolean(ticked?.size);
    });
    const id = facts.scenarios[at]?.id ?? "";
    const isSame = write(facts, { scenario: at, selection }) === `#!s=${id}`;
    [none, ...titles].forEach((title, position) => {
      const isChanged = at !== undefined && position === at + 1 && !isSame;
      scenario.options[position].text = isChanged ? fill(changed, title) : title;
    });
    scenario.value = id;
  };

  // What has no box here stays.
  const take = ({ selection }) => {
    const choose = new Map(selection.choose);
    options.forEach(({ boxes }, option) => {
      if (!boxes.some(Boolean)) return;
      const ticked = [...boxes.keys()].filter((choice) => boxes[choice]?.checked);
      if (ticked.length) choose.set(option, new Set(ticked));
      else choose.delete(option);
    });
    return { selection: { ...selection, choose } };
  };

  return { titles, name: place.querySelector("h2").textContent, has: (node) => place.contains(node), show, take };
};

// What is picked where one of several is enough, and the deployments that share one set of rules.
import { make } from "./make.mjs";

const pickOf = (others, pick) => document.dispatchEvent(new CustomEvent("rutter:pick", { detail: { others, pick } }));

/** "Agent → Relay, 4122/TCP" */
export const nameOf = (page, taken, id) => {
  const flow = page.flows.find((one) => one.id === id);
  if (!flow) return id;
  const { separator } = rutter.table.words;
  const ends = [flow.from, flow.to].map((end) => [end].flat()
    .map((party) => taken.parties[page.parties[party]?.id] ?? taken[party]).join(separator));
  const lines = taken.flows[id].lines.map(({ port, protocol }) => [port, protocol].filter(Boolean).join("/"));
  return `${ends.join(" → ")}${separator}${lines.join(separator)}`;
};

/** Radios for each thing of which one is enough. */
export const pickSet = ({ key, ids, flow, group }, page, taken, said) => {
  const textOf = (id, at) => {
    if (flow) return id.slice(flow.length + 1).toUpperCase();
    return group[at].map((one) => nameOf(page, taken, page.flows[one].id)).join(" + ");
  };
  const radio = (value, text) => {
    const onchange = () => pickOf(ids, value || undefined);
    const input = make("input", { type: "radio", name: `rule-${key}`, value, onchange });
    return make("label", {}, input, text);
  };
  const legend = flow ? said.line.replace("{}", () => nameOf(page, taken, flow)) : said.way;
  return make("fieldset", { className: flow ? "picks lines" : "picks" }, make("legend", {}, legend),
    radio("", rutter.table.words.undecided), ...ids.map((id, at) => radio(id, textOf(id, at))));
};

/** Shows what is picked. */
export const showPick = (set, ids, picks) => {
  const own = ids.find((id) => picks.has(id)) ?? "";
  for (const input of set.querySelectorAll("input")) input.checked = input.value === own;
};

// As the panel calls it.
const labelsOf = (option, choices) => {
  const set = document.querySelector(`[data-option="${option.id}"]`);
  const label = set?.querySelector("legend").firstChild.textContent.trim() ?? option.id;
  const nameOfChoice = (id) => set?.querySelector(`[value="${id}"]`)?.parentElement.textContent.trim() ?? id;
  const names = [...choices].sort((a, b) => a - b).map((choice) => nameOfChoice(option.choices[choice]));
  const { choice, separator } = rutter.table.words;
  return rutter.table.fill(choice, { option: label, choices: names.join(separator) });
};

/** A deployment in words. */
export const tellDeployment = (page, taken, { selection: { choose, without } }) => {
  const chosen = [...choose.keys()].sort((a, b) => a - b).map((at) => labelsOf(page.options[at], choose.get(at)));
  const gone = [...without].map((at) =>
    rutter.table.fill(rutter.table.words.without, taken.parties[page.parties[at].id] ?? page.parties[at].id));
  return [...chosen, ...gone].join(" · ") || taken.words.nothing;
};

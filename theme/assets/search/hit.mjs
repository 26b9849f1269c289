// A hit as an option of the list: a link to its place.

import { makeElement } from "./elements.mjs";
import { markWords } from "./excerpt.mjs";

const FIELDS = ["product", "title", "ports", "text", "told"];

export const makeOption = (hit, at, folder, words, manifest) => {
  const kind = manifest.kinds[hit.kind];
  const { partial, forEvery } = manifest.words;
  const label = [kind, hit.isForEvery && forEvery, hit.isPartial && partial].filter(Boolean).join(" · ");
  const fields = FIELDS.map((name) => makeElement("span", { class: name }, ...markWords(hit[name], words)));
  const attributes = { role: "option", id: `_hit-${at}`, href: folder + hit.path, "aria-selected": false };
  return makeElement("a", attributes, makeElement("span", { class: "kind" }, label), ...fields);
};

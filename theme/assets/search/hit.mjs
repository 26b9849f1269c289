// A hit as an option of the list: a link to its place.

import { makeElement } from "./elements.mjs";
import { markWords } from "./excerpt.mjs";

const FIELDS = ["product", "title", "ports", "text"];

export const makeOption = (hit, at, folder, words, manifest) => {
  const kind = manifest.kinds[hit.kind];
  const label = hit.isPartial ? `${kind} · ${manifest.words.partial}` : kind;
  const fields = FIELDS.map((name) => makeElement("span", { class: name }, ...markWords(hit[name], words)));
  const attributes = { role: "option", id: `_hit-${at}`, href: folder + hit.path, "aria-selected": false };
  return makeElement("a", attributes, makeElement("span", { class: "kind" }, label), ...fields);
};

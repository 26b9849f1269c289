// Elements of the view of rules.

export const make = (name, properties = {}, ...children) => {
  const { dataset, ...own } = properties;
  const made = Object.assign(document.createElement(name), own);
  Object.assign(made.dataset, dataset);
  made.append(...children);
  return made;
};

/** A box to tick, with what it means. */
export const tick = (name, text, change) => {
  const input = make("input", { type: "checkbox", name, onchange: () => change(input.checked) });
  return { input, element: make("label", { className: "tick" }, input, text) };
};

/** What stays, stays where it is: nobody loses the place where they type. */
export const arrange = (place, items) => {
  const isSame = items.length === place.childNodes.length && items.every((item, at) => item === place.childNodes[at]);
  if (isSame) return;
  const focused = document.activeElement;
  place.replaceChildren(...items);
  if (place.contains(focused)) focused.focus();
};

/** A thing made once for each key. */
export const kept = (create) => {
  const known = new Map();
  return (key, ...rest) => {
    if (!known.has(key)) known.set(key, create(key, ...rest));
    return known.get(key);
  };
};

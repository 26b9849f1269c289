// Elements of a page.

export const setAttributes = (element, attributes) => {
  for (const name in attributes) element?.setAttribute(name, attributes[name]);
  return element;
};

export const makeElement = (name, attributes, ...children) => {
  const element = setAttributes(document.createElement(name), attributes);
  element.append(...children);
  return element;
};

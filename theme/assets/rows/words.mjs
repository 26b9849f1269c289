// What the page gives its scripts to say.

const own = document.getElementById("_words");

/** Texts by key; `{}` or `{name}` stands for what is filled in. */
export const words = own ? JSON.parse(own.textContent) : {};

const plural = new Intl.PluralRules(document.documentElement.lang);

/** A text with a number: of samples by number the one whose form of the plural is that of the number. */
export const counted = (samples, number) => {
  const form = plural.select(number);
  const alike = Object.keys(samples).findLast((sample) => plural.select(Number(sample)) === form);
  return (samples[number] ?? samples[alike]).replace("{}", number);
};

/** Fills `{}` and `{name}`. */
export const fill = (text, values) =>
  text.replace(/\{(\w*)\}/g, (hole, name) => (typeof values === "string" ? values : (values[name] ?? hole)));

// What the page gives its scripts to say.

const own = document.getElementById("_words");
const { lang } = document.documentElement;

/** Texts by key, those of all pages and of this one; `{}` or `{name}` stands for what is filled in. */
export const words = { ...globalThis.rutter?.words?.[lang], ...(own ? JSON.parse(own.textContent) : {}) };

const plural = new Intl.PluralRules(lang);

/** A text with a number: of texts by numbers the one for a number of the same form of the plural. */
export const counted = (texts, number) => {
  if (typeof texts === "string") return texts.replace("{}", number);
  const formOf = (one) => plural.select(Number(one));
  const key = Object.keys(texts).findLast((numbers) => numbers.split(",").some((one) => formOf(one) === formOf(number)));
  return texts[key].replace("{}", number);
};

/** Fills `{}` and `{name}`. */
export const fill = (text, values) =>
  text.replace(/\{(\w*)\}/g, (hole, name) => (typeof values === "string" ? values : (values[name] ?? hole)));

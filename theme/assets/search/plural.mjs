// A count as the language says it.

/** The sample whose form of the plural is that of the number; `samples` are texts by number, with `{}` for it. */
export const sayCount = (samples, number, lang) => {
  const formOf = (count) => new Intl.PluralRules(lang).select(count);
  const alike = Object.keys(samples).findLast((sample) => formOf(Number(sample)) === formOf(number));
  return (samples[number] ?? samples[alike]).replace("{}", number);
};

// A word of a query → the ways to read it: docs/search.md, "Queries".

import { isInBlock, looksLikeAddress } from "./addresses.mjs";
import { isForm, isSlip, isWord } from "./spelling.mjs";

const MOST_CONTINUATIONS = 24;
const LINKS = ["", "s", "n", "en"];

const each = (quality, tokens) => tokens.map((token) => ({ quality, tokens: [token] }));

const keepKnown = async (tokens, files) => {
  const known = await Promise.all(tokens.map((token) => files.has(token)));
  return tokens.filter((_, at) => known[at]);
};

export const isInRange = (port, range) => {
  const [first, last] = range.split("-").map(Number);
  return first <= port && port <= last;
};

const asPort = ({ text, transport }, { ranges }) => {
  const withTransport = (token) => (transport ? `${token}/${transport}` : token);
  const around = /^\d+$/.test(text) ? ranges.filter((range) => isInRange(Number(text), range)) : [];
  return [...each(1, [withTransport(text)]), ...each(0.9, around.map(withTransport))];
};

// The domains above an unknown host; the parts of anything else but an address.
const byParts = ({ text, tokens: [, ...parts] }, isKnown) => {
  if (/\.[a-z]/.test(text)) return isKnown ? [] : each(0.5, parts.filter((part) => /\../.test(part)));
  if (!/[a-z]/.test(text) || !parts.length) return [];
  return [{ quality: 0.8, tokens: parts.filter((part) => !/[-_/:]/.test(part)) }];
};

// The most frequent; a dense token, whose list would be long to load, after all others.
const continuations = (text, table, others) => {
  const frequency = (token) => table.get(token).at(-1).length;
  const longer = others.filter((token) => token.startsWith(text));
  return longer.sort((a, b) => frequency(b) - frequency(a)).slice(0, MOST_CONTINUATIONS);
};

const asTwoWords = async (text, words, files) => {
  const splits = words
    .flatMap((head) => LINKS.map((link) => [head, head + link]))
    .filter(([, start]) => text.startsWith(start) && text !== start)
    .map(([head, start]) => [head, text.slice(start.length)]);
  const tails = await keepKnown(splits.map(([, tail]) => tail), files);
  return splits.filter(([, tail]) => tails.includes(tail)).map((tokens) => ({ quality: 0.7, tokens }));
};

const byOtherWords = async (text, isKnown, others, files) => {
  const words = others.filter(isWord);
  const forms = words.filter((token) => isForm(token, text));
  if (forms.length || isKnown) return each(0.8, forms);
  // An unknown word: one slip of the finger away from others, or two words written as one.
  const isMeant = (token) => isSlip(token, text) || isSlip(token.slice(0, -1), text);
  return [...each(0.5, text.length > 4 ? words.filter(isMeant) : []), ...(await asTwoWords(text, words, files))];
};

/** @returns {Promise<import("./query.mjs").Reading[]>} */
export const readingsOf = async (word, files) => {
  const { text, isWide, isLast, transport, joined } = word;
  // Pairs side by side cover the word; those that overlap them cost as much again.
  const isCovering = (_, at, { length }) => at % 2 === 0 || at === length - 1;
  if (isWide) return [{ quality: 1, tokens: word.tokens.filter(isCovering) }];
  const readings = asPort(word, files.manifest);
  if (transport) return readings;
  const table = await files.bucket(text);
  const isKnown = table.has(text);
  const others = [...table.keys()].filter((token) => token !== text);
  if (looksLikeAddress(text)) readings.push(...each(0.9, others.filter((block) => isInBlock(text, block))));
  readings.push(...byParts(word, isKnown), ...each(0.9, await keepKnown(joined, files)));
  // A known number needs no further digit.
  const isFinished = !isLast || (isKnown && Number(text));
  if (!isFinished && text.length > 1) readings.push(...each(0.5, continuations(text, table, others)));
  if (isWord(text)) readings.push(...(await byOtherWords(text, isKnown, others, files)));
  return readings;
};

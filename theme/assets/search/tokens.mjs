// Folded text → runs and their tokens, exactly as the index was made: docs/search.md, "Text → tokens".

import { fold } from "./fold.mjs";

const WIDE =
  "\u3005-\u3007\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{1b000}-\u{1b16f}\u{20000}-\u{3ffff}";
const WORD =
  "[a-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\u2e80-\u2fff\u3100-\u31ef\ua000-\ud7ff\ufb00-\ufdff\ufe70-\ufefe\u{10000}-\u{1afff}\u{1b170}-\u{1cfff}\u{1d400}-\u{1efff}]+";
const RUN = new RegExp(`([${WIDE}]+)|(?:::)?${WORD}(?:(?:::/|::|[./:_-])${WORD})*`, "gu");
const FINAL_MARK = /(?<=[\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff]{3})ー(?![\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff])/g;
const ADDRESS = /^(\d+(\.\d+){3}|[\da-f.]*:[\da-f.]*:[\da-f.:]*)(\/\d*)?$/;
const LONGEST_TOKEN = 64;

const cut = (token) => (token.length > LONGEST_TOKEN ? [...token].slice(0, LONGEST_TOKEN).join("") : token);

const pairs = (wide) => {
  const letters = [...wide.replace(FINAL_MARK, "")];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, before) => letters[before] + letter);
};

// The domains above a host, then its labels and their parts; a number with dots has none of these.
const partsOfSegment = (segment) => {
  if (!/[^\d.]/.test(segment)) return [segment];
  const labels = segment.split(".");
  const domains = /\d$/.test(segment) ? [] : labels.map((_, depth) => labels.slice(depth).join(".")).slice(1, -1);
  return [segment, ...domains, ...labels.flatMap((label) => [label, ...label.split(/[-_]/)])];
};

const partsOf = (word) => {
  if (ADDRESS.test(word)) return [word.split("/")[0]];
  return /[./:_-]/.test(word) ? word.split(/[/:]/).flatMap(partsOfSegment) : [];
};

const tokensOfWord = (word) => [...new Set([word, ...partsOf(word)].filter(Boolean).map(cut))];

/**
 * @typedef {object} Run What stands between signs and spaces.
 * @property {string} text
 * @property {string} [isWide] Of Han and kana; otherwise a word of letters and digits.
 * @property {string[]} tokens
 */

/** @returns {Run[]} */
export const runs = (text) =>
  [...fold(text).matchAll(RUN)].map(([run, isWide]) => {
    return { text: run, isWide, tokens: isWide ? pairs(run) : tokensOfWord(run) };
  });

export const tokens = (text) => runs(text).flatMap((run) => run.tokens);

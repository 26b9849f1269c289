// A text with what was typed marked in it: found in the folded text, cut in the original.

import { makeElement } from "./elements.mjs";
import { fold } from "./fold.mjs";

const LONGEST_EXCERPT = 200;
// A long text is shown from some way before its first mark.
const BEFORE_FIRST = 120;
const SENTENCE = /[.!?:;]\s+|[。！？：；]\s*/g;
// Between words, and in scripts without spaces behind what parts clauses.
const GAP = /\s+|[、，」）]/g;

const isInWord = (folded, start, word) => /[a-z0-9]/.test(folded[start - 1] ?? "") && /[a-z0-9]/.test(word[0]);

// By letter: whether it is of what was typed, which begins where a word does.
const findMarks = (letters, words) => {
  const parts = letters.map((letter) => fold(letter));
  const folded = parts.join("");
  const letterOf = parts.flatMap((part, at) => Array(part.length).fill(at));
  const isMarked = letters.map(() => false);
  for (const word of words) {
    for (let start = folded.indexOf(word); start >= 0; start = folded.indexOf(word, start + 1)) {
      if (isInWord(folded, start, word)) continue;
      for (let at = start; at < start + word.length; at++) isMarked[letterOf[at]] = true;
    }
  }
  return isMarked;
};

const endsOf = (letters, pattern) =>
  [...letters.join("").matchAll(pattern)].map(({ 0: gap, index }) => index + gap.length);

// The part of a text that is shown: from the beginning of a sentence or at least of a word, to the end of a word.
const findPart = (letters, first) => {
  const last = Math.max(0, first - BEFORE_FIRST);
  const from = (pattern) => endsOf(letters, pattern).find((at) => at >= last && at <= first);
  const start = last && (from(SENTENCE) ?? from(GAP) ?? last);
  const limit = start + LONGEST_EXCERPT;
  if (letters.length <= limit) return [start, letters.length];
  const end = endsOf(letters, GAP).findLast((at) => at > Math.max(start, first) && at <= limit);
  return [start, end ?? limit];
};

/** @returns {(string | Element)[]} */
export const markWords = (text, words) => {
  const letters = [...text];
  const isMarked = findMarks(letters, words);
  const [start, limit] = findPart(letters, isMarked.indexOf(true));
  const parts = start ? ["…"] : [];
  for (let [at, end] = [start, start]; at < limit; at = end) {
    while (end < limit && isMarked[end] === isMarked[at]) end++;
    const part = letters.slice(at, end).join("");
    parts.push(isMarked[at] ? makeElement("mark", {}, part) : part);
  }
  return limit < letters.length ? [...parts, "…"] : parts;
};

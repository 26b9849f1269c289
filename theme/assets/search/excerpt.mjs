// A text with what was typed marked in it: found in the folded text, cut in the original.

import { makeElement } from "./elements.mjs";
import { fold } from "./fold.mjs";

const LONGEST_EXCERPT = 200;
// A long text is shown from some way before its first mark.
const BEFORE_FIRST = 120;

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

/** @returns {(string | Element)[]} */
export const markWords = (text, words) => {
  const letters = [...text];
  const isMarked = findMarks(letters, words);
  const start = Math.max(0, isMarked.indexOf(true) - BEFORE_FIRST);
  const parts = start ? ["…"] : [];
  const limit = Math.min(letters.length, start + LONGEST_EXCERPT);
  for (let [at, end] = [start, start]; at < limit; at = end) {
    while (end < letters.length && isMarked[end] === isMarked[at]) end++;
    const part = letters.slice(at, end).join("");
    parts.push(isMarked[at] ? makeElement("mark", {}, part) : part);
  }
  return parts;
};

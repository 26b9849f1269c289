// A word of a query → how well each document answers it.

import { readingsOf } from "./readings.mjs";

class Scores {
  constructor(documents) {
    this.scores = new Float32Array(documents);
    this.count = 0;
  }

  raise(number, score) {
    if (!this.scores[number]) this.count++;
    if (score > this.scores[number]) this.scores[number] = score;
  }

  /** Documents in at least so many of the lists. */
  add(lists, quality, least) {
    const counts = new Uint8Array(this.scores.length);
    const sums = new Float32Array(this.scores.length);
    for (const { documents, weights } of lists.filter(Boolean)) {
      documents.forEach((number, at) => {
        sums[number] += (quality * weights[at]) / lists.length;
        if (++counts[number] >= least) this.raise(number, sums[number]);
      });
    }
  }
}

/**
 * @typedef {object} ScoredWord A word of a query, and:
 * @property {boolean} isOfGlossary
 * @property {Float32Array} scores By number of the document; 0: it does not answer the word.
 * @property {number} count How many documents answer it.
 * @property {number} rarity The fewer documents answer it, the more it tells.
 */

/** @returns {Promise<ScoredWord>} */
export const scoreWord = async (word, files) => {
  const readings = word.readings ?? (await readingsOf(word, files));
  const { documents } = files.manifest;
  const found = new Scores(documents);
  const listsOf = ({ tokens }) => Promise.all(tokens.map((token) => files.postings(token)));
  const all = await Promise.all(readings.map(listsOf));
  all.forEach((lists, at) => {
    if (lists.every(Boolean)) found.add(lists, readings[at].quality, lists.length);
  });
  // Most pairs of a word that is written otherwise, or with something in between.
  if (word.isWide && !found.count) found.add(all[0], 0.5, (all[0].length * 2) / 3);
  const rarity = Math.log(1 + documents / (found.count + 1));
  const { scores, count } = found;
  return { ...word, isOfGlossary: Boolean(word.readings), scores, count, rarity };
};

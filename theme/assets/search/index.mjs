// Finds documents in the index of one language: docs/search.md, "Queries" and "Order".

import { IndexFiles } from "./files.mjs";
import { fold } from "./fold.mjs";
import { wordsOf } from "./query.mjs";
import { scoreWord } from "./scores.mjs";

const LONGEST_QUERY = 200;
// Position of its kind in the manifest. The rows that use a word stand before what explains it.
const TERM = 4;
// More than any score.
const WHOLE_PHRASE = 1e3;

/** The best so many; of equals the first. */
class Best {
  constructor(length) {
    Object.assign(this, { length, hits: [], total: 0 });
  }

  add(hit) {
    this.total++;
    if (this.hits[this.length - 1]?.score >= hit.score) return;
    this.hits.splice(this.hits.findLastIndex(({ score }) => score >= hit.score) + 1, 0, hit);
    this.hits.splice(this.length);
  }
}

// Documents that answer all words, and those that answer some.
const rank = (words, documents, count) => {
  const sum = words.reduce((total, { rarity }) => total + rarity, 0);
  const [full, partial] = [new Best(count + 4), new Best(count)];
  for (let number = 0; number < documents; number++) {
    let [score, met, answered] = [0, 0, 0];
    for (const { scores, rarity } of words) {
      if (!scores[number]) continue;
      score += scores[number] * rarity;
      met += rarity;
      answered++;
    }
    const best = answered === words.length ? full : partial;
    if (answered) best.add({ number, score: score * (met / sum) ** 2 });
  }
  return [full, partial];
};

const raise = (hit, phrase, isPhrase) => {
  const title = fold(hit.title);
  // The more of a title was typed, the surer it was meant; a hit with the whole phrase comes first.
  if (hit.kind !== TERM && title.includes(phrase)) hit.score *= 1 + phrase.length / title.length;
  const whole = `${hit.title} ${hit.product} ${hit.ports} ${hit.text}`;
  if (isPhrase && fold(whole).includes(phrase)) hit.score += WHOLE_PHRASE;
};

/**
 * @typedef {object} Hit
 * @property {number} kind Position in the manifest's `kinds`.
 * @property {string} title
 * @property {string} product
 * @property {string} ports
 * @property {string} path Below the folder of the language.
 * @property {string} text An excerpt.
 * @property {boolean} [isPartial] It answers some of the words.
 */

/**
 * @typedef {object} Answer
 * @property {Hit[]} hits
 * @property {number} total How many documents answer all words.
 * @property {number} others How many answer some of them.
 * @property {string[]} words What was looked for.
 */

export class Index {
  constructor(root, tag) {
    this.files = new IndexFiles(root, tag);
  }

  /**
   * The best documents for a query, at most `count`.
   * @returns {Promise<Answer>}
   */
  search(text, count) {
    return this.find(text, count).catch(() => {
      // Perhaps the site was published anew while it was read.
      this.files.forget(`?${Date.now()}`);
      return this.find(text, count);
    });
  }

  async find(text, count) {
    await this.files.file("manifest");
    const { manifest } = this.files;
    const phrase = fold(text.slice(0, LONGEST_QUERY)).trim();
    const words = await Promise.all(wordsOf(phrase, manifest).map((word) => scoreWord(word, this.files)));
    const [full, partial] = rank(words, manifest.documents, count);
    // A port is no phrase: a row names it in a column, a note in its text. Nor is a word of the glossary,
    // which stands for others.
    const isPhrase = words.some((word) => !word.isOfGlossary && /[^\d-]/.test(word.text));
    const hits = await this.load(full.hits);
    for (const hit of hits) raise(hit, phrase, isPhrase);
    hits.sort((a, b) => b.score - a.score).splice(count);
    const rest = await this.load(partial.hits.slice(0, count - hits.length));
    hits.push(...rest.map((hit) => ({ ...hit, isPartial: true })));
    return { hits, total: full.total, others: partial.total, words: words.map((word) => word.text) };
  }

  load(best) {
    return Promise.all(best.map(async ({ number, score }) => ({ score, ...(await this.files.document(number)) })));
  }
}

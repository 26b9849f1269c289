// Finds documents in the index of one language: docs/search.md, "Queries" and "Order".

import { isAddress } from "./addresses.mjs";
import { isName } from "./ends.mjs";
import { IndexFiles } from "./files.mjs";
import { fold } from "./fold.mjs";
import { readPasted, writeLine } from "./pasted.mjs";
import { wordsOf, wordsOfLine } from "./query.mjs";
import { sayEnds, sayPorts } from "./said.mjs";
import { scoreWord } from "./scores.mjs";

const LONGEST_QUERY = 200;
const LONGEST_LINE = 4000;
// From here on systems draw ports for those who call.
const FIRST_DRAWN_PORT = 32768;
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
  const whole = `${hit.title} ${hit.product} ${hit.ports} ${hit.text} ${hit.told}`;
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
 * @property {string} told What must be known of it beside that: conditions and marks.
 * @property {boolean} [isPartial] It answers some of the words.
 * @property {boolean} [isForEvery] It answers a port because it is for every port.
 */

/**
 * @typedef {object} Answer
 * @property {Hit[]} hits
 * @property {number} total How many documents answer all words.
 * @property {boolean} isForEvery Whether these answer only because they are for every port.
 * @property {number} others How many answer some of them.
 * @property {string[]} sentences What is said above the hits.
 * @property {string} question What was asked, of a pasted line only what matters.
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
    const line = readPasted(text.slice(0, LONGEST_LINE), manifest.lines);
    const phrase = line ? "" : fold(text.slice(0, LONGEST_QUERY)).trim();
    const { words, ends } = await (line ? this.scoreLine(line) : this.scoreWords(wordsOf(phrase, manifest)));
    const said = await this.say(words, ends);
    const asked = words.filter((word) => !said.answered.includes(word));
    const [full, partial] = rank(asked, manifest.documents, count);
    // A port is no phrase: a row names it in a column, a note in its text. Nor is a word of the glossary,
    // which stands for others.
    const isPhrase = phrase && words.some((word) => !word.isOfGlossary && /[^\d-]/.test(word.text));
    const answers = await this.load(full.hits);
    for (const hit of answers) raise(hit, phrase, isPhrase);
    answers.sort((a, b) => b.score - a.score);
    // What the sentences are about stands first; then no row answers all words.
    const { isForEvery } = said;
    const about = said.documents.slice(0, count).map((number) => ({ number, score: WHOLE_PHRASE }));
    const first = (await this.load(about)).map((hit) => ({ ...hit, isForEvery }));
    const rest = (hits) => hits.map((hit) => ({ ...hit, isPartial: true }));
    const hits = [...first, ...(first.length ? rest(answers) : answers)].slice(0, count);
    hits.push(...rest(await this.load(partial.hits.slice(0, count - hits.length))));
    const total = first.length ? said.documents.length : full.total;
    const others = partial.total + (first.length ? full.total : 0);
    const { sentences } = said;
    const question = line ? writeLine(line) : text;
    return { hits, total, others, isForEvery, sentences, question, words: words.map((word) => word.text) };
  }

  score(words) {
    return Promise.all(words.map((word) => scoreWord(word, this.files)));
  }

  // Among other words, what looks like the name of a host may be none.
  async scoreWords(asked) {
    const words = await this.score(asked);
    const isAlone = words.every(({ text, isPort }) => isPort || isAddress(text) || isName(text));
    return { words, ends: words.filter(({ text }) => isAlone || !isName(text)) };
  }

  // Most ends of a line are computers that no table knows: they are only spoken of.
  async scoreLine(line) {
    const { ends: hosts, called, caller } = wordsOfLine(line);
    const ends = await this.score(hosts);
    const known = ends.filter(({ count }) => count);
    if (!called) return { words: known.length ? known : ends, ends };
    const ports = await this.score([called, ...(caller ? [caller] : [])]);
    // An answer goes from the known port to one that was drawn.
    const isAnswer = ports[1]?.count && !ports[0].count && called.text >= FIRST_DRAWN_PORT;
    return { words: [...known, ports[isAnswer ? 1 : 0]], ends };
  }

  async say(words, ends) {
    const ports = await sayPorts(words.filter(({ isPort }) => isPort), this.files);
    const sentences = await sayEnds(ends, ports.known, this.files);
    return { ...ports, sentences: [...sentences, ...ports.sentences] };
  }

  load(best) {
    return Promise.all(best.map(async ({ number, score }) => ({ score, ...(await this.files.document(number)) })));
  }
}

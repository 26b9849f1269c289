// Folded query → its words, in whatever form they are asked for: docs/search.md, "Queries".

import { isJoined, isWord } from "./spelling.mjs";
import { runs, tokens } from "./tokens.mjs";

/**
 * @typedef {object} Reading What may stand for a word.
 * @property {string[]} tokens A document must have all of them.
 * @property {number} quality How good that is, up to 1.
 */

/**
 * @typedef {object} Word What was asked for.
 * @property {string} text
 * @property {Reading[]} [readings] Of a word of the glossary, which is read in no other way.
 * @property {string} [isWide] Of Han and kana.
 * @property {string[]} [tokens]
 * @property {string[]} [joined] Itself and its neighbor, written as one word.
 * @property {string} [transport] Of a port; empty where only `port` was said.
 * @property {boolean} [isLast] It may not be finished.
 * @property {boolean} [isPort] A number that can be nothing else.
 */

const PORT = /^(?:(?<before>tcp|udp|port)[/:]?(?<port>\d+)|(?<range>[\d-]+)[/:](?<behind>tcp|udp))$/;

const isTransport = (text) => text === "tcp" || text === "udp";

// The words of the glossary, and what of the query is left.
const takeGlossary = (query, synonyms) => {
  const words = [];
  for (const [text, meant] of synonyms) {
    const start = query.indexOf(text);
    const end = start + text.length;
    if (start < 0 || isJoined(query[start - 1], text[0]) || isJoined(query[end], text.at(-1))) continue;
    query = `${query.slice(0, start)} ${query.slice(end)}`;
    const readings = meant.map((other) => ({ quality: other === text ? 1 : 0.8, tokens: tokens(other) }));
    words.push({ text, readings });
  }
  return [words, query];
};

// A run of Han and kana is asked for by its words: hiragana between them only joins them.
const withoutHiragana = (run) => (run.isWide && run.text.match(/[ァ-ヾ]{2,}|[^ぁ-ヾ]{2,}/g)?.flatMap(runs)) || run;

// `tcp/443`, `443/tcp` and `tcp443` are one thing.
const splitPort = (text) => {
  const { before, port, range, behind } = PORT.exec(text)?.groups ?? {};
  return port ?? range ? { text: port ?? range, transport: behind ?? before.replace("port", "") } : {};
};

// `port 4119`, `4119番ポート`: what a number is, it need not be told by what stands alone.
const isSaidToBePort = (folded, number, words) => {
  const port = `(?:${words.join("|")})`;
  return RegExp(`${port}[^a-z\\d]{0,3}${number}(?!\\d)|(?<!\\d)${number}[^a-z\\d]{0,2}${port}`).test(folded);
};

// `mail server` may be written as one word.
const join = (...pair) => (pair.every((run) => run && isWord(run.text)) ? [pair[0].text + pair[1].text] : []);

const toWord = (run, at, all) => {
  const [before, after] = [all[at - 1], all[at + 1]];
  const word = { ...run, joined: [...join(before, run), ...join(run, after)], isLast: !after, ...splitPort(run.text) };
  // Logs of fixed width write `00443`.
  return { ...word, text: word.text.replace(/^0+(?=\d{1,5}$)/, "") };
};

/** @returns {Word[]} */
export const wordsOf = (folded, { synonyms, optional, lines }) => {
  const [glossary, rest] = takeGlossary(folded, synonyms);
  const words = [...glossary, ...runs(rest).flatMap(withoutHiragana).map(toWord)];
  // `tcp 443` is one thing too.
  const transport = words.findLast(({ text, readings }) => !readings && isTransport(text))?.text;
  const ports = words.filter((word) => transport && word.transport === undefined && /^\d+$/.test(word.text));
  for (const port of ports) port.transport = transport;
  const needed = words.filter(({ text }) => !optional.includes(text) && !(ports.length && text === transport));
  const asked = needed.length ? needed : words;
  const isNumber = ({ text }) => /^\d+$/.test(text);
  const isAlone = asked.every(isNumber);
  for (const word of asked.filter(isNumber)) {
    word.isPort = isAlone || word.transport !== undefined || isSaidToBePort(folded, word.text, lines.port);
  }
  return asked;
};

/** The words of a line: both ends, the called one first, and the ports. */
export const wordsOfLine = ({ hosts, ports, transport }) => {
  const toWords = (text) => runs(text).map((run) => ({ ...run, joined: [] }));
  const [called, caller] = ports.map((port) => ({ ...toWords(String(port))[0], transport, isPort: true }));
  return { ends: hosts.flatMap(toWords), called, caller };
};

// Sentences above the rows: what is true of a port or an address that was asked for, though no row has it.

import { isAddress, isInBlock } from "./addresses.mjs";
import { isName, isPort } from "./ends.mjs";
import { isInRange } from "./readings.mjs";

const TRANSPORTS = ["tcp", "udp", "sctp", "dccp"];
// Position of its kind in the manifest.
const PORT_PAGE = 2;
// Rows that have the address; more of them seldom say anything else of it.
const MOST_ROWS = 8;
const EVERY = 65534;
const NOTHING = { sentences: [], documents: [], isKnown: true };

const fillIn = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => values[at]);

// Every port of a table has a page; a text may name others.
const isInTables = async (token, files) => {
  const list = await files.postings(token);
  for (const number of list?.documents.toReversed() ?? []) {
    if ((await files.document(number)).kind === PORT_PAGE) return true;
  }
  return false;
};

const isKnown = async (port, transports, files) => {
  const found = await Promise.all(transports.map((transport) => isInTables(`${port}/${transport}`, files)));
  return found.includes(true);
};

const writePort = ({ text, transport }) => Number(text) + (transport ? `/${transport.toUpperCase()}` : "");

// Rows that have no number of their own, by the ranges they choose from.
const findAround = ({ text }, transports, { numberless }) =>
  numberless.filter(([first, last, over]) => first <= text && text <= last && transports.includes(over));

const findRanges = async ({ text }, transports, files) => {
  const ranges = files.manifest.ranges.filter((range) => isInRange(text, range));
  const known = await Promise.all(ranges.map((range) => isKnown(range, transports, files)));
  return ranges.filter((_, at) => known[at]).map((range) => range.split("-"));
};

const documentsOf = (rows) => [...new Set(rows.flatMap(([, , , numbers]) => numbers))];

/**
 * @typedef {object} Said
 * @property {string[]} sentences
 * @property {number[]} documents The rows that they are about.
 * @property {import("./query.mjs").Word[]} [answered] The words that these rows answer.
 * @property {boolean} [isForEvery] Whether these rows are for every port, and none for this one alone.
 */

/**
 * What there is to say of a port.
 * @returns {Promise<Said>} Nothing, if a table has it by its number.
 */
const sayPort = async (word, files) => {
  const { words } = files.manifest;
  const transports = word.transport ? [word.transport] : TRANSPORTS;
  if (!isPort(word.text) || (await isKnown(word.text, transports, files))) return NOTHING;
  const port = writePort(word);
  const around = findAround(word, transports, files.manifest);
  const random = around.filter(([first, last]) => last - first < EVERY);
  const ranges = await findRanges(word, transports, files);
  const within = ranges.length ? ranges : random;
  if (within.length) {
    const sentences = within.map((range) => fillIn(words.inRange, port, fillIn(words.range, ...range)));
    return { sentences, documents: ranges.length ? [] : documentsOf(random) };
  }
  const sentences = [fillIn(words.absent, port), words.checked, ...(around.length ? [words.every] : [])];
  return { sentences, documents: documentsOf(around), isForEvery: true };
};

/** @returns {Promise<Said>} */
export const sayPorts = async (ports, files) => {
  const all = await Promise.all(ports.map((port) => sayPort(port, files)));
  const sentences = all.flatMap((said) => said.sentences);
  // What holds for several ports is said once, behind the last.
  const once = sentences.filter((sentence, at) => sentences.lastIndexOf(sentence) === at);
  const answered = ports.filter((_, at) => all[at].documents.length);
  const known = ports.filter((_, at) => all[at].isKnown);
  const documents = [...new Set(all.flatMap((said) => said.documents))];
  const isForEvery = all.some((said) => said.isForEvery && said.documents.length);
  return { sentences: once, documents, answered, isForEvery, known };
};

// The smallest of the blocks that contain an address, out of the rows that have it.
const findBlock = (text, rows) => {
  const [address, length] = text.split("/");
  const contains = ([block]) => block === text || (!length && isInBlock(address, block));
  const size = ([block]) => Number(block.split("/")[1] ?? 999);
  return rows.flatMap(({ addresses }) => addresses.filter(contains)).sort((a, b) => size(b) - size(a))[0];
};

// Which block an address lies in, and whether anything connects to it.
const sayBlock = async ({ text, scores }, files) => {
  const { words } = files.manifest;
  if (!isAddress(text.split("/")[0])) return [];
  const numbers = [...scores.keys()].filter((number) => scores[number]).slice(0, MOST_ROWS);
  const rows = await Promise.all(numbers.map((number) => files.document(number)));
  const [block, shown, isSource] = findBlock(text, rows) ?? [text];
  const lies = block === text ? [] : [fillIn(words.inBlock, text, shown)];
  return isSource ? [...lies, words.sourceOnly] : lies;
};

const listTexts = (texts, type, files) => new Intl.ListFormat(files.tag, { type }).format(texts);

// A block may be in no table, and addresses of it may.
const isAddressOrName = (text) => isAddress(text) || isName(text);

// A domain above a name is no row of it, but `*.` in front of that domain is.
const isListed = async ({ text, count }, files) =>
  isAddress(text)
    ? count > 0
    : (await files.has(text)) || files.manifest.wildcards.some((domain) => text.endsWith(domain));

/**
 * What there is to say of addresses and names of hosts, beside what is said of ports. Of a line it is said what of
 * it is in the tables too, where that is not all.
 * @returns {Promise<string[]>}
 */
export const sayEnds = async (words, ports, files) => {
  const { manifest } = files;
  const blocks = await Promise.all(words.map((word) => sayBlock(word, files)));
  const ends = words.filter(({ text }) => isAddressOrName(text));
  const listed = await Promise.all(ends.map((word) => isListed(word, files)));
  const [known, others] = [true, false].map((is) => ends.filter((_, at) => listed[at] === is).map(({ text }) => text));
  const found = [...known, ...ports.map((port) => fillIn(manifest.words.port, writePort(port)))];
  if (!others.length) return blocks.flat();
  return [
    ...blocks.flat(),
    ...(found.length ? [fillIn(manifest.words.found, listTexts(found, "conjunction", files))] : []),
    fillIn(manifest.words.noAddress, listTexts(others, "disjunction", files)),
    manifest.words.checkedAddresses,
  ];
};

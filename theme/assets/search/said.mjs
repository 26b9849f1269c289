// Sentences above the rows: what is true of a port or an address that was asked for, though no row has it.

import { isAddress, isInBlock } from "./addresses.mjs";

const TRANSPORTS = ["tcp", "udp", "sctp", "dccp"];
// Position of its kind in the manifest.
const PORT_PAGE = 2;
// Rows that have the address; more of them seldom say anything else of it.
const MOST_ROWS = 8;

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

/**
 * @typedef {object} Said
 * @property {string[]} sentences
 * @property {number[]} documents The rows that they are about.
 */

/**
 * What there is to say of a port.
 * @returns {Promise<Said | undefined>} Nothing, if a table has it by its number.
 */
const sayPort = async ({ text, transport }, files) => {
  const { words, ranges, numberless } = files.manifest;
  const transports = transport ? [transport] : TRANSPORTS;
  if (!/^\d+$/.test(text) || text < 1 || text > 65535 || (await isKnown(text, transports, files))) return undefined;
  const port = Number(text) + (transport ? `/${transport.toUpperCase()}` : "");
  const within = [];
  for (const range of ranges) {
    const [first, last] = range.split("-").map(Number);
    if (first <= text && text <= last && (await isKnown(range, transports, files))) within.push([first, last]);
  }
  const around = numberless.filter(([first, last, over]) => first <= text && text <= last && transports.includes(over));
  const random = around.filter(([first, last]) => last - first < 65534);
  const documents = (rows) => [...new Set(rows.flatMap(([, , , numbers]) => numbers))];
  if (within.length || random.length) {
    const shown = (within.length ? within : random).map((range) => fillIn(words.range, ...range));
    const sentences = [...new Set(shown)].map((range) => fillIn(words.inRange, port, range));
    return { sentences, documents: within.length ? [] : documents(random) };
  }
  const sentences = [fillIn(words.absent, port), words.checked, ...(around.length ? [words.every] : [])];
  return { sentences, documents: documents(around) };
};

/** @returns {Promise<Said>} */
export const sayPorts = async (ports, files) => {
  const all = (await Promise.all(ports.map((port) => sayPort(port, files)))).filter(Boolean);
  const sentences = all.flatMap((said) => said.sentences);
  // What holds for several ports is said once, behind the last.
  const once = sentences.filter((sentence, at) => sentences.lastIndexOf(sentence) === at);
  return { sentences: once, documents: [...new Set(all.flatMap((said) => said.documents))] };
};

/** Which block an address lies in, and whether anything connects to it. */
export const sayAddress = async ({ text, scores }, files) => {
  const { words } = files.manifest;
  const [address, length] = text.split("/");
  if (!isAddress(address)) return [];
  const numbers = [...scores.keys()].filter((number) => scores[number]).slice(0, MOST_ROWS);
  const rows = await Promise.all(numbers.map((number) => files.document(number)));
  const contains = ([block]) => block === text || (!length && isInBlock(address, block));
  const size = ([block]) => Number(block.split("/")[1] ?? 999);
  const [found] = rows.flatMap(({ addresses }) => addresses.filter(contains)).sort((a, b) => size(b) - size(a));
  if (!found) return [];
  const [block, shown, isSource] = found;
  return [...(block === text ? [] : [fillIn(words.inBlock, text, shown)]), ...(isSource ? [words.sourceOnly] : [])];
};

// A pasted line → the connection it is about: docs/search.md, "Pasted text".

import { findEnds, isPort } from "./ends.mjs";
import { makeKeys, readPorts, readTransport } from "./keys.mjs";

// Columns behind two addresses: `443 51514 6`, with a service before them or a letter behind.
const TWO_PORTS = /^[\s,;|]+(?:[a-z\d][\w-]*\/[a-z]+\s+)?(\d{1,5})[\s,;|]+(\d{1,5})(?![\w.])(?:[\s,](t|u|\d+)\b)?/;
// PAN-OS: columns from that of the type on.
const [SENT, RECEIVED, PROTOCOL] = [21, 22, 26];

const readPanOs = (text) => {
  if (!/,(traffic|threat),/.test(text)) return undefined;
  const fields = text.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const type = fields.findIndex((field) => /^(traffic|threat)$/.test(field));
  return [SENT, RECEIVED, PROTOCOL].map((column) => fields[type + column]);
};

// The port of the end that calls, of the one that is called, and the transport.
const readColumns = (text, [first, second]) => {
  const columns = readPanOs(text);
  if (columns || !second) return columns ?? [];
  const between = text.slice(first.end, second.index);
  const behind = text.slice(second.end);
  if (/^[\s,;|]+$/.test(between)) return TWO_PORTS.exec(behind)?.slice(1) ?? [];
  // Zeek: each address with its port.
  const own = /^\s+(\d{1,5})\s+$/.exec(between);
  const other = /^\s+(\d{1,5})(?![\w.])/.exec(behind);
  return own && other ? [own[1], other[1]] : [];
};

const sortByKeys = (ends) => {
  const [source, destination] = [0, 1].map((side) => ends.find((end) => end.side === side));
  const others = ends.filter((end) => end !== source && end !== destination);
  // Who calls has no scheme.
  const caller = source ?? others.find(({ implied }) => !implied);
  return source || destination ? [destination ?? others[0], caller] : undefined;
};

// The ASA names the outer end first, and of a connection that ends not even who began it.
const BUILT = /\b(built (?:in|out)bound|teardown)\b/;

const isCalledLast = (built, between) => built === "built inbound" || /->|=>|→|>/.test(between);

// Nothing says who called whom: a server has the lower port.
const sortByPorts = (first, second) =>
  first.port && first.port < second.port ? [first, second] : [second, first];

// The end that is called, and the one that calls.
const sortEnds = (text, ends) => {
  const [first, second] = ends;
  if (!second) return first?.side === 0 ? [undefined, first] : [first];
  const built = BUILT.exec(text)?.[0];
  if (built === "built outbound") return [first, second];
  if (isCalledLast(built, text.slice(first.end, second.index))) return [second, first];
  return (built ? undefined : sortByKeys(ends)) ?? sortByPorts(first, second);
};

const keepOnce = (list, isMeant) => [...new Set(list.filter(isMeant))];

const prepare = (pasted) => {
  // netstat has `:::443` for any address.
  const text = pasted.normalize("NFKC").toLowerCase().trim().replace(/(?<![\da-f:]):::(?=[\d*])/g, "*:");
  // What an ICMP error is about.
  return /\[(src=.*)\]/.exec(text)?.[1] ?? text;
};

const isLine = (ends, named) =>
  named.some(isPort) || ends.some(({ port }) => isPort(port)) || ends.filter(({ host }) => host).length > 1;

/**
 * @typedef {object} Pasted
 * @property {string[]} hosts The end that is called, then the one that calls.
 * @property {number[]} ports In the same order.
 * @property {string | null} transport
 */

/**
 * What a line says; nothing where it is no line but words.
 * @returns {Pasted | undefined}
 */
export const readPasted = (pasted, words) => {
  const text = prepare(pasted);
  const keys = makeKeys(words);
  const ends = findEnds(text, keys);
  const named = readPorts(text, keys);
  if (!isLine(ends, named)) return undefined;
  const [called = {}, caller = {}] = sortEnds(text, ends);
  const [sent, received, number] = readColumns(text, ends);
  const port = [named[1], called.port, Number(received), called.implied].find(isPort);
  const from = [named[0], caller.port, Number(sent)].find(isPort);
  const transport = readTransport(text, number);
  // Where only the caller's port is known, it tells nothing.
  const hasPorts = port && !/icmp/.test(transport);
  const hosts = keepOnce([called.host, caller.host], Boolean);
  return { hosts, ports: hasPorts ? keepOnce([port, from], isPort) : [], transport };
};

const writeEnd = (host, port) => (port ? `${host.includes(":") ? `[${host}]` : host}:${port}` : host);

/** The same in few words, for an address: who pastes a line need not tell all of it to a server. */
export const writeLine = ({ hosts: [called = "*", caller], ports: [port, from], transport }) => {
  const start = caller ? `${writeEnd(caller, from)} -> ` : "";
  const over = transport ? `${port ? "/" : " "}${transport}` : "";
  return start + writeEnd(called, port) + over;
};

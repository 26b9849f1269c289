// The ends of a connection that a line names, each with the port that stands beside it.

import { canonical, isAddress } from "./addresses.mjs";

const FOUR = String.raw`(?:\d{1,3}\.){3}\d{1,3}(?!\d)`;
const SIX = String.raw`[\da-f]{0,4}(?::[\da-f]{0,4}){2,8}(?![\da-f])`;
const NAME = String.raw`(?:[a-z\d_](?:[\w-]*[a-z\d])?\.)+[a-z][a-z\d-]+`;
const BEFORE = String.raw`(?<![\w.])(?:(?<scheme>[a-z][a-z\d+-]*)://(?:[^\s/@]*@)?\[?)?`;
// `a:1`, `a.1` (tcpdump), `a/1` (Cisco, Juniper), `a(1)`, `a#1`, `a port 1`, `'a', port=1`
const BETWEEN = String.raw`\.?:|\s:\s|[./(#]|[\s,.;()'"]{1,5}port["'\s:=]+`;
const PORT_BESIDE = String.raw`\]?(?:(?<between>${BETWEEN})(?<port>\d{1,5})(?!\w|-\w|[.:]\d))?(?=(?:\s+(?<arrow>->))?)`;
const END = RegExp(`${BEFORE}(?:(?:::ffff:)?(?<four>${FOUR})|(?<six>${SIX})|(?<name>${NAME})|\\*)${PORT_BESIDE}`, "g");
// `relay01:4122`, `host.example.com/path:4122`
const WHOLE = /^([a-z][\w.-]*)(?:\/[^\s?#]*)?:(\d{1,5})$/;
const NO_HOST = /^(tcp|udp|sctp|dccp|port)$|\.(java|kt|go|js|ts|cs|cpp|exe|dll)$/;
const SCHEMES = { http: 80, https: 443 };
// With what stands between it and its value.
const LONGEST_KEY = 60;

const WHOLE_NAME = RegExp(`^${NAME}$`);

/** Whether a word can be the name of a host: a name with dots, but of no file of a program. */
export const isName = (text) => WHOLE_NAME.test(text) && !NO_HOST.test(text);

export const isPort = (number) => number > 0 && number < 65536;

const hostOf = ({ four, six, name = "" }) => {
  const host = four ?? six ?? name;
  return host === name ? name : canonical(host);
};

// A name is one of many words unless something says that it is a host.
const isEnd = ({ scheme, four, six, name, arrow, between, port }) => {
  if (four ?? six) return isAddress(four ?? six);
  return !name || (!NO_HOST.test(name) && Boolean(scheme ?? arrow ?? (port && /[:p]/.test(between))));
};

// `a/24` is a block; where ports are written so, one is too high for the length of a block.
const dropLengths = (ends) => {
  const slashed = ends.filter(({ between }) => between === "/");
  const arePorts = slashed.some(({ host, port }) => port > (host.includes(":") ? 128 : 32));
  if (!arePorts) for (const end of slashed) end.port = 0;
  return ends;
};

/**
 * @typedef {object} End
 * @property {string} host Empty: any.
 * @property {number} port
 * @property {number} [implied] The port of its scheme.
 * @property {number} side Whether a key calls it the source (0), the destination (1) or neither (-1).
 * @property {number} index
 * @property {number} end
 */

const readWhole = (text) => {
  const [, host, port] = WHOLE.exec(text) ?? [];
  return host && !NO_HOST.test(host) ? [{ host, port: Number(port) }] : [];
};

/** @returns {End[]} */
export const findEnds = (text, keys) => {
  const ends = [];
  for (const { 0: whole, index, groups } of text.matchAll(END)) {
    const host = hostOf(groups).replace(/^(0\.0\.0\.0|::)$/, "");
    const port = Number(groups.port);
    // What the ASA translates an end to stands in parentheses behind it.
    const isTranslated = ends.length && /^\s*\($/.test(text.slice(ends.at(-1).end, index));
    if (!isEnd(groups) || isTranslated || !(host || isPort(port))) continue;
    const before = text.slice(Math.max(0, index - LONGEST_KEY), index);
    const side = keys.findIndex(({ address }) => address.test(before));
    const place = { index, end: index + whole.length };
    ends.push({ host, between: groups.between, port, implied: SCHEMES[groups.scheme], side, ...place });
  }
  return ends.length ? dropLengths(ends) : readWhole(text);
};

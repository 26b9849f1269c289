// A pasted line → the ends of the connection it is about: docs/search.md, "Pasted text".

import { canonical, isAddress } from "./addresses.mjs";

const FOUR = String.raw`(?:\d{1,3}\.){3}\d{1,3}(?!\d)`;
const SIX = String.raw`[\da-f]{0,4}(?::[\da-f]{0,4}){2,8}(?![\da-f])`;
const NAME = String.raw`(?:[a-z\d_](?:[\w-]*[a-z\d])?\.)+[a-z][a-z\d-]+`;
// What stands between an end and its port: `a:1`, `a.1` (tcpdump), `a/1` (Cisco, Juniper), `a(1)`, `a#1`,
// `a port 1`.
const BETWEEN = String.raw`\.?:|\s:\s|[./(#]|,?\s+port[\s:=]+`;
const END = new RegExp(
  String.raw`(?<![\w.])(?:(?<scheme>[a-z][a-z\d+-]*)://(?:[^\s/@]*@)?\[?)?(?:(?:::ffff:)?(?<four>${FOUR})|(?<six>${SIX})|(?<name>${NAME})|\*)\]?` +
    String.raw`(?:(?<between>${BETWEEN})(?<port>\d{1,5})(?!\w|-\w|[.:]\d))?`,
  "g",
);
// `relay01:4122`, `host.example.com/path:4122`
const WHOLE = /^([a-z][\w.-]*)(?:\/[^\s?#]*)?:(\d{1,5})$/;
const NO_HOST = /^(tcp|udp|sctp|dccp|port)$|\.(java|kt|go|js|ts|cs|cpp|exe|dll)$/;

const PROTOCOLS = { 1: "icmp", 6: "tcp", 17: "udp", 33: "dccp", 58: "icmpv6", 132: "sctp", t: "tcp", u: "udp" };
const SCHEMES = { http: 80, https: 443 };
const SIGNS = String.raw`["'\s]*[=:]+["'\s]*`;
const TRANSPORT = new RegExp(
  String.raw`(?:proto(?:col|koll)?|プロトコル|network\W+transport)(?:-id)?${SIGNS}(tcp|udp|sctp|dccp|icmp(?:v6)?|\d{1,3}(?!\d))`,
);
const BARE_TRANSPORT = /(?<![a-z_])(tcp|udp|sctp|dccp|icmp(?:v6)?)6?(?![a-z_])/;
const JUNIPER = /rt_flow.*?\s(1|6|17|58)[\s(]/;

// Keys by which lines name the two ends; what languages call them comes with the manifest.
const SIDES = [
  ["source", "s(?:rc|ource)?|local|client|initiator|id[._]orig|from"],
  ["destination", "d(?:e?st(?:ination)?)?|remote|server|responder|target|foreign|id[._]resp|to"],
];

const makeKeys = (words) =>
  SIDES.map(([side, keys]) => {
    const start = `(?<![a-z])(?:${[keys, ...words[side]].join("|")})`;
    const port = ["port", "pt", "prt", "po", "p", ...words.port].join("|");
    return {
      // `src inside:`, `from outside:`, `"source":{"ip":"`
      address: new RegExp(
        String.raw`${start}(?:[ _.-]?(?:[a-z]{1,8}|[^\x00-\x7f]{1,8}))?(?:v?[46])?["'\s]*[=:{\s]["'\s=:{]*(?:ip["'\s:]+|[\w-]+[:/])?\[?$`,
      ),
      port: new RegExp(String.raw`${start}(?:[ _.-]?(?:${port})${SIGNS}|"?:\{[^}]*"port"\s*:\s*)(\d{1,5})(?![\w.])`),
    };
  });

// With what stands between it and its value.
const LONGEST_KEY = 60;

const isPort = (number) => number > 0 && number < 65536;

const findEnds = (text, keys) => {
  const ends = [];
  for (const { 0: whole, index, groups } of text.matchAll(END)) {
    const { scheme, four, six, name, between, port } = groups;
    const address = four ?? six;
    if (address && !isAddress(address)) continue;
    // A name is one of many words unless something says that it is a host.
    const isHost = name && !NO_HOST.test(name) && (scheme || (port && /[:p]/.test(between)));
    if (name && !isHost) continue;
    const before = text.slice(Math.max(0, index - LONGEST_KEY), index);
    const side = keys.findIndex((key) => key.address.test(before));
    const host = address ? canonical(address) : name;
    const isAny = !host || /^(0\.0\.0\.0|::)$/.test(host);
    const last = ends.at(-1);
    // What the ASA translates an end to stands behind it.
    if ((isAny && !isPort(port)) || (last && /^\s*\($/.test(text.slice(last.end, index)))) continue;
    const end = index + whole.length;
    ends.push({ host: isAny ? "" : host, between, port: Number(port), implied: SCHEMES[scheme], side, index, end });
  }
  // A length of a block looks like a port behind a slash; where ports are written so, one is too high for a length.
  const slashed = ends.filter(({ between }) => between === "/");
  if (!slashed.some(({ host, port }) => port > (host.includes(":") ? 128 : 32))) for (const end of slashed) end.port = 0;
  return ends;
};

// Columns: both addresses and then both ports, each address with its port, or the fields of PAN-OS.
const readColumns = (text, [first, second]) => {
  const fields = /,(traffic|threat),/.test(text) ? text.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/) : [];
  const type = fields.findIndex((field) => field === "traffic" || field === "threat");
  if (type > 0 && fields.length > type + 26) return [fields[type + 21], fields[type + 22], fields[type + 26]];
  if (!second) return [];
  const between = text.slice(first.end, second.index);
  const behind = text.slice(second.end);
  if (/^[\s,;|]+$/.test(between)) {
    return /^[\s,;|]+(?:[a-z\d][\w-]*\/[a-z]+\s+)?(\d{1,5})[\s,;|]+(\d{1,5})(?![\w.])(?:[\s,](t|u|\d+)\b)?/.exec(behind)?.slice(1) ?? [];
  }
  const own = /^\s+(\d{1,5})\s+$/.exec(between);
  const other = own && /^\s+(\d{1,5})(?![\w.])/.exec(behind);
  return other ? [own[1], other[1]] : [];
};

// The end that was called, and the one that called it.
const sortEnds = (text, ends) => {
  const [first, second] = ends;
  // The ASA names the outer end first.
  const built = /\bbuilt (in|out)bound\b/.exec(text)?.[1];
  if (built) return built === "out" ? [first, second] : [second, first];
  const isArrow = second && /->|=>|→|>/.test(text.slice(first.end, second.index));
  if (isArrow) return [second, first];
  const [source, destination] = [0, 1].map((side) => ends.find((end) => end.side === side));
  const isTornDown = /\bteardown\b/.test(text);
  if (source && destination && !isTornDown) return [destination, source];
  const others = ends.filter((end) => end !== source && end !== destination);
  if (source && !isTornDown) return [others[0], source];
  if (destination && !isTornDown) return [destination, others[0]];
  if (!second) return [first];
  // Nothing says who called whom: a server has the lower port.
  return first.port && first.port < second.port ? [first, second] : [second, first];
};

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
  let text = pasted.normalize("NFKC").toLowerCase().trim().replace(/(?<![\da-f:]):::(?=[\d*])/g, "*:");
  // What an ICMP error is about.
  text = /\[(src=.*)\]/.exec(text)?.[1] ?? text;
  const keys = makeKeys(words);
  const ends = findEnds(text, keys);
  const whole = WHOLE.exec(text);
  if (!ends.length && whole && !NO_HOST.test(whole[1])) ends.push({ host: whole[1], port: Number(whole[2]) });
  const named = keys.map(({ port }) => Number(port.exec(text)?.[1]));
  const [sent, received, number] = readColumns(text, ends);
  const isLine = ends.some(({ port }) => isPort(port)) || named.some(isPort) || ends.filter(({ host }) => host).length > 1;
  if (!isLine) return undefined;
  const [destination, source] = sortEnds(text, ends);
  const service = /(?<![a-z])service["'\s]*[=:]+["'\s]*(\d{1,5})(?![\w.])/.exec(text)?.[1];
  const called = named[1] || (named[0] && Number(service)) || destination?.port || Number(received) || destination?.implied;
  // Where only the caller's port is known, it tells nothing.
  const ports = called ? [called, named[0] || source?.port || Number(sent)] : [];
  const found = [TRANSPORT, BARE_TRANSPORT, JUNIPER].map((form) => form.exec(text)?.[1]).find(Boolean) ?? number;
  const transport = found && (PROTOCOLS[found] ?? (/\d/.test(found) ? null : found));
  return {
    hosts: [...new Set([destination, source].map((end) => end?.host).filter(Boolean))],
    ports: /icmp/.test(transport) ? [] : [...new Set(ports.filter(isPort))],
    transport: transport ?? null,
  };
};

/** The same in few words, for an address: who pastes a line need not tell it to the server. */
export const writeLine = ({ hosts: [called, caller], ports: [port], transport }) => {
  const end = [called?.includes(":") && port ? `[${called}]` : (called ?? "*"), port].filter(Boolean).join(":");
  return `${caller ? `${caller} -> ` : ""}${end}${transport ? `${port ? "/" : " "}${transport}` : ""}`;
};

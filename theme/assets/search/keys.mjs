// What lines call the ends of a connection, their ports and its transport.

const SIGNS = String.raw`["'\s]*[=:]+["'\s]*`;
const NUMBER = String.raw`(\d{1,5})(?![\w.])`;
const PORTS = ["port", "pt", "prt", "po", "p"];
// By side; what languages call them comes with the manifest.
const SIDES = [
  ["source", "[cs]?s(?:rc|ource)?|local|client|initiator|id[._]orig|from"],
  ["destination", "[cs]?d(?:e?st(?:ination)?)?|remote|server|responder|target|foreign|id[._]resp|to"],
];
const SERVICE = RegExp(`(?<![a-z])service${SIGNS}${NUMBER}`);

const PROTOCOLS = { 1: "icmp", 6: "tcp", 17: "udp", 33: "dccp", 58: "icmpv6", 132: "sctp", t: "tcp", u: "udp" };
const TRANSPORT = "tcp|udp|sctp|dccp|icmp(?:v6)?";
// By a key, standing alone, and as Juniper has it: a number alone.
const TRANSPORTS_OF_LINES = [
  RegExp(String.raw`(?:proto(?:col|koll)?|プロトコル|network\W+transport)(?:-id)?${SIGNS}(${TRANSPORT}|\d{1,3}(?!\d))`),
  RegExp(String.raw`(?<![a-z_]|tcp/)(${TRANSPORT})6?(?![a-z_]|/udp)`),
  /rt_flow.*?\s(1|6|17|58)[\s(]/,
];

/** For each side how its address and its port are announced. */
export const makeKeys = (words) =>
  SIDES.map(([side, keys]) => {
    const start = `(?<![a-z])(?:${[keys, ...words[side]].join("|")})`;
    // `srcip=`, `Source Address:`, `src inside:`, `"source":{"ip":"`
    const noun = String.raw`(?:[ _.-]?(?:[a-z]{1,8}|[^\x00-\x7f]{1,8}))?(?:v?[46])?`;
    const before = String.raw`["'\s]*[=:{\s]["'\s=:{]*(?:ip["'\s:]+|[\w-]+[:/])?\[?$`;
    const port = `[ _.-]?(?:${[...PORTS, ...words.port].join("|")})${SIGNS}`;
    // `"destination":{"ip":"192.0.2.1","port":443`
    const nested = String.raw`"?:\{[^}]*"port"\s*:\s*`;
    // Rules and traces of nftables and iptables: `dport 443`
    const bare = String.raw`(?<![a-z])${side[0]}port\s+`;
    return {
      address: RegExp(start + noun + before),
      port: RegExp(`(?:${start}(?:${port}|${nested})|${bare})${NUMBER}`),
    };
  });

/** The port of the end that calls and of the one that is called, as far as keys name them. */
export const readPorts = (text, keys) => {
  const [caller, called] = keys.map(({ port }) => Number(port.exec(text)?.[1]));
  // Check Point has `s_port` and `service`.
  return [caller, called || (caller && Number(SERVICE.exec(text)?.[1]))];
};

/** `number`: what columns say. */
export const readTransport = (text, number) => {
  const said = TRANSPORTS_OF_LINES.map((form) => form.exec(text)?.[1]).find(Boolean) ?? number ?? "";
  const isWord = /^[a-z]{3}/.test(said);
  return isWord ? said : (PROTOCOLS[said] ?? null);
};

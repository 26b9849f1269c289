// What readers type: addresses, host names and ports. A rule holds only what is printed anew from what was read.
// `src/rules/typed.rs` reads the same.
import { bitsOf, masked, printIp, readIp, readNumber } from "./ip.mjs";

// Longer ones are refused unseen, in bytes.
const LONGEST_ENTRY = 260;
const MOST_ADDRESSES = 10000;

// Only what is seen has a place in an address, but for spaces around it and the line break of some systems.
const trimmed = (text) => text.replace(/^[ \t\r]+|[ \t\r]+$/g, "");

// RFC 1123 §2.1 and RFC 3696 §2, with the underscore that some names have.
const LABEL = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/;

const readHost = (text) => {
  const name = text.toLowerCase();
  const labels = name.replace(/^\*\./, "").split(".");
  // Of other alphabets, some letters become ASCII in lower case.
  const isRight = /^[!-~]{1,253}$/.test(text) && labels[1] && labels.every((label) => LABEL.test(label));
  if (!isRight || !/^[a-z]/.test(labels.at(-1))) return { error: "form" };
  return { endpoint: { k: name[0] === "*" ? "wild" : "fqdn", v: name } };
};

const readNetwork = (words, length, allowAll) => {
  const most = bitsOf(words);
  const len = length === undefined ? most : readNumber(length, most);
  if (len === undefined) return { error: "form" };
  const [address, network] = [words, masked(words, len)].map(printIp);
  if (address !== network) return { error: "host-bits", readings: [address, `${network}/${len}`] };
  if (!len && !allowAll) return { error: "everything" };
  return { endpoint: { k: most > 32 ? "v6" : "v4", v: network, len } };
};

/**
 * One address, network or host name.
 * @returns {{ endpoint: object } | { error: "long"|"empty"|"host-bits"|"everything"|"form", readings?: string[] }}
 */
export const readAddress = (text, allowAll) => {
  if (text.length > LONGEST_ENTRY || new TextEncoder().encode(text).length > LONGEST_ENTRY) return { error: "long" };
  const entry = trimmed(text);
  if (!entry) return { error: "empty" };
  const [address, ...rest] = entry.split("/");
  const words = readIp(address);
  return words ? readNetwork(words, rest.length ? rest.join("/") : undefined, allowAll) : readHost(entry);
};

/**
 * A list, parted by commas and line breaks, up to the first entry that is refused. `allowAll`: that an entry that
 * stands alone is `0.0.0.0/0` or `::/0` is meant.
 * @returns {{ endpoints: object[] } | { entry: string, error: string, readings?: string[] }}
 */
export const readAddresses = (text, allowAll) => {
  const entries = text.split(/[,\n]/).map(trimmed).filter(Boolean);
  const endpoints = [];
  for (const entry of entries) {
    if (endpoints.length === MOST_ADDRESSES) return { entry: "", error: "many" };
    const { endpoint, ...refused } = readAddress(entry, allowAll && entries.length === 1);
    if (!endpoint) return { entry, ...refused };
    endpoints.push(endpoint);
  }
  return { endpoints };
};

/** A word of the characters that a setting of a format allows, as `[a-z0-9 _-]`; or nothing. */
export const readSetting = (text, allow) => (new RegExp(`^${allow}+$`, "u").test(text) ? text : undefined);

/** A port or a range: first and last, or nothing. */
export const readPort = (text) => {
  const ports = text.split("-").map((port) => readNumber(port, 65535));
  const [first, last = first] = ports;
  const isRight = ports.length < 3 && ports.every((port) => port > 0) && (ports.length < 2 || first < last);
  return isRight ? [first, last] : undefined;
};

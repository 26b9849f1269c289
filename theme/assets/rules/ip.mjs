// IP addresses as words of 8 bits (IPv4) or 16 (IPv6), read and printed in one way only: IPv4 without leading zeros,
// IPv6 by RFC 4291 without a zone and without an IPv4 address in it, printed by RFC 5952.

/** A decimal without sign or leading zero, up to the largest allowed. */
export const readNumber = (text, most) => (/^(?:0|[1-9]\d{0,4})$/.test(text) && text <= most ? Number(text) : undefined);

const readV4 = (text) => {
  const words = text.split(".").map((octet) => readNumber(octet, 255));
  return words.length === 4 && !words.includes(undefined) ? words : undefined;
};

const readV6 = (text) => {
  const [head, tail, ...more] = text.split("::").map((half) => (half ? half.split(":") : []));
  const gap = 8 - head.length - (tail?.length ?? 0);
  // What is left out are one or more groups.
  if (more.length || (tail ? gap < 1 : gap)) return undefined;
  const groups = [...head, ...Array(gap).fill("0"), ...tail ?? []];
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? groups.map((group) => parseInt(group, 16)) : undefined;
};

// Before anything else: `10` is no IPv6 address.
export const readIp = (text) => (text.includes(":") ? readV6(text) : readV4(text));

const isV4 = (words) => words.length === 4;

export const bitsOf = (words) => (isV4(words) ? 32 : 128);

/** Without the bits behind a prefix. */
export const masked = (words, len) => {
  const size = bitsOf(words) / words.length;
  return words.map((word, at) => {
    const gone = size - Math.min(size, Math.max(0, len - at * size));
    return word >> gone << gone;
  });
};

// Browsers print IPv6 as RFC 5952 wants it.
export const printIp = (words) => (isV4(words) ? words.join(".")
  : new URL(`http://[${words.map((word) => word.toString(16)).join(":")}]`).hostname.slice(1, -1));

/** The mask of a prefix of IPv4. */
export const maskOf = (len) => printIp(masked([255, 255, 255, 255], len));

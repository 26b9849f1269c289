// Canonical IP addresses as texts of bits: a network begins with the bits of those around it.

const bitsOf = (value) => {
  const isV4 = value.includes(".");
  const [head, tail = []] = value.split("::").map((half) => half.split(isV4 ? "." : ":").filter(Boolean));
  const zeros = isV4 ? [] : Array(8 - head.length - tail.length).fill("0");
  const bits = (word) => parseInt(word, isV4 ? 10 : 16).toString(2).padStart(isV4 ? 8 : 16, "0");
  return [...head, ...zeros, ...tail].map(bits).join("");
};

/** Without networks inside others: networks nest or are apart, so that no list overlaps itself. */
export const withoutInner = (list) => {
  const lens = [...new Set(list.map(({ len }) => len))];
  if (lens.length < 2) return list;
  const bits = new Map(list.map((one) => [one, one.len === undefined ? one.v : bitsOf(one.v)]));
  const prefix = (one, len) => one.k + bits.get(one).slice(0, len);
  const known = new Set(list.map((one) => prefix(one, one.len)));
  return list.filter((one) => !lens.some((len) => len < one.len && known.has(prefix(one, len))));
};

/** The mask of a prefix of IPv4. */
export const maskOf = (len) =>
  "1".repeat(len).padEnd(32, "0").match(/.{8}/g).map((bits) => parseInt(bits, 2)).join(".");

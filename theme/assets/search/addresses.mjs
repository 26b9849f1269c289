// Addresses and the blocks that contain them.

// `:0:0…` for what `::` leaves out of eight groups.
const fill = (address) => {
  const groups = address.split(":").filter(Boolean).length;
  return address.replace("::", ":0:0:0:0:0:0:0:0:".slice(0, 17 - 2 * groups));
};

// The bits of an address behind the sign of its kind, so that no address of one is in a block of the other.
const bits = (address) => {
  const [sign, base, width] = address.includes(":") ? [":", 16, 16] : [".", 10, 8];
  const numbers = fill(address).split(sign).filter(Boolean);
  return sign + numbers.map((number) => parseInt(number, base).toString(2).padStart(width, 0)).join("");
};

export const looksLikeAddress = (text) => /^[\d.]{7,}$|:.*:/.test(text);

/** Whether it is one, and no time, no address of a network card and no number of a version. */
export const isAddress = (text) => {
  if (!text.includes(":")) return text.split(".").length === 4 && text.split(".").every((part) => part && part < 256);
  const groups = text.split(":");
  const isCut = text.split("::").length === 2;
  if (!/\d/.test(text) || groups.some((group) => group.length > 4)) return text === "::";
  return isCut ? groups.length < 10 && !/^:[^:]|[^:]:$/.test(text) : groups.length === 8 && groups.every(Boolean);
};

/** As tables write it: `2001:db8::1` for `2001:0DB8:0:0:0:0:0:1`. */
export const canonical = (address) => {
  if (!address.includes(":")) return address;
  const groups = fill(address).split(":").filter(Boolean).map((group) => group.replace(/^0+(?=.)/, ""));
  const zeros = groups.join(":").match(/(?<![\da-f])0(:0)+(?![\da-f])/g) ?? [];
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), "");
  if (!longest) return groups.join(":");
  return `:${groups.join(":")}:`.replace(`:${longest}:`, "::").replace(/^:(?!:)|(?<!:):$/g, "");
};

export const isInBlock = (address, block) => {
  const [base, length] = block.split("/");
  return length > 0 && bits(address).startsWith(bits(base).slice(0, Number(length) + 1));
};

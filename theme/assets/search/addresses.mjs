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

export const isAddress = (text) => /^[\d.]{7,}$|:.*:/.test(text);

export const isInBlock = (address, block) => {
  const [base, length] = block.split("/");
  return length > 0 && bits(address).startsWith(bits(base).slice(0, Number(length) + 1));
};

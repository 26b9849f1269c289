// Names that a format takes, of rules and objects, each once; and what a comment of a rule says.
// `src/rules/names.rs` names the same.

// FNV-1a, 32 bits, in hexadecimal.
const hashed = (text) => {
  const hash = new TextEncoder().encode(text).reduce((sum, byte) => Math.imul(sum ^ byte, 0x1000193), 0x811c9dc5);
  return (hash >>> 0).toString(16).padStart(8, "0");
};

/** Gives names close to those that are wanted, none of them twice, in the characters and the length of a form. */
export const namer = ({ not = "[]", max = Infinity } = {}) => {
  const given = new Set();
  const numbers = new Map();
  return (wanted) => {
    let name;
    do {
      const number = numbers.get(wanted) ?? 1;
      numbers.set(wanted, number + 1);
      let tail = number > 1 ? `-${number}` : "";
      name = wanted.replace(new RegExp(not, "gu"), "-");
      // What has to be cut is told apart by a hash of all of it.
      if (name.length + tail.length > max) tail = `-${hashed(wanted)}${tail}`;
      name = name.slice(0, Math.max(0, max - tail.length)) + tail;
    } while (given.has(name));
    given.add(name);
    return name;
  };
};

/** As many flows as a comment holds, with the number of the others. */
export const commentOf = (flows, most = Infinity) => {
  const said = (count) => flows.slice(0, count).join(", ") + (count < flows.length ? ` +${flows.length - count}` : "");
  let count = Math.min(flows.length, Math.max(1, most));
  while (count > 1 && said(count).length > most) count -= 1;
  const [first] = flows;
  const excess = said(count).length - most;
  return excess > 0 ? first.slice(0, -excess) + said(1).slice(first.length) : said(count);
};

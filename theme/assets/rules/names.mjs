// Names that a format takes, of rules and objects, each once; and what a comment of a rule says.
// `src/rules/names.rs` names the same.

// FNV-1a, 32 bits, in hexadecimal.
const hashed = (text) => {
  const hash = new TextEncoder().encode(text).reduce((sum, byte) => Math.imul(sum ^ byte, 0x1000193), 0x811c9dc5);
  return (hash >>> 0).toString(16).padStart(8, "0");
};

// In the characters and the length that a format takes. What had to be cut is told apart by a hash of all of it.
const fitting = (wanted, form, suffix) => {
  if (!form) return wanted + suffix;
  const name = wanted.replace(new RegExp(form.not, "gu"), "-");
  if (name.length + suffix.length <= (form.max || Infinity)) return name + suffix;
  const tail = `-${hashed(wanted)}${suffix}`;
  return name.slice(0, Math.max(0, form.max - tail.length)) + tail;
};

/** Gives names close to those that are wanted, none of them twice. */
export const namer = (form) => {
  const given = new Set();
  const last = new Map();
  return (wanted) => {
    let number = last.get(wanted) ?? 1;
    let name = fitting(wanted, form, number > 1 ? `-${number}` : "");
    while (given.has(name)) {
      number += 1;
      name = fitting(wanted, form, `-${number}`);
    }
    last.set(wanted, number);
    given.add(name);
    return name;
  };
};

/** As many flows as a comment holds, with the number of the others. */
export const commentOf = (flows, most = Infinity) => {
  const restOf = (count) => (count < flows.length ? ` +${flows.length - count}` : "");
  const lengths = [];
  flows.forEach((flow, at) => lengths.push(flow.length + (at ? lengths[at - 1] + 2 : 0)));
  const isHeld = (length, at) => length + restOf(at + 1).length <= most;
  const count = lengths.findLastIndex(isHeld) + 1;
  if (count) return flows.slice(0, count).join(", ") + restOf(count);
  return flows[0].slice(0, Math.max(0, most - restOf(1).length)) + restOf(1);
};

// Patterns of formats: text with holes, `@name@`. They are filled in one pass; what is filled in is never read again,
// and there are neither conditions nor loops. `src/rules/pattern.rs` fills the same.

// Text and names of holes by turns: each pattern is filled many times.
const pieces = new Map();

const piecesOf = (pattern) => {
  if (!pieces.has(pattern)) pieces.set(pattern, pattern.split(/@([a-z][a-z0-9.-]*)@/));
  return pieces.get(pattern);
};

/** The names of its holes. */
export const holesIn = (pattern) => piecesOf(pattern).filter((_, at) => at % 2);

/** What a table says of a name, if it does. */
export const saidBy = (table, name) => (table && Object.hasOwn(table, name) ? table[name] : undefined);

/** What the table does not know stays as it stands. */
export const fill = (pattern, table) =>
  piecesOf(pattern).map((piece, at) => (at % 2 ? table[piece] ?? `@${piece}@` : piece)).join("");

/** The items of a dimension as a format writes lists. */
export const written = ({ list = {} }, dimension, texts) => {
  const { one = "@items@", many = "@items@", sep = "," } = list[dimension] ?? list;
  return fill(texts.length > 1 ? many : one, { __proto__: null, items: texts.join(sep) });
};

// Grids are no tables to every program that reads the screen.

const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
const HEADS = { col: "columnheader", row: "rowheader", rowgroup: "rowheader" };

/** Says of a table, or of a part of one, what each of its own parts is; tables in its cells are tables anyway. */
export const giveRoles = (part) => {
  const own = [part, ...part.querySelectorAll(":scope > *, :scope > * > tr, :scope > tr > *, :scope > * > tr > *")];
  for (const node of own) {
    const role = node.tagName === "TH" ? HEADS[node.scope] : ROLES[node.tagName];
    if (role) node.setAttribute("role", role);
  }
};

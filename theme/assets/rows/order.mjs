// The order of rows: below the heads of the page, below others, or by a column.
import { giveRoles } from "./roles.mjs";

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
const cellOf = (row, name) => (name === "port" ? row.dataset.ports : row.querySelector(name).textContent.trim());

// Rows below a head with a title, or below none.
const made = (title) => {
  const body = document.createElement("tbody");
  body.className = "made";
  if (title) {
    const head = body.insertRow();
    head.className = "head";
    const cell = document.createElement("th");
    head.append(Object.assign(cell, { scope: "rowgroup", colSpan: 7, textContent: title }));
  }
  giveRoles(body);
  return body;
};

// What rows below one head share.
const keyOf = (row, by) => by && cellOf(row, by === "to" ? "th" : by);

/** A table whose rows can be put below other heads and back; what is folded stays where it is. */
export class Order {
  constructor(table) {
    this.table = table;
    this.bodies = [...table.tBodies].filter((body) => !body.classList.contains("folded"));
    this.rows = this.bodies.flatMap((body) => [...body.rows].filter((row) => !row.classList.contains("head")));
    this.homes = this.rows.map((row) => row.parentElement);
  }

  /** Puts rows below the heads of the page (`from`), of destinations or ports, or below none, perhaps sorted. */
  group(by, compare) {
    this.table.querySelectorAll("tbody.made").forEach((body) => body.remove());
    for (const body of this.bodies) body.hidden = by !== "from";
    if (by === "from") return this.rows.forEach((row, at) => this.homes[at].append(row));
    const groups = new Map();
    const rows = compare ? [...this.rows].sort(compare) : this.rows;
    for (const row of rows) {
      const key = keyOf(row, by);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
    const before = this.table.querySelector("tbody.folded");
    const keys = [...groups.keys()];
    if (by === "port") keys.sort(collator.compare);
    for (const key of keys) {
      const body = made(by === "port" ? key.replaceAll(" ", ", ") : key);
      body.append(...groups.get(key));
      this.table.insertBefore(body, before);
    }
  }
}

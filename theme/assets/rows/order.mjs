// The order of rows: below the heads of the page, below others, or by a column.

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
const cellOf = (row, name) => (name === "port" ? row.dataset.ports : row.querySelector(name).textContent.trim());

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
      const key = by ? cellOf(row, by === "to" ? "th" : by) : "";
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
    const keys = by === "port" ? [...groups.keys()].sort(collator.compare) : [...groups.keys()];
    const before = this.table.querySelector("tbody.folded");
    for (const key of keys) {
      const body = document.createElement("tbody");
      body.className = "made";
      if (key) {
        const head = body.insertRow();
        head.className = "head";
        const cell = document.createElement("th");
        Object.assign(cell, { scope: "rowgroup", colSpan: 7, textContent: key.replaceAll(" ", ", ") });
        if (by === "to") cell.textContent = key;
        head.append(cell);
      }
      body.append(...groups.get(key));
      this.table.insertBefore(body, before);
    }
  }
}

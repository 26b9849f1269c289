// Sorts a table by a column: upwards, downwards, and back to the order of the page. Rows that stand
// together stay together, below their head.
(() => {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  // Cells without a number go last, in either direction, and behind them those that are empty.
  const byNumber = (a, b, sign) => {
    const [x, y] = [a, b].map((text) => Number(/\d+/.exec(text)?.[0] ?? NaN));
    if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y) || !a - !b;
    return sign * (x - y);
  };
  const byText = (a, b, sign) => sign * collator.compare(a, b);

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const isRow = (row) => !row.querySelector("th[scope=rowgroup]");
    const bodies = [...table.tBodies].map((body) => [body, [...body.rows].filter(isRow)]);
    if (!bodies.some(([, rows]) => rows.length > 1)) continue;
    const heads = table.querySelectorAll("th[data-sort]");
    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const order = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        if (order) head.setAttribute("aria-sort", order);
        const sign = order === "descending" ? -1 : 1;
        const compare = head.dataset.sort === "number" ? byNumber : byText;
        const keyOf = (row) => row.cells[head.cellIndex].textContent.trim();
        const keys = new Map(bodies.flatMap(([, rows]) => rows.map((row) => [row, keyOf(row)])));
        const compareRows = order && ((a, b) => compare(keys.get(a), keys.get(b), sign));
        // Whose rows leave the heads they stand below puts them in order itself.
        const detail = { compare: compareRows };
        if (!table.dispatchEvent(new CustomEvent("rutter:sort", { detail, cancelable: true }))) return;
        // Those lists keep the order of the page, so equal rows keep it too.
        for (const [body, rows] of bodies) body.append(...(order ? [...rows].sort(compareRows) : rows));
      });
    }
  }
})();

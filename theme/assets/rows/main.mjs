// Rows of the tables: closed until somebody opens them, filtered, put into another order, printed in full.
// What a selection leaves of them, another script writes into `data-state`.
import { answers } from "./filter.mjs";
import { meet } from "./meet.mjs";
import { Order } from "./order.mjs";
import { pickIn, portsOf } from "./pick.mjs";
import { giveRoles } from "./roles.mjs";
import { waysIn } from "./ways.mjs";
import { counted, fill, words } from "./words.mjs";

const root = document.documentElement;
const tables = [...document.querySelectorAll("table.flows")];
const rows = tables.flatMap((table) => [...table.querySelectorAll(":scope > tbody > tr:not(.head)")]);
const bar = document.querySelector(".bar");
const tool = (name) => bar?.parentElement.querySelector(`:is(.bar, .tools) [name=${name}]`);
const detailsOf = (row) => row.querySelector(".behind > details");

tables.forEach(giveRoles);

const hidden = (text) => Object.assign(document.createElement("span"), { className: "aside", textContent: text });

// On a small screen a grid is a list, whose lines say their column; an empty cell says what its dash means.
for (const grid of document.querySelectorAll(".flows .grid")) {
  const labels = [...grid.rows[0].cells].map((cell) => cell.textContent);
  for (const cell of grid.querySelectorAll("td")) {
    if (labels.length > 2) cell.dataset.label = labels[cell.cellIndex];
    if (!cell.firstElementChild) cell.append(hidden(words.none));
  }
}
// What stands behind a row opens by a button.
const openLabel = tables[0]?.querySelector("thead .behind").textContent;
for (const row of rows) {
  const behind = row.querySelector(".behind");
  const head = row.querySelector("th");
  const opener = row.cells[0] === head ? "" : row.cells[0].textContent.trim();
  if (opener && words.source) head.prepend(hidden(`${fill(words.source, opener)} `));
  const summary = Object.assign(document.createElement("summary"), { textContent: openLabel });
  const details = document.createElement("details");
  details.append(summary, ...behind.childNodes);
  behind.append(details);
  const ports = row.querySelector(".ports > span")?.textContent ?? "";
  summary.setAttribute("aria-label", `${summary.textContent}: ${head.textContent}, ${ports}`.replace(/\s+/g, " "));
}
// What stands in the way of the rows on a small screen is closed there.
const isWide = matchMedia("(width >= 60rem)");
const fit = () => {
  for (const details of document.querySelectorAll(".environment > details, .bar > details, details.tools")) details.open = isWide.matches;
};
fit();
isWide.addEventListener("change", fit);
root.dataset.rows = "";
// Other scripts say the same words of the same rows.
(self.rutter ??= {}).table = { counted, fill, words, pickIn, portsOf, waysIn };

// In a closed row the keyboard passes what is cut off, and what an open row has room for.
const show = (row, isOpen) => {
  row.classList.toggle("open", isOpen);
  for (const minor of row.querySelectorAll(".purpose > .text a, .ports > * > .copy")) minor.tabIndex = isOpen ? 0 : -1;
};
document.addEventListener("toggle", ({ target }) => {
  const row = target.closest("tr");
  if (!row || target !== detailsOf(row)) return;
  show(row, target.open);
  if (target.open) addLink(row);
}, true);

// A link to a row keeps what is chosen, so that its reader sees the row as its sender does. Before a view and
// another deployment it has the place that `weigh/address.mjs` gives it.
const addressOf = ({ id }) => {
  const chosen = location.hash.startsWith("#!") ? location.hash.slice(2).split("&").filter((part) => !/^(r=|$)/.test(part)) : [];
  if (!chosen.length) return `#${id}`;
  const last = chosen.findIndex((part) => /^[mn]=/.test(part));
  return `#!${chosen.toSpliced(last < 0 ? chosen.length : last, 0, `r=${id}`).join("&")}`;
};
// A link to a row of this page, too, keeps it; one to any other place of it is followed beside the address.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href*='#']");
  if (!link || link.origin + link.pathname !== location.origin + location.pathname) return;
  const { row: id = link.hash.slice(1) } = link.dataset;
  const row = document.getElementById(id);
  if (!rows.includes(row)) {
    if (!row || !location.hash.startsWith("#!")) return;
    event.preventDefault();
    row.tabIndex = row.tabIndex < 0 ? -1 : row.tabIndex;
    row.scrollIntoView();
    row.focus({ preventScroll: true });
    return;
  }
  link.dataset.row = id;
  link.hash = addressOf(row);
}, true);
// Which row a reader opened last is in no address of this page, but in that of its other languages.
let latest;
document.addEventListener("click", ({ target }) => {
  const details = target.closest(".behind > details > summary")?.parentElement;
  if (!details) return;
  const row = details.closest("tr");
  if (!details.open) latest = row;
  else if (latest === row) latest = undefined;
  document.dispatchEvent(new Event("rutter:address"));
});
rutter.table.address = () => (latest?.id ? addressOf(latest) : location.hash);
const addLink = (row) => {
  const list = row.querySelector(".behind ul");
  if (!row.id || !words.link || list.querySelector("button")) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: words.link });
  button.setAttribute("aria-label", `${words.link}: ${row.querySelector("th").textContent}`);
  button.addEventListener("click", () => rutter.copy(new URL(addressOf(row), location).href, button));
  const item = document.createElement("li");
  item.append(button);
  list.append(item);
};

const openAll = (isOpen) => {
  for (const row of rows) {
    detailsOf(row).open = isOpen;
    show(row, isOpen);
  }
};
tool("full")?.addEventListener("change", ({ target }) => openAll(target.checked));
// A page that is loaded anew, or come back to, has its tools as they were left: the rows follow all of them.
if (tool("full")?.checked) openAll(true);
// What paper has of the page, for who never saw it: what was chosen, as another script tells it, what is left of
// the rows that a firewall sees, when, and where it can be seen again.
const isCounted = (row) => !row.closest(".folded, .local");
const filtersSet = () => ["text", "from", "to", "proxy"].map(tool).filter((one) => one?.value).map((one) => {
  const option = one.ariaLabel ?? one.parentElement.firstChild.textContent.trim();
  return fill(words.choice, { option, choices: one.selectedOptions?.[0].text ?? one.value });
});
const toldOnPaper = () => {
  const { chosen } = root.dataset;
  const filters = filtersSet().join(words.separator);
  const all = rows.filter(isCounted);
  const gone = all.filter((row) => row.hidden);
  const out = gone.filter((row) => row.dataset.state === "out").length;
  const today = new Date().toLocaleDateString(root.lang, { dateStyle: "long" });
  return [
    chosen && fill(words.selection, chosen), filters && fill(words.filter, filters),
    fill(words.printed, { n: all.length - gone.length, all: all.length, out }),
    fill(words.date, today),
  ].filter(Boolean);
};
let opened = [];
const printed = Object.assign(document.createElement("p"), { className: "printed", hidden: true });
document.querySelector("h1").after(printed);
addEventListener("beforeprint", () => {
  // In a line of its own an address breaks least.
  printed.replaceChildren(toldOnPaper().join(" · "), document.createElement("br"), location.href);
  printed.hidden = false;
  opened = rows.filter((row) => detailsOf(row).open);
  openAll(true);
});
addEventListener("afterprint", () => {
  printed.hidden = true;
  openAll(false);
  for (const row of opened) detailsOf(row).open = true;
});

// Copying: the numbers of the ports, and the names that are left of the addresses, one in each line.
const copyButton = (cell, text, nameOf, said = text) => {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy" });
  const label = () => {
    const name = nameOf();
    if (button.title === name) return;
    button.title = name;
    button.setAttribute("aria-label", name);
  };
  label();
  button.addEventListener("click", () => rutter.copy(text(), button, said()));
  cell.append(button);
  return label;
};
// Of several names a sentence says how many they are.
const told = (names) => (names.length === 1 ? names[0] : counted(words.names, names.length));
// How many names there are to copy hangs on what is chosen.
const relabels = [];
const { sayCopy } = document.body.dataset;
// Those of a row: in its line, or, where there are too many for that, behind it.
const allNamesIn = (row) => {
  const cell = row.querySelector("td.hosts");
  return namesIn(cell.querySelector(".sum") ? row.querySelector(".behind") : cell).filter((name) => !name.includes("‹"));
};
const namesIn = (cell) => [...cell.querySelectorAll("code:not(.off)")].map((code) => code.textContent);
for (const row of rows) {
  const ports = row.dataset.ports.split(" ").filter((port) => /^\d/.test(port)).join(",");
  if (ports) copyButton(row.querySelector(".ports > span:last-of-type"), () => ports, () => fill(sayCopy, ports));
  const cell = row.querySelector("td.hosts");
  const isLong = cell.querySelector(".sum");
  const codes = isLong ? row.querySelector(".behind") : cell;
  const names = namesIn(codes);
  const nameOf = () => {
    const left = namesIn(codes);
    return left.length > 1 ? counted(words.copy, left.length) : fill(sayCopy, left[0] ?? "");
  };
  if (names.length && !names[0].includes("‹")) {
    const relabel = copyButton(cell, () => namesIn(codes).join("\n"), nameOf, () => told(namesIn(codes)));
    if (isLong) relabels.push(relabel);
  }
  show(row, false);
}

// What is folded opens by its head, and for whom a link leads into it.
for (const body of document.querySelectorAll("tbody.folded")) {
  const head = body.querySelector("th");
  const button = Object.assign(document.createElement("button"), { type: "button", ariaExpanded: "false" });
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    button.ariaExpanded = String(body.classList.toggle("shown"));
  });
}
// The row that the address or a link means is shown, needed or not, until somebody filters.
let wanted;
const reveal = () => {
  // A selection stands behind `#!`, with the row that is meant as one of its keys. No anchor needs decoding.
  const id = /^#!/.test(location.hash) ? /[!&]r=([^&]*)/.exec(location.hash)?.[1] : location.hash.slice(1);
  const target = id ? document.getElementById(id) : null;
  const row = target?.closest("tbody > tr");
  document.querySelector("tr.target")?.classList.remove("target");
  if (!rows.includes(row)) return;
  // An old anchor stands within its row.
  row.classList.add("target");
  row.closest("tbody.folded")?.classList.add("shown");
  wanted = row;
  row.hidden = false;
  detailsOf(row).open = true;
  meet(row);
};
addEventListener("hashchange", reveal);

// A summary that is cut on a small screen.
const summary = document.querySelector(".factline + .text");
if (summary && words.more) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "whole-button link", textContent: words.more });
  button.addEventListener("click", () => {
    summary.classList.add("whole");
    button.remove();
  });
  summary.after(button);
}

// Which rows are shown. The parties of a row come from the facts of its product.
const parties = new Map();
for (const facts of self.rutter?.facts ?? []) {
  for (const flow of facts.flows) {
    const ids = (ends) => (Array.isArray(ends) ? ends.map((party) => facts.parties[party].id) : []);
    const row = document.getElementById(flow.id) ?? document.getElementById(`${facts.product}--${flow.id}`);
    if (row) parties.set(row, { from: ids(flow.from), to: ids(flow.to) });
  }
}
const none = document.querySelector("p.none");
// How many rows stand below a head, and of how many.
const recount = (head, below) => {
  const left = below.filter((row) => !row.hidden).length;
  const count = head.querySelector(".count");
  const { length: all } = below;
  if (count) count.textContent = left < all ? fill(words.of, { n: left, all }) : counted(words.group, all);
  return left;
};
const recountAll = () => {
  // A head above none goes; the title of a table stays.
  for (const head of document.querySelectorAll("tr.head")) {
    head.hidden = recount(head, [...head.parentElement.rows].filter((row) => row !== head)) === 0;
  }
  for (const table of tables) {
    const title = table.previousElementSibling;
    if (title?.matches("h2")) recount(title, rows.filter((row) => table.contains(row)));
  }
};
const proxyOf = (row) => row.cells[row.cells.length - 2].textContent;
// For whoever feeds a proxy: all but what goes past it.
const MAY_PASS = "*";
// What a row must answer to, by the name of its tool; an empty one asks for nothing.
const FILTERS = {
  text: answers,
  from: (row, id) => parties.get(row)?.from.includes(id),
  to: (row, id) => parties.get(row)?.to.includes(id),
  proxy: (row, kind) => (kind === MAY_PASS ? proxyOf(row) !== words.direct : proxyOf(row) === kind),
};
// A file and copied names are of the rows that are shown; what is not says that filters are set.
const tellFilters = (isFiltered) => {
  root.toggleAttribute("data-filtered", isFiltered);
  for (const button of document.querySelectorAll("[data-shown]")) {
    const { shown, all = button.textContent } = button.dataset;
    button.dataset.all = all;
    button.textContent = isFiltered ? shown : all;
  }
};
// The tools whose values a row does not answer to; what a selection does without is no matter of theirs.
const failsOf = (row, asked) => asked.filter(([name, has]) => !has(row, tool(name).value)).map(([name]) => name);
const isLeftOut = ({ dataset: { state } }) => state === "out" && !tool("out")?.checked && root.hasAttribute("data-chosen");
// Whoever feeds a proxy has to hear of what goes past it.
const tellShown = (asked, shown) => {
  const isPast = (row) => !isLeftOut(row) && failsOf(row, asked).join() === "proxy";
  const past = tool("proxy").value === MAY_PASS ? rows.filter(isPast).length : 0;
  const count = bar.querySelector(".shown");
  count.hidden = !asked.length;
  count.textContent = [counted(words.shown, shown), ...(past ? [counted(words.past, past)] : [])].join(" · ");
};
const refresh = () => {
  const asked = Object.entries(FILTERS).filter(([name]) => tool(name)?.value);
  const focused = document.activeElement?.closest("tr");
  for (const row of rows) row.hidden = row !== wanted && (isLeftOut(row) || failsOf(row, asked).length > 0);
  const shown = rows.filter((row) => !row.hidden).length;
  if (focused?.hidden) bar.querySelector(".counts").focus();
  recountAll();
  if (!bar) return;
  none.hidden = shown > 0;
  // What shows all rows of a source has nothing to do once that is what is asked for.
  for (const all of document.querySelectorAll("button.all")) {
    all.hidden = tool("from").value === all.closest("th").dataset.party;
  }
  tellFilters(asked.length > 0);
  tellShown(asked, shown);
};

if (bar) {
  const option = (select, value, text) => select.append(new Option(text, value));
  const nameOf = Object.entries(words.parties ?? {});
  for (const end of ["from", "to"]) {
    const ids = new Set([...parties.values()].flatMap((ends) => ends[end]));
    nameOf.filter(([id]) => ids.has(id)).forEach(([id, name]) => option(tool(end), id, name));
  }
  const kinds = new Set(rows.map(proxyOf));
  if (kinds.has(words.direct) && kinds.size > 2) option(tool("proxy"), MAY_PASS, words.mayPass);
  for (const kind of kinds) option(tool("proxy"), kind, kind);
  for (const name of ["text", "from", "to", "proxy", "out"]) {
    tool(name).addEventListener("input", () => {
      wanted = undefined;
      refresh();
    });
  }
  // For the list of a proxy: each name once, without what is not needed.
  tool("hosts").addEventListener("click", ({ currentTarget }) => {
    const left = rows.filter((row) => !row.hidden && row.dataset.state !== "out").flatMap(allNamesIn);
    const names = [...new Set(left)];
    rutter.copy(names.join("\n"), currentTarget, told(names));
  });
  none.querySelector("button").addEventListener("click", () => {
    for (const name of ["text", "from", "to", "proxy"]) tool(name).value = "";
    refresh();
    tool("text").focus();
  });
  for (const all of document.querySelectorAll(".head .all")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "all link" });
    button.append(...all.childNodes);
    all.replaceWith(button);
    button.addEventListener("click", () => {
      tool("from").value = button.closest("th").dataset.party;
      refresh();
      bar.scrollIntoView();
    });
  }
  const measure = () => root.style.setProperty("--bar", `${bar.offsetHeight}px`);
  new ResizeObserver(measure).observe(bar);
}

for (const table of tables) {
  const order = new Order(table);
  if (order.rows.length < 2) continue;
  tool("group")?.addEventListener("change", ({ target }) => {
    table.querySelector("[aria-sort]")?.removeAttribute("aria-sort");
    order.group(target.value);
    refresh();
  });
  if (tool("group") && tool("group").value !== "from") order.group(tool("group").value);
  table.addEventListener("rutter:sort", (event) => {
    event.preventDefault();
    const { compare } = event.detail;
    const by = compare ? "" : "from";
    if (tool("group")) tool("group").value = by;
    order.group(by, compare);
    refresh();
  });
}
document.addEventListener("rutter:selection", () => {
  refresh();
  for (const relabel of relabels) relabel();
});
refresh();
reveal();

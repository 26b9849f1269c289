// Which rows contain a port: lists them on the index of ports, taken from the pages that have them.
import { giveRoles } from "../rows/roles.mjs";

const form = document.querySelector("form.find-port");
const [answer, rows] = document.querySelectorAll("p.find-port, div.find-port");
const { title, ranges, absent, checked, every, unread } = form.dataset;

// What a row writes of its ports: numbers, ranges, one of a range at random (`~`), "any", or words without.
const holds = (ports, number) =>
  ports.split(" ").some((token) => {
    const [first, last = first] = token.replace("~", "").split("-").map(Number);
    return token === "any" || (first <= number && number <= last);
  });

const holding = (page, selector, number) =>
  [...page.querySelectorAll(selector)].filter((row) => holds(row.dataset.ports, number));

const pages = new Map();
const read = async (href) => {
  const response = await fetch(href);
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const link of page.querySelectorAll("table a[href]")) link.href = new URL(link.getAttribute("href"), href);
  return page;
};
// A page that could not be had is asked for again.
const pageAt = (href) => {
  const forget = () => void pages.delete(href);
  if (!pages.has(href)) pages.set(href, read(href).catch(forget));
  return pages.get(href);
};

// Copies of rows do what links do, no more: nothing listens to their buttons.
const bare = (node) => {
  const copy = node.cloneNode(true);
  for (const head of copy.querySelectorAll("[data-sort]")) {
    head.replaceChildren(head.textContent);
    delete head.dataset.sort;
  }
  for (const extra of copy.querySelectorAll(".copy, .count")) extra.remove();
  return copy;
};

const tableOf = (found, caption) => {
  const groups = new Map();
  const seen = new Set();
  for (const row of found) {
    const { href } = row.querySelector("th a");
    if (seen.has(href)) continue;
    seen.add(href);
    const head = row.parentElement.rows[0];
    const name = head.querySelector(".name").textContent;
    if (!groups.has(name)) {
      const body = row.parentElement.cloneNode(false);
      body.append(bare(head));
      groups.set(name, body);
    }
    groups.get(name).append(bare(row));
  }
  const table = document.createElement("table");
  table.className = "uses";
  table.createCaption().textContent = caption;
  const isLocal = (body) => body.classList.contains("local");
  const bodies = [...groups.values()].sort((a, b) => isLocal(a) - isLocal(b));
  table.append(bare(found[0].closest("table").tHead), ...bodies);
  [table.tHead, ...table.tBodies].forEach(giveRoles);
  return table;
};

const linkTo = (entry, text) => {
  const link = bare(entry.querySelector("a"));
  if (text) Object.assign(link, { textContent: text, className: "" });
  return link;
};

// Where the number stands: on a page of its own, in ranges, nowhere.
const say = (number, own, others, here, isWhole) => {
  const name = title.replace("{}", number);
  const isRandom = (row) => row.dataset.ports.includes("~");
  const randoms = new Set(here.filter(isRandom).map((row) => row.querySelector(".port").textContent.trim()));
  const within = [...others.map((row) => linkTo(row)), ...randoms];
  const isKnown = own || within.length;
  const known = [own ? linkTo(own, name) : name, ...(within.length ? [ranges, ...within] : [])];
  const nowhere = [absent.replace("{}", number), checked, here.length ? every : ""];
  const parts = [...(isKnown ? known : nowhere), ...(isWhole ? [] : [unread])];
  answer.replaceChildren(...parts.flatMap((part) => [part, " "]));
};

let asked = 0;
const find = async () => {
  const turn = ++asked;
  const number = Number(/\d+/.exec(form.elements.port.value)?.[0] ?? 0);
  if (number < 1 || number > 65535) {
    answer.replaceChildren();
    rows.replaceChildren();
    return;
  }
  const entries = holding(document, ".index [data-ports]", number);
  const own = entries.find((row) => row.dataset.ports === String(number));
  const others = entries.filter((row) => row !== own);
  // The page of a number has the rows of all ranges that it is in.
  const from = await Promise.all((own ? [own] : others).map((row) => pageAt(row.querySelector("a").href)));
  if (turn !== asked) return;
  const inTables = (page) => (page ? holding(page, "main > .uses [data-ports]", number) : []);
  const here = inTables(document);
  const found = [...from.flatMap(inTables), ...here];
  // A page that is opened from a file may read no other.
  say(number, own, others, here, from.every(Boolean));
  rows.replaceChildren(...(found.length ? [tableOf(found, title.replace("{}", number))] : []));
};

let soon;
form.addEventListener("input", () => {
  clearTimeout(soon);
  soon = setTimeout(find, 200);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});

// A page as the server sent it, beside the same page as scripts and readers have made it since. What
// differs between two versions from the server is changed in place; whatever else was done to the page stays.

// What scripts read once, or hold on to: another content of it takes a new page.
const HELD = "script, template, form, table, figure, svg, details, [data-say-copy]";

const nodesOf = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
  const nodes = [root];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
};

const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;

const attributesOf = (element) => new Map([...element.attributes].map(({ name, value }) => [name, value]));

const swapSheet = (live, href) => {
  const sheet = live.cloneNode();
  sheet.setAttribute("href", href);
  // Until the new one is there the old one stays, so that nothing is shown without style.
  for (const kind of ["load", "error"]) sheet.addEventListener(kind, () => live.remove(), { once: true });
  live.after(sheet);
  return sheet;
};

// Data that scripts ask for when they need it, by an address with its version; nobody has needed it yet.
const isUnread = (before, after) => {
  if (!before || !after || /\s/.test(before + after)) return false;
  const [old, fresh] = [before, after].map((href) => new URL(href, document.baseURI));
  const isVersion = old.search !== fresh.search && old.pathname === fresh.pathname && old.search.length === 9;
  return isVersion && performance.getEntriesByName(old.href).length === 0;
};

export class Page {
  constructor(script) {
    this.generation = Number(script.dataset.generation);
    this.status = script.dataset.status;
    this.sent = document.documentElement.cloneNode(true);
    const live = nodesOf(document.documentElement);
    this.live = new Map(nodesOf(this.sent).map((node, at) => [node, live[at]]));
  }

  // Whether the page could be brought up to date where it is.
  update(text) {
    const next = new DOMParser().parseFromString(text, "text/html").documentElement;
    const steps = [];
    const pairs = [];
    if (!this.compare(this.sent, next, steps, pairs)) return false;
    const found = new Map(pairs.map(([old, fresh]) => [fresh, this.live.get(old)]));
    for (const step of steps) step(found);
    this.sent = next;
    this.live = found;
    return true;
  }

  // Notes what to do where two versions differ; false: too much, or where scripts would not notice.
  compare(old, fresh, steps, pairs) {
    pairs.push([old, fresh]);
    if (old.nodeType !== fresh.nodeType) return false;
    if (!isElement(old)) {
      if (old.data !== fresh.data) steps.push((found) => (found.get(fresh).data = fresh.data));
      return !old.parentElement?.matches("script, style") || old.data === fresh.data;
    }
    if (old.tagName !== fresh.tagName || !this.compareAttributes(old, fresh, steps)) return false;
    if (old.childNodes.length !== fresh.childNodes.length || !this.isSameShape(old, fresh)) {
      return this.replaceChildren(old, fresh, steps);
    }
    return [...old.childNodes].every((child, at) => this.compare(child, fresh.childNodes[at], steps, pairs));
  }

  isSameShape(old, fresh) {
    return [...old.childNodes].every((child, at) => child.nodeName === fresh.childNodes[at].nodeName);
  }

  compareAttributes(old, fresh, steps) {
    const [before, after] = [attributesOf(old), attributesOf(fresh)];
    // Scripts set attributes of the whole page before anything else, and this one has its own.
    if (old === this.sent || old.hasAttribute("data-generation")) return true;
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      if (before.get(name) === after.get(name)) continue;
      if (!this.compareAttribute(name, old, fresh, steps)) return false;
    }
    return true;
  }

  compareAttribute(name, old, fresh, steps) {
    const value = fresh.getAttribute(name);
    if (old.matches("link[rel=stylesheet]") && name === "href") {
      steps.push((found) => found.set(fresh, swapSheet(found.get(fresh), value)));
      return true;
    }
    if (old.matches("script, meta[http-equiv]") || name === "id") return false;
    if (name.startsWith("data-") && !isUnread(old.getAttribute(name), value)) return false;
    steps.push((found) => {
      if (value === null) found.get(fresh).removeAttribute(name);
      else found.get(fresh).setAttribute(name, value);
    });
    return true;
  }

  replaceChildren(old, fresh, steps) {
    const live = this.live.get(old);
    const isHeld = (element) => element.matches("head, body") || element.matches(HELD) || element.querySelector(HELD);
    if (isHeld(old) || isHeld(fresh) || !live.isEqualNode(old)) return false;
    steps.push((found) => {
      found.get(fresh).replaceChildren(...[...fresh.childNodes].map((child) => document.importNode(child, true)));
      const [made, sent] = [nodesOf(found.get(fresh)), nodesOf(fresh)];
      sent.forEach((node, at) => found.set(node, made[at]));
    });
    return true;
  }
}

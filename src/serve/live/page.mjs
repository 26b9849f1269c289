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

const isSameShape = (old, fresh) =>
  old.childNodes.length === fresh.childNodes.length &&
  [...old.childNodes].every((child, at) => child.nodeName === fresh.childNodes[at].nodeName);

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
    this.live = new WeakMap(nodesOf(this.sent).map((node, at) => [node, live[at]]));
  }

  // Whether the page could be brought up to date where it is.
  update(text) {
    const next = new DOMParser().parseFromString(text, "text/html").documentElement;
    const steps = [];
    if (!this.compare(this.sent, next, steps)) return false;
    for (const step of steps) step();
    return true;
  }

  // Notes what to do where two versions differ, to the page and to what is known of it; false: too much, or
  // where scripts would not notice.
  compare(old, fresh, steps) {
    if (old.isEqualNode(fresh)) return true;
    if (old.nodeName !== fresh.nodeName) return false;
    if (!isElement(old)) {
      steps.push(() => (old.data = this.live.get(old).data = fresh.data));
      return !old.parentElement?.matches("script, style");
    }
    if (!this.compareAttributes(old, fresh, steps)) return false;
    if (!isSameShape(old, fresh)) return this.replaceChildren(old, fresh, steps);
    return [...old.childNodes].every((child, at) => this.compare(child, fresh.childNodes[at], steps));
  }

  compareAttributes(old, fresh, steps) {
    // Scripts set attributes of the whole page before anything else, and this one has its own.
    if (old === this.sent || old.hasAttribute("data-generation")) return true;
    const names = new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()]);
    return [...names].every((name) => {
      const value = fresh.getAttribute(name);
      return old.getAttribute(name) === value || this.changeAttribute(old, name, value, steps);
    });
  }

  changeAttribute(old, name, value, steps) {
    if (old.matches("script, meta[http-equiv]") || name === "id") return false;
    if (name.startsWith("data-") && !isUnread(old.getAttribute(name), value)) return false;
    const isSheet = old.matches("link[rel=stylesheet]") && name === "href";
    steps.push(() => {
      const live = this.live.get(old);
      if (isSheet) this.live.set(old, swapSheet(live, value));
      for (const element of isSheet ? [old] : [old, live]) {
        if (value === null) element.removeAttribute(name);
        else element.setAttribute(name, value);
      }
    });
    return true;
  }

  replaceChildren(old, fresh, steps) {
    const isHeld = (element) => element.matches("head, body") || element.matches(HELD) || element.querySelector(HELD);
    if (isHeld(old) || isHeld(fresh) || !this.live.get(old).isEqualNode(old)) return false;
    steps.push(() => {
      const live = this.live.get(old);
      for (const element of [old, live]) {
        element.replaceChildren(...[...fresh.childNodes].map((child) => document.importNode(child, true)));
      }
      const made = nodesOf(live);
      nodesOf(old).forEach((node, at) => this.live.set(node, made[at]));
    });
    return true;
  }
}

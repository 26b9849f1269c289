// Diagrams: folded as the room allows, lit up at the pointer, and faint where a selection needs no flow.
(() => {
  const onScreen = (query, act) => {
    const media = matchMedia(query);
    let last;
    const fit = () => {
      // Paper is narrow too, and what is folded on the screen stays so.
      if (matchMedia("print").matches || media.matches === last) return;
      last = media.matches;
      act(last);
    };
    fit();
    media.addEventListener("change", fit);
  };

  const fold = (diagram) => {
    onScreen("(width >= 60rem)", (isWide) => (diagram.open = isWide));
    const open = () => (diagram.open = true);
    if (location.hash.startsWith("#_diagram")) open();
    addEventListener("click", ({ target }) => {
      if (target.closest('a[href="#_diagram"]')) open();
    });
    const words = diagram.querySelector(".words");
    if (!words) return;
    onScreen("(width < 48rem)", (isInstead) => (words.open = isInstead));
    // What is too large for paper is printed in words.
    let wasOpen;
    addEventListener("beforeprint", () => {
      wasOpen = words.open;
      words.open = true;
    });
    addEventListener("afterprint", () => (words.open = wasOpen));
  };

  const lightUp = (svg) => {
    const lines = [...svg.querySelectorAll("[data-ends]")];
    const node = (id) => svg.querySelector(`[data-node="${id}"]`);

    // What the pointer or the keyboard is at stands out with its lines and their ends.
    const light = (from) => {
      for (const lit of svg.querySelectorAll(".lit")) lit.classList.remove("lit");
      const at = from?.closest?.("[data-node], [data-ends]");
      svg.classList.toggle("lit", Boolean(at));
      if (!at) return;
      at.classList.add("lit");
      const { node: own, ends } = at.dataset;
      for (const line of lines) {
        const isOwn = ends ? line.dataset.ends === ends : line.dataset.ends.split(" ").includes(own);
        if (!isOwn) continue;
        line.classList.add("lit");
        for (const end of line.dataset.ends.split(" ")) node(end).classList.add("lit");
      }
    };

    svg.addEventListener("pointerover", (event) => light(event.target));
    svg.addEventListener("pointerleave", () => {
      const { activeElement } = document;
      light(svg.contains(activeElement) ? activeElement : null);
    });
    svg.addEventListener("focusin", (event) => light(event.target));
    svg.addEventListener("focusout", () => light(null));
  };

  // states: the id of a row → "in", "out", "open" or "alternative"; empty: nothing is selected.
  const follower = (diagram) => {
    const all = (selector, within = diagram) => [...within.querySelectorAll(selector)];
    const flows = (element) => (element.dataset.flows ?? element.getAttribute("href").slice(1)).split(" ");
    const isOff = ({ classList }) => classList.contains("off");
    const PORTS = ".sheet text a, .words a, .matrix tr :is(a, [data-flows])";
    const links = all(PORTS);
    const edges = all(".edge[data-flows]");
    const stubs = all(".stub[data-flows]");
    const ports = (element) => all("a", element).filter((link) => link.matches(PORTS));
    const holders = all(".label, .row, .node > .ports").map((element) => [element, ports(element)]);
    const items = all(".words li, .words p, .matrix tbody, .matrix tbody tr").map((element) => {
      // What names a zone goes with the list below it.
      const holder = element.matches("p") ? element.nextElementSibling : element;
      return [element, ports(holder)];
    });
    const ends = (id) => edges.filter((edge) => edge.dataset.ends.split(" ").includes(id));
    const nodes = all(".node").map((element) => [element, ends(element.dataset.node)]);
    const [onKey, offKey] = all("[data-state]");

    return (states) => {
      const areOut = (element) => flows(element).every((id) => states.get(id) === "out");
      const areOff = (parts) => parts.length > 0 && parts.every(isOff);
      for (const one of [...links, ...edges, ...stubs]) one.classList.toggle("off", areOut(one));
      for (const [element, parts] of [...holders, ...nodes]) element.classList.toggle("off", areOff(parts));
      for (const one of [...edges, ...stubs]) one.classList.toggle("on", flows(one).some((id) => states.get(id) === "in"));
      for (const [item, parts] of items) item.hidden = areOff(parts);
      if (!onKey) return;
      onKey.hidden = !edges.some(({ classList }) => classList.contains("on"));
      offKey.hidden = !links.some(isOff);
    };
  };

  // Where no file has the picture of the page, it is made of what is seen, in the colours that it has here.
  // "font" in one word has no place for figures of equal width, and says nothing where there are such.
  const FONT = ["font-family", "font-size", "font-weight", "font-variant-numeric"];
  const TEXT = [...FONT, "text-anchor", "text-decoration-line", "direction", "unicode-bidi"];
  const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "display", ...TEXT];
  const drawn = (sheet) => {
    const copy = sheet.cloneNode(true);
    const seen = [...sheet.querySelectorAll("*")];
    [...copy.querySelectorAll("*")].forEach((element, at) => {
      const style = getComputedStyle(seen[at]);
      element.removeAttribute("class");
      element.setAttribute("style", LOOK.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
    });
    for (const link of copy.querySelectorAll("a")) link.setAttribute("href", new URL(link.getAttribute("href"), location).href);
    // Its words stand on the page.
    for (const name of ["class", "aria-describedby"]) copy.removeAttribute(name);
    copy.setAttribute("lang", document.documentElement.lang);
    copy.setAttribute("style", `background:${getComputedStyle(document.body).backgroundColor}`);
    return new XMLSerializer().serializeToString(copy);
  };
  const saver = (sheet, files) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: files.dataset.svg });
    button.addEventListener("click", () => rutter.save(drawn(sheet), "image/svg+xml", ".svg"));
    const item = document.createElement("li");
    item.append(button);
    files.prepend(item);
    files.hidden = false;
  };

  for (const diagram of document.querySelectorAll("details.diagram")) {
    fold(diagram);
    const [sheet, files] = [".sheet", ".files[data-svg]"].map((selector) => diagram.querySelector(selector));
    if (sheet && files) saver(sheet, files);
    for (const svg of diagram.querySelectorAll(".sheet")) lightUp(svg);
    const follow = follower(diagram);
    document.addEventListener("rutter:selection", ({ detail }) => follow(detail?.states ?? new Map()));
  }
  document.documentElement.dataset.diagram = "";
})();

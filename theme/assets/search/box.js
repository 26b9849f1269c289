// The search box: a combobox by the pattern of the ARIA Authoring Practices, with links as options.
(() => {
  const set = (element, attributes) => {
    for (const name in attributes) element?.setAttribute(name, attributes[name]);
    return element;
  };
  const make = (name, attributes, ...children) => {
    const element = set(document.createElement(name), attributes);
    element.append(...children);
    return element;
  };

  // A text with what was typed marked in it: found in the folded text, cut in the original.
  const marked = (text, words) => {
    const letters = [...text];
    const places = [];
    let folded = "";
    letters.forEach((letter, at) => [...rutter.fold(letter)].forEach((part) => (folded += part) && places.push(at)));
    const isHit = [];
    for (const word of words)
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1))
        if (!/[a-z0-9]/.test(folded[at - 1] ?? "") || !/[a-z0-9]/.test(word[0])) for (let end = at; end < at + word.length; end++) isHit[places[end]] = 1;
    // A long text is shown from some way before its first hit.
    const first = Math.max(0, isHit.indexOf(1) - 120);
    const parts = first ? ["…"] : [];
    for (let at = first, end; letters[at] && at < first + 200; at = end) {
      for (end = at + 1; letters[end] && isHit[end] === isHit[at]; ) end++;
      const part = letters.slice(at, end).join("");
      parts.push(isHit[at] ? make("mark", {}, part) : part);
    }
    return parts;
  };

  rutter.mount = (form) => {
    const input = form.elements.q;
    const isPage = !form.closest("dialog");
    const { root } = form.dataset;
    const { lang } = document.documentElement;
    const indexes = {};
    const index = (tag) => (indexes[tag] ??= new rutter.Index(root, tag));
    const status = make("p", { role: "status" });
    const list = make("div", { role: "listbox", id: "_hits", "aria-label": input.ariaLabel });
    const more = make("p", { class: "more" });
    const failed = form.nextElementSibling;
    form.after(status, list, more);
    const options = list.children;
    let [run, active, wait] = [0, -1];
    // More hits than a reader sees at once would cost more than the first answer is worth.
    const first = isPage ? 12 : 8;
    let wanted = first;

    // Up from the first option and down from the last lead back to the box.
    const activate = (at) => {
      set(options[active], { "aria-selected": false });
      active = ((at + options.length + 2) % (options.length + 1)) - 1;
      set(options[active], { "aria-selected": true })?.scrollIntoView({ block: "nearest" });
      set(input, { "aria-activedescendant": options[active]?.id ?? "" });
    };

    const option = ({ kind, path, isPartial, ...hit }, at, words, { kinds, words: { partial } }) => {
      const part = (name) => make("span", { class: name }, ...marked(hit[name], words));
      const label = make("span", { class: "kind" }, isPartial ? `${kinds[kind]} · ${partial}` : kinds[kind]);
      const attributes = { role: "option", id: `_hit-${at}`, href: `${root}${lang}/${path}`, "aria-selected": false };
      return make("a", attributes, label, part("product"), part("title"), part("ports"), part("text"));
    };

    // A count as the language says it: the sample whose form of the plural is that of the number.
    const say = (samples, number) => {
      const form = (number) => new Intl.PluralRules(lang).select(number);
      const sample = Object.keys(samples).findLast((sample) => form(+sample) === form(number));
      return (samples[number] ?? samples[sample]).replace("{}", number);
    };

    const search = async () => {
      const [mine, text] = [++run, input.value.trim()];
      const query = `?${new URLSearchParams({ q: text })}`;
      // The address answers the same question again, in another language too.
      if (isPage) {
        history.replaceState(null, "", text ? query : location.pathname);
        dispatchEvent(new Event("hashchange"));
      }
      try {
        const { hits, total, others, words } = await index(lang).search(text, wanted);
        if (mine !== run) return;
        const { manifest } = index(lang);
        const { count, partly, all, next, elsewhere } = manifest.words;
        failed.hidden = true;
        status.textContent = words[0] ? say(total || !others ? count : partly, total || others) : "";
        list.replaceChildren(...hits.map((hit, at) => option(hit, at, words, manifest)));
        const way = isPage ? make("button", { type: "button" }, next) : make("a", { href: form.action + query }, all);
        if (isPage)
          way.onclick = async () => {
            wanted += 50;
            await search();
            options[hits.length]?.focus();
          };
        more.replaceChildren(...(total + others > hits.length ? [way] : []));
        set(input, { "aria-expanded": !!hits[0] });
        activate(-1);
        for (const link of total || !words[0] ? [] : document.querySelectorAll(".languages a:not([aria-current])")) {
          const { total } = await index(link.lang).search(text, 0);
          if (mine !== run) return;
          const href = form.action.replace(`/${lang}/search/`, `/${link.lang}/search/`) + query;
          if (total) more.append(make("span", {}, ` ${elsewhere} `), make("a", { href, lang: link.lang }, `${link.textContent} (${total})`));
        }
      } catch {
        if (mine !== run) return;
        list.replaceChildren();
        status.textContent = "";
        failed.hidden = false;
      }
    };

    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": "_hits", "aria-expanded": false });
    input.addEventListener("input", ({ isComposing }) => {
      clearTimeout(wait);
      wanted = first;
      if (!isComposing) wait = setTimeout(search, 80);
    });
    input.addEventListener("compositionend", search);
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const isEnter = event.key === "Enter";
      // Keys of an input method are its own: the Enter that ends a composition opens nothing.
      if (event.isComposing || event.keyCode === 229 || !(step || (isEnter && (isPage || active >= 0)))) return;
      event.preventDefault();
      if (step) activate(active + step);
      else options[active]?.click();
    });
    if (input.value) search();
  };
})();

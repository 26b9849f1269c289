// Opens the search by `/`, Ctrl-K or Command-K, and loads what it needs when its box is first used.
(() => {
  const dialog = document.querySelector("dialog.finder");
  const form = document.querySelector("form.search[data-client]");
  const link = document.querySelector("a.find");
  if (!form) return;
  const input = form.elements.q;

  const load = () => {
    const script = document.createElement("script");
    // What the search says to its files, and they to it.
    self.rutter ??= {};
    script.src = form.dataset.client;
    script.onload = () => rutter.mount(form);
    script.onerror = () => (form.parentElement.querySelector(".search-failed").hidden = false);
    document.head.append(script);
  };
  // A page that was asked for with a question answers it, in a tab behind others too.
  const question = dialog ? null : new URLSearchParams(location.search).get("q");
  if (question) {
    // What the client asks for first need not wait until it is there itself.
    const manifest = document.createElement("link");
    const href = `${form.dataset.root}search/${document.documentElement.lang}/manifest.js`;
    document.head.append(Object.assign(manifest, { rel: "preload", as: "script", href }));
    input.value = question;
    load();
    input.focus({ preventScroll: true });
  } else {
    input.addEventListener("focus", load, { once: true });
  }

  const open = () => {
    if (dialog && !dialog.open) dialog.showModal();
    input.focus();
    input.select();
  };
  const hasModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;
  link?.addEventListener("click", (event) => {
    if (!dialog || event.shiftKey || hasModifier(event)) return;
    event.preventDefault();
    open();
  });
  const isCommand = ({ key, ctrlKey, metaKey, altKey, shiftKey }) =>
    (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === "k";
  const isTyping = ({ target }) => target.closest?.("input, textarea, select, [contenteditable]");
  const isSlash = (event) => event.key === "/" && !hasModifier(event) && !isTyping(event);
  addEventListener("keydown", (event) => {
    if (event.isComposing || !(isCommand(event) || isSlash(event))) return;
    event.preventDefault();
    open();
  });
  dialog?.addEventListener("click", ({ target }) => target === dialog && dialog.close());
})();

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
    self.rutter = {};
    script.src = form.dataset.client;
    script.onload = () => rutter.mount(form);
    script.onerror = () => (form.parentElement.querySelector(".search-failed").hidden = false);
    document.head.append(script);
  };
  // A page that was asked for with a question answers it, in a tab behind others too.
  const question = dialog ? null : new URLSearchParams(location.search).get("q");
  if (question) {
    input.value = question;
    load();
    input.focus({ preventScroll: true });
  } else input.addEventListener("focus", load, { once: true });

  const open = () => {
    if (dialog && !dialog.open) dialog.showModal();
    input.focus();
    input.select();
  };
  link?.addEventListener("click", (event) => {
    if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  addEventListener("keydown", (event) => {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping;
    if (event.isComposing || !(isCommand || isSlash)) return;
    event.preventDefault();
    open();
  });
  dialog?.addEventListener("click", ({ target }) => target === dialog && dialog.close());
})();

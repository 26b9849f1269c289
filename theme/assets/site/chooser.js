// Marks the language that the reader's browser asks for. It leads nowhere by itself: an address
// that someone was given should show the same page to everyone.
(() => {
  const entries = [...document.querySelectorAll(".chooser > li")];
  const base = (tag) => tag.toLowerCase().split("-")[0];
  for (const tag of navigator.languages) {
    const entry =
      entries.find(({ lang }) => lang.toLowerCase() === tag.toLowerCase()) ??
      entries.find(({ lang }) => base(lang) === base(tag));
    if (!entry) continue;
    entry.classList.add("fits");
    entry.querySelector("a").focus({ preventScroll: true });
    return;
  }
})();

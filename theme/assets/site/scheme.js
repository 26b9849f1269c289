// The button that changes between light and dark.
(() => {
  const button = document.querySelector("button.scheme");
  if (!button) return;
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);

  const label = () => {
    const text = isDark() ? button.dataset.light : button.dataset.dark;
    button.setAttribute("aria-label", text);
    button.title = text;
  };

  button.addEventListener("click", () => {
    const scheme = isDark() ? "light" : "dark";
    // Back at the system's own choice, the page follows the system again.
    const isOwn = (scheme === "dark") !== system.matches;
    if (isOwn) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    try {
      if (isOwn) localStorage.setItem("rutter-scheme", scheme);
      else localStorage.removeItem("rutter-scheme");
    } catch {
      // It holds for this page only.
    }
    label();
  });
  system.addEventListener("change", label);
  label();
  button.hidden = false;
})();

// Before the first paint: the chosen colours, and a sign to the stylesheets that scripts run.
(() => {
  const root = document.documentElement;
  root.dataset.scripts = "";
  try {
    const scheme = localStorage.getItem("rutter-scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  } catch {
    // The browser keeps nothing for us: its own preference holds.
  }
})();

// The contents of a page: open where they stand beside it, closed where they stand in its way.
(() => {
  const contents = document.querySelector("details.contents");
  if (!contents) return;
  const isBeside = matchMedia("(width >= 75rem)");
  const fit = () => (contents.open = isBeside.matches);
  fit();
  isBeside.addEventListener("change", fit);
  document.documentElement.dataset.contents = "";
})();

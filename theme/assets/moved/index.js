// Leads on with the question and the anchor, which the plain refresh below this script would drop.
// What is behind the script is never read: a refresh already under way would win.
(() => {
  const { to } = document.currentScript.dataset;
  stop();
  location.replace(to + location.search + location.hash);
})();

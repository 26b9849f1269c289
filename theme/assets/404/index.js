// The page stands at any depth, of a site that may not know its address: the home page is looked for
// in the folders above, first in those where a folder of a language begins.
(async () => {
  const links = [...document.querySelectorAll("a[data-home]")];
  const folders = location.pathname.split("/").slice(0, -1);
  const roots = folders.map((_, depth) => ({ depth, path: folders.slice(0, depth + 1).join("/") + "/" }));
  const isLanguage = ({ depth }) => links.some((link) => link.dataset.home.split("/")[0] === folders[depth + 1]);
  const ordered = [...roots.filter(isLanguage), ...roots.filter((root) => !isLanguage(root))];
  for (const { path } of ordered) {
    // Behind the origin, so that a path that begins with two slashes names no other host.
    const home = (link) => location.origin + path + link.dataset.home;
    const answer = await fetch(home(links[0]), { method: "HEAD" }).catch(() => null);
    if (!answer?.ok) continue;
    for (const link of links) {
      link.href = home(link);
      link.parentElement.hidden = false;
    }
    return;
  }
})();

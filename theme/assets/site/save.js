// Files that scripts make of a page are called by its folder.
(() => {
  const name = () => location.pathname.split("/").filter((part) => part && part !== "index.html").at(-1);

  // For other scripts. `ending`: what stands behind the name of the page.
  (self.rutter ??= {}).save = (text, type, ending) => {
    const href = URL.createObjectURL(new Blob([text], { type }));
    Object.assign(document.createElement("a"), { href, download: name() + ending }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  };
})();

// A button beside each port and host that copies it.
(() => {
  const { sayCopy, sayCopied, sayFailed } = document.body.dataset;
  const status = document.querySelector(".status");
  if (!status) return;
  let forget;

  const say = (words, text, button) => {
    clearTimeout(forget);
    // The same words twice would not be announced.
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = words.replace("{}", text)));
    button.classList.toggle("done", words === sayCopied);
    forget = setTimeout(() => {
      status.textContent = "";
      button.classList.remove("done");
    }, 2500);
  };

  // Copies of the site on plain http have no clipboard; there the old way still works.
  const write = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    const before = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    before?.focus();
    if (!isCopied) throw new Error("not copied");
  };

  const copy = (text, button, name = text) =>
    write(text).then(
      () => say(sayCopied, name, button),
      () => say(sayFailed, name, button),
    );
  // For other scripts.
  (self.rutter ??= {}).copy = copy;

  for (const place of document.querySelectorAll("[data-copy]")) {
    // A range is typed with a hyphen, whatever its language writes between the numbers.
    const text = place.querySelector("code")?.textContent ?? place.textContent.match(/\d+/g).join("-");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.title = sayCopy.replace("{}", text);
    button.setAttribute("aria-label", button.title);
    button.addEventListener("click", () => copy(text, button));
    place.append(button);
  }
})();

// A button beside each port and host that copies it.
(() => {
  const { sayCopy, sayCopied, sayFailed, sayClose } = document.body.dataset;
  const status = document.querySelector(".status");
  if (!status) return;
  let forget;

  const say = (words, text, button) => {
    clearTimeout(forget);
    // The same words twice would not be announced.
    status.textContent = "";
    // What else is said here may not be for the eye.
    status.className = "status";
    const sentence = words.replace("{}", () => text);
    requestAnimationFrame(() => (status.textContent = sentence));
    button.classList.add("done");
    // A longer sentence is read longer.
    forget = setTimeout(() => {
      status.textContent = "";
      button.classList.remove("done");
    }, 2500 + 40 * Math.max(0, sentence.length - 40));
  };

  // Where the browser refuses, the reader still can: the text lies there, selected.
  const offer = (text, sentence) => {
    const element = (name, properties, ...children) => {
      const made = Object.assign(document.createElement(name), properties);
      made.append(...children);
      return made;
    };
    const rows = Math.min(10, text.split("\n").length + 1);
    const area = element("textarea", { readOnly: true, value: text, cols: 40, rows, ariaLabel: sentence });
    const form = element("form", { method: "dialog" }, element("button", {}, sayClose));
    const dialog = element("dialog", { ariaLabel: sentence, onclose: () => dialog.remove() });
    dialog.append(element("p", {}, sentence), area, form);
    document.body.append(dialog);
    dialog.showModal();
    area.select();
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

  // `name` is what was copied, in the sentence that says so.
  const copy = (text, button, name = text, words = sayCopied) =>
    write(text).then(
      () => say(words, name, button),
      () => offer(text, sayFailed.replace("{}", () => name)),
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

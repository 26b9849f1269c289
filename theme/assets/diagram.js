// In a picture: what the pointer or the keyboard is at stands out with its lines and their ends.
(() => {
  for (const svg of document.querySelectorAll(".diagram svg")) {
    const lines = [...svg.querySelectorAll("[data-ends]")];
    const node = (id) => svg.querySelector(`[data-node="${id}"]`);

    const light = (from) => {
      for (const lit of svg.querySelectorAll(".lit")) lit.classList.remove("lit");
      const at = from?.closest?.("[data-node], [data-ends]");
      svg.classList.toggle("lit", Boolean(at));
      if (!at) return;
      at.classList.add("lit");
      const { node: own, ends } = at.dataset;
      for (const line of lines) {
        const isOwn = ends ? line.dataset.ends === ends : line.dataset.ends.split(" ").includes(own);
        if (!isOwn) continue;
        line.classList.add("lit");
        for (const end of line.dataset.ends.split(" ")) node(end).classList.add("lit");
      }
    };

    svg.addEventListener("pointerover", (event) => light(event.target));
    svg.addEventListener("pointerleave", () => {
      const { activeElement } = document;
      light(svg.contains(activeElement) ? activeElement : null);
    });
    svg.addEventListener("focusin", (event) => light(event.target));
    svg.addEventListener("focusout", () => light(null));
  }
})();

// Where a reader is on a page, across a reload: how far down, and what stands open.
const KEY = "rutter:place";

// An element by the nearest name above it, which outlives changes elsewhere on the page.
const nameOf = (details) => {
  const owner = details.parentElement.closest("[id]");
  const among = [...(owner ?? document).querySelectorAll("details")];
  return `${owner?.id ?? ""} ${among.indexOf(details)}`;
};

export const keep = () => {
  const open = [...document.querySelectorAll("details")].map((details) => [nameOf(details), details.open]);
  const fields = [...document.querySelectorAll("input[name]:not([type=radio], [type=checkbox]), select[name]")].map(
    ({ name, value }) => [name, value],
  );
  const place = { path: location.pathname, x: scrollX, y: scrollY, open, fields, focus: document.activeElement?.id };
  sessionStorage.setItem(KEY, JSON.stringify(place));
};

const refill = (fields) => {
  for (const [name, value] of fields) {
    const field = document.querySelector(`[name="${CSS.escape(name)}"]`);
    if (!field || field.value === value) continue;
    field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
};

export const restore = () => {
  const place = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (place?.path !== location.pathname) return;
  refill(place.fields);
  const open = new Map(place.open);
  for (const details of document.querySelectorAll("details")) details.open = open.get(nameOf(details)) ?? details.open;
  if (place.focus) document.getElementById(place.focus)?.focus({ preventScroll: true });
  const scroll = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  scroll();
  // Rows fold when they are laid out, and a browser restores what it remembers, too.
  addEventListener("load", () => requestAnimationFrame(scroll));
};

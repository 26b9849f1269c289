// Rows take their true heights only once they are near, some of them frames later, and all that stands below moves:
// a row is met until it stays where it is, or its reader goes elsewhere.

const MOST_FRAMES = 60;
const STILL_FRAMES = 3;

let met;
const forgo = () => {
  met = undefined;
};
for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(kind, forgo, { passive: true });

const follow = (row, frames, still, before) => {
  if (met !== row) return;
  row.scrollIntoView({ block: "start" });
  const { top } = row.getBoundingClientRect();
  const left = top === before ? still - 1 : STILL_FRAMES;
  if (left && frames) requestAnimationFrame(() => follow(row, frames - 1, left, top));
};

/** Brings a row to the top of the window. */
export const meet = (row) => {
  met = row;
  follow(row, MOST_FRAMES, STILL_FRAMES);
};

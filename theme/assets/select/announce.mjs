// What became of a choice, for who does not see the page change.

const region = document.querySelector(".status");
let waiting;

// Said once the reader has come to rest, since ticking five boxes makes five states; gone before anybody comes
// upon it.
// Nobody sees it: it would lie on the rows, and the bar counts them.
export const announce = (sentence) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    region.className = "status aside";
    region.textContent = sentence;
    waiting = setTimeout(() => (region.textContent = ""), 2500);
  }, 500);
};

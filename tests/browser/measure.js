// Measures every picture of the pages given as arguments[0] as the browser draws it, and reports what
// overlaps. The pictures are taken into the page that is open, with its language and looks.
const [paths, done] = arguments;
const problems = [];
let measured = 0;

const overlap = (a, b) =>
  a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
const within = (a, b) =>
  a.left >= b.left - 0.5 && a.right <= b.right + 0.5 && a.top >= b.top - 0.5 && a.bottom <= b.bottom + 0.5;
const around = (boxes) => ({
  left: Math.min(...boxes.map((box) => box.left)),
  right: Math.max(...boxes.map((box) => box.right)),
  top: Math.min(...boxes.map((box) => box.top)),
  bottom: Math.max(...boxes.map((box) => box.bottom)),
});

const forPairs = (list, judgePair) => list.forEach((a, at) => list.slice(at + 1).forEach((b) => judgePair(a, b)));

// In the picture's own pixels, whatever its size on the screen.
const boxOf = (element) => {
  const { x, y, width, height } = element.getBBox();
  return { left: x, right: x + width, top: y, bottom: y + height, text: element.textContent.trim() };
};

// Each judge gets a picture and says what is wrong in it.
const judgeBoxes = (svg, say) => {
  for (const node of svg.querySelectorAll(".node")) {
    const room = boxOf(node.querySelector("rect"));
    const texts = [...node.querySelectorAll("text")].map(boxOf);
    for (const text of texts) if (!within(text, room)) say(`"${text.text}" does not fit its box`);
    // A font's box is higher than its letters; lines of one name may stand closer than that.
    for (const text of texts) {
      const air = (text.bottom - text.top) / 6;
      text.top += air;
      text.bottom -= air;
    }
    forPairs(texts, (a, b) => overlap(a, b) && say(`"${a.text}" lies on "${b.text}" in its box`));
  }
};

const judgeLabels = (nodes, labels, say) => {
  forPairs(labels, (a, b) => overlap(a, b) && say(`label "${a.text}" lies on label "${b.text}"`));
  for (const label of labels) {
    for (const node of nodes) if (overlap(label, node)) say(`label "${label.text}" lies on box "${node.text}"`);
  }
};

const judgeLine = (edge, nodes, labels, say) => {
  const { ends } = edge.dataset;
  const line = edge.querySelector("path");
  const points = [];
  const length = line.getTotalLength();
  for (let at = 0; at <= length; at += 4) points.push(line.getPointAtLength(at));
  const isIn = ({ x, y }, box) => x > box.left + 1 && x < box.right - 1 && y > box.top + 1 && y < box.bottom - 1;
  const meets = (box) => points.some((point) => isIn(point, box));
  for (const node of nodes) if (meets(node)) say(`line ${ends} runs through box "${node.text}"`);
  for (const label of labels) {
    const isOwn = label.ends === ends;
    if (isOwn !== meets(label)) say(`line ${ends} and label "${label.text}" of ${label.ends}`);
  }
};

const judgeArea = (area, say) => {
  const [title, frame] = ["text", "rect"].map((name) => boxOf(area.querySelector(name)));
  if (!within(title, frame)) say("the title of an area is wider than it");
};

const judge = (path, svg) => {
  const say = (what) => problems.push(`${path}: ${what}`);
  const nodes = [...svg.querySelectorAll(".node > rect")].map((rect) => ({ ...boxOf(rect), text: rect.parentNode.textContent.trim() }));
  const labels = [...svg.querySelectorAll(".label")].map((label) => ({
    ...around([...label.querySelectorAll("text")].map(boxOf)),
    ends: label.dataset.ends,
    text: label.textContent.trim().replace(/\s+/g, " "),
  }));
  judgeBoxes(svg, say);
  judgeLabels(nodes, labels, say);
  for (const edge of svg.querySelectorAll(".edge")) judgeLine(edge, nodes, labels, say);
  for (const area of svg.querySelectorAll(".area")) judgeArea(area, say);
  measured += nodes.length + labels.length;
};

(async () => {
  const parser = new DOMParser();
  for (const path of paths) {
    const page = parser.parseFromString(await (await fetch(path)).text(), "text/html");
    const figure = page.querySelector(".diagram");
    if (!figure) {
      problems.push(`${path} has no picture`);
      continue;
    }
    const shown = document.querySelector("main").appendChild(document.adoptNode(figure));
    judge(path, shown.querySelector("svg"));
    shown.remove();
  }
  done({ problems, measured });
})().catch((error) => done({ problems: [String(error)], measured }));

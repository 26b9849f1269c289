// Which declarations, selectors and media queries of the page's stylesheets this browser drops.

const isSelector = (text) => {
  try {
    document.querySelector(text);
    return true;
  } catch {
    return false;
  }
};

const isDeclaration = (text) => {
  const at = text.indexOf(":");
  return CSS.supports(text.slice(0, at).trim(), text.slice(at + 1).replace("!important", "").trim());
};

const isUnderstood = (text, mark) => {
  if (text.startsWith("@media")) return matchMedia(text.slice(6)).media !== "not all";
  if (text.startsWith("@")) return true;
  return mark === "{" ? isSelector(text) : isDeclaration(text);
};

// A string is one piece; so are brackets, whose ends are counted.
const TOKENS = /"(?:\\.|[^"])*"|url\([^)"]*\)|[(){};]|[^"(){};u]+|u/gs;

const dropped = new Set();
let count = 0;
const judge = (text, mark) => {
  if (!text) return;
  count += 1;
  if (!isUnderstood(text, mark)) dropped.add(text);
};

const judgeSheet = (sheet) => {
  let [text, depth] = ["", 0];
  for (const [token] of sheet.replace(/\/\*.*?\*\//gs, "").matchAll(TOKENS)) {
    depth += (token === "(") - (token === ")");
    if (depth || !/^[{};]$/.test(token)) {
      text += token;
    } else {
      judge(text.trim(), token);
      text = "";
    }
  }
};

const read = ({ href }) => fetch(href).then((answer) => answer.text());
return Promise.all([...document.styleSheets].map(read)).then((sheets) => {
  sheets.forEach(judgeSheet);
  return { count, dropped: [...dropped] };
});

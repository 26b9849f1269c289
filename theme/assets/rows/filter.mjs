// Which rows a reader's words name: every word must stand in the row; a port may lie in a range, an
// address in a block.

const number = (address) =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(address)
    ? address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)
    : null;

const inBlock = (address, text) => {
  const [base, length] = text.split("/");
  const [a, b] = [number(address), number(base)];
  if (a === null || b === null || length === undefined) return false;
  const size = 2 ** (32 - length);
  return Math.floor(a / size) === Math.floor(b / size);
};

const hasPort = (ports, port) =>
  ports.split(" ").some((one) => {
    if (one === "any") return true;
    const [first, last = first] = one.split("-").map(Number);
    return first <= port && port <= last;
  });

/** Whether a row answers to all words of a question. */
export const answers = (row, question) => {
  const text = row.textContent.toLowerCase();
  const blocks = [...row.querySelectorAll("code")].map((code) => code.textContent);
  const has = (word) => {
    const port = /^(\d{1,5})(?:\/\w+)?$/.exec(word)?.[1];
    if (port) return hasPort(row.dataset.ports, Number(port));
    return text.includes(word) || blocks.some((block) => inBlock(word, block));
  };
  return question.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).every(has);
};

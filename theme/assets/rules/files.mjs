// The files of a format: its documents with rules, definitions and what is left.
import { fill } from "./pattern.mjs";

const trailer = ({ format, words, say, common }, left) => {
  const { line = "", sep = "\n", none = "" } = format.trailer ?? {};
  const all = left.map(({ reason, flow, what }) => {
    const sentence = format.charset === "ascii" ? "" : words.reasons[reason] ?? "";
    return fill(line, { reason, flow, what: say(what), text: say(sentence.replaceAll("{}", () => what)) }, common);
  });
  return left.length ? all.join(sep) : fill(none, common);
};

const holesOfFile = (job, rules, left, common) => {
  const { format, closed, objects } = job;
  const holes = { trailer: trailer(job, left), "trailer-count": left.length };
  for (const kind of ["address", "service", "named"]) holes[`${kind}-definitions`] = objects[kind].join("\n");
  for (const list of ["rules", "in", "out", "forward"]) {
    // What stands at the end of a list, or in an empty one, may be one text for all lists.
    const add = (table) => {
      const text = table?.[list] ?? table?.text;
      if (text !== undefined) texts.push(fill(text, common));
    };
    let texts = rules.filter(({ dir }) => list === "rules" || dir === list).map(({ text }) => text);
    holes[`${list}-count`] = texts.length;
    if (format["unique-lines"]) texts = [...new Set(texts.flatMap((text) => text.split("\n")))];
    if (closed) add(format.close);
    if (!texts.length) add(format.empty);
    holes[list] = texts.join(format.sep ?? "\n");
  }
  return holes;
};

/** @returns {{ name: string, text: string, count: number }[]} */
export const filesOf = (job, rules, left) => job.format.file.flatMap((file) => {
  const { side = job.sideKind, closed = job.closed, family = "" } = file;
  const own = rules.filter((rule) => !family || (rule.family ?? family) === family);
  const isEmpty = file["unless-empty"] && !own.length;
  if (side !== job.sideKind || closed !== job.closed || isEmpty) return [];
  const { eol, bom } = job.format;
  const common = { ...job.common, family };
  const text = fill(file.document, holesOfFile(job, own, left, common), common);
  const lines = eol === "crlf" ? text.replaceAll("\n", "\r\n") : text;
  return [{ name: fill(file.name, common), text: (bom ? "\uFEFF" : "") + lines, count: own.length }];
});

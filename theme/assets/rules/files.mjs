// The files of a format: its documents with rules, definitions and what is left.
import { fill, saidBy } from "./pattern.mjs";

/** Rules by the lists that documents have of them. */
export const listsOf = (rules) => {
  const lists = { rules, in: [], out: [], forward: [] };
  rules.forEach((rule) => lists[rule.dir].push(rule));
  return Object.entries(lists);
};

const trailer = ({ format, words, say, common }, left) => {
  const { line = "", sep = "\n", none = "" } = format.trailer ?? {};
  return left.map(({ reason, flow, what }) => {
    const sentence = format.charset === "ascii" ? "" : saidBy(words.reasons, reason) ?? "";
    return fill(line, {
      __proto__: common, reason, flow, what: say(what), text: say(sentence.replaceAll("{}", () => what)),
    });
  }).join(sep) || none;
};

const holesOfFile = (job, rules, left, common) => {
  const { format, closed, objects } = job;
  const holes = { __proto__: common, trailer: trailer(job, left), "trailer-count": left.length };
  for (const kind of ["address", "service", "named"]) holes[`${kind}-definitions`] = objects[kind].join("\n");
  for (const [list, own] of listsOf(rules)) {
    // What stands at the end of a list, or in an empty one, may be one text for all lists.
    const add = (table) => {
      const text = saidBy(table, list) ?? saidBy(table, "text");
      if (text !== undefined) texts.push(fill(text, common));
    };
    let texts = own.map(({ text }) => text);
    if (format["unique-lines"]) texts = [...new Set(texts.flatMap((text) => text.split("\n")))];
    if (closed) add(format.close);
    if (!texts.length) add(format.empty);
    holes[list] = texts.join(format.sep ?? "\n");
    holes[`${list}-count`] = own.length;
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
  const common = { __proto__: job.common, family };
  const text = fill(file.document, holesOfFile(job, own, left, common));
  const lines = eol === "crlf" ? text.replaceAll("\n", "\r\n") : text;
  return [{ name: fill(file.name, common), text: (bom ? "\uFEFF" : "") + lines, count: own.length }];
});

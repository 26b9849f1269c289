// The files of a format: its documents with rules, definitions and what is left.
import { fill, saidBy } from "./pattern.mjs";

const LISTS = ["rules", "in", "out", "forward"];

const ofList = (rules, list) => rules.filter(({ dir }) => list === "rules" || dir === list);

/** How many there are, of each direction too. */
export const countsOf = (rules) => Object.fromEntries(LISTS.map((list) => [list, ofList(rules, list).length]));

// What stands behind all rules of a list may be one text for all lists.
const closing = (table, list, common) =>
  [saidBy(table, list) ?? saidBy(table, "text")].filter((text) => text !== undefined).map((text) => fill(text, common));

const listText = ({ format, closed }, rules, list, common) => {
  const texts = ofList(rules, list).map(({ text }) => text);
  const lines = format["unique-lines"] ? [...new Set(texts.flatMap((text) => text.split("\n")))] : texts;
  const all = [...lines, ...closed ? closing(format.close, list, common) : []];
  return (all.length ? all : closing(format.empty, list, common)).join(format.sep ?? "\n");
};

const trailer = ({ format, words, say, common }, left) => {
  const { line = "", sep = "\n", none = "" } = format.trailer ?? {};
  const sentence = (reason, what) => (saidBy(words.reasons, reason) ?? "").replaceAll("{}", () => what);
  const lineOf = ({ reason, flow, what }) => {
    const text = format.charset === "ascii" ? "" : say(sentence(reason, what));
    return fill(line, { reason, flow, what: say(what), text }, common);
  };
  return left.length ? left.map(lineOf).join(sep) : none;
};

const holesOfFile = (job, rules, left, common) => {
  const counts = Object.entries({ ...countsOf(rules), trailer: left.length });
  const { address, service, named } = job.objects;
  return {
    ...Object.fromEntries(LISTS.map((list) => [list, listText(job, rules, list, common)])),
    ...Object.fromEntries(counts.map(([list, count]) => [`${list}-count`, count])),
    ...Object.fromEntries(Object.entries({ address, service, named }).map(([kind, list]) => [`${kind}-definitions`, list.join("\n")])),
    trailer: trailer(job, left),
  };
};

/** @returns {{ name: string, text: string, count: number }[]} */
export const filesOf = (job, rules, left) => job.format.file.flatMap((file) => {
  const { side = job.sideKind, closed = job.closed, family } = file;
  const own = rules.filter((rule) => !family || [undefined, family].includes(rule.family));
  const isEmpty = file["unless-empty"] && !own.length;
  if (side !== job.sideKind || closed !== job.closed || isEmpty) return [];
  const { eol, bom } = job.format;
  const common = { ...job.common, family: family ?? "" };
  const text = fill(file.document, holesOfFile(job, own, left, common), common);
  const lines = eol === "crlf" ? text.replaceAll("\n", "\r\n") : text;
  return [{ name: fill(file.name, common), text: (bom ? "\uFEFF" : "") + lines, count: own.length }];
});

// Atoms in the language of a firewall. `src/rules/emit.rs` writes the same bytes; `docs/rules.md` describes formats.
import { localId } from "./endpoints.mjs";
import { escaped } from "./escape.mjs";
import { countsOf, filesOf } from "./files.mjs";
import { leftList } from "./lower.mjs";
import { commentOf, namer } from "./names.mjs";
import { fill, saidBy } from "./pattern.mjs";
import { ruleText } from "./render.mjs";
import { rulesOf } from "./split.mjs";

/**
 * @typedef {object} Context
 * @property {object} facts Those of `lower`.
 * @property {object} words `product`, `versions`, `own`, and by ids or keys `scenarios`, `components`, `purposes`,
 *   `reasons` (with `{}` where `what` stands) and `t`.
 * @property {{ kind: string, component?: string }} side
 * @property {string} [scenario]
 * @property {boolean} [closed] Whether the rest is denied.
 * @property {Object<string, string>} [settings]
 * @property {string} format Its name.
 */

// What is no word of the set of a setting is not taken.
const settingsOf = ({ setting = {} }, { settings }) =>
  Object.fromEntries(Object.entries(setting).map(([name, { default: given, allow }]) => {
    const own = saidBy(settings, name) ?? given;
    return [name, new RegExp(`^${allow}+$`, "u").test(own) ? own : given];
  }));

// What holes say in all files and rules.
const commonOf = (format, context, say) => {
  const { facts, words, side, closed, scenario } = context;
  const isAscii = format.charset === "ascii";
  const local = side.kind === "host" ? localId(side.component) : "gateway";
  const title = isAscii ? scenario || "own-selection" : say(saidBy(words.scenarios, scenario) ?? words.own);
  return {
    ...settingsOf(format, context), fingerprint: facts.fingerprint, local, format: context.format, scenario: title,
    ...Object.fromEntries(Object.entries(words.t).map(([name, text]) => [`t.${name}`, say(text)])),
    product: isAscii ? facts.product : say(words.product), versions: say((words.versions ?? facts.versions).join(", ")),
    side: side.kind === "host" ? `host:${local}` : side.kind, slug: `${facts.product}-${scenario || "own"}`,
    policy: saidBy(format.policy, closed ? "closed" : "open") ?? "",
  };
};

// Those that would be written alike are one.
const merged = (job, atoms, leave) => {
  const drafts = new Map();
  for (const atom of atoms) {
    const tell = (reason, what) => leave(reason, { id: atom.flow }, what);
    for (const rule of rulesOf(job.format, atom, tell)) {
      const draft = { ...rule, id: "", n: "", comment: "", flows: new Set() };
      const text = ruleText(job, draft, tell);
      const key = JSON.stringify([draft.dir, draft.family, text]);
      if (text !== undefined) drafts.set(key, drafts.get(key) ?? draft).get(key).flows.add(atom.flow);
    }
  }
  return [...drafts.values()];
};

// With their numbers, as far as a format counts.
const numbered = ({ format: { number } }, drafts, leave) => {
  if (!number) return drafts;
  const { start, step, max, per } = number;
  const counts = {};
  return drafts.flatMap((draft) => {
    const list = per === "direction" ? draft.dir : "all";
    const next = start + step * (counts[list] ??= 0);
    counts[list] += 1;
    if (next <= max) return [{ ...draft, n: next }];
    draft.flows.forEach((id) => leave("limit", { id }, `${max}`));
    return [];
  });
};

/** @returns {{ files: { name: string, text: string, count: number }[], container?: string, left: object[], counts: object }} */
export const emit = (format, context, atoms, earlier) => {
  const { left, leave } = leftList(earlier);
  const say = (text) => escaped(format.escape, text);
  const sideKind = context.side.kind === "host" ? "host" : "gateway";
  const common = commonOf(format, context, say);
  const job = { format, words: context.words, say, common, sideKind, closed: !!context.closed };
  const drafts = numbered(job, merged(job, atoms, leave), leave);
  const takeId = namer(format.name);
  job.objects = { names: new Map(), take: namer(format.name), address: [], service: [], named: [] };
  const rules = drafts.map((draft) => {
    const flows = [...draft.flows];
    const labels = { id: takeId(localId(flows[0])), comment: commentOf(flows, format.comment?.max) };
    return { ...draft, text: ruleText(job, { ...draft, ...labels }) };
  });
  const container = format.container && fill(format.container, common);
  return { files: filesOf(job, rules, left), container, left, counts: { ...countsOf(rules), left: left.length } };
};

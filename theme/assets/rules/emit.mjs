// Atoms in the language of a firewall. `src/rules/emit.rs` writes the same bytes; `docs/rules.md` describes formats.
import { localId } from "./endpoints.mjs";
import { escaped } from "./escape.mjs";
import { filesOf } from "./files.mjs";
import { leftList } from "./lower.mjs";
import { commentOf, namer } from "./names.mjs";
import { fill } from "./pattern.mjs";
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
 * @property {Object<string, string>} [settings] Words that the format takes (`readSetting` of `../typed/`).
 * @property {string} format Its name.
 */

// What holes say in all files and rules.
const commonOf = (format, { facts, words, side, ...context }, say) => {
  const { component, kind } = side;
  const id = context.scenario || "own-selection";
  const local = localId(component ?? "gateway");
  // `iptables-restore` and Squid take no line of several thousand bytes, not even a remark.
  const titles = [words.product, words.scenarios[id] ?? words.own].map((title) => say([...title].slice(0, 200).join("")));
  const [product, scenario] = format.charset === "ascii" ? [facts.product, id] : titles;
  return {
    ...Object.fromEntries(Object.entries(format.setting ?? {}).map(([name, own]) => [name, own.default])),
    ...context.settings,
    ...Object.fromEntries(Object.entries(words.t).map(([name, text]) => [`t.${name}`, say(text)])),
    local, product, scenario, slug: `${facts.product}-${context.scenario || "own"}`, format: context.format, fingerprint: facts.fingerprint,
    versions: say(facts.versions.join(", ")), side: component ? `${kind}:${local}` : kind,
  };
};

// The rules, of those that would be written alike one.
const merged = (job, atoms, leave) => {
  const drafts = new Map();
  for (const atom of atoms) {
    const leaveOf = (reason, what) => leave(reason, atom.flow, what);
    for (const rule of rulesOf(job.format, atom, leaveOf)) {
      const draft = { ...rule, id: "", n: "", comment: "", flows: new Set() };
      const text = ruleText(job, draft, leaveOf);
      const key = `${draft.dir} ${draft.family} ${text}`;
      if (text !== undefined) drafts.set(key, drafts.get(key) ?? draft).get(key).flows.add(atom.flow);
    }
  }
  return [...drafts.values()];
};

// With their numbers, as far as a format counts.
const numbered = ({ number }, drafts, leave) => {
  if (!number) return drafts;
  const { start, step, max, per } = number;
  const next = {};
  return drafts.filter((draft) => {
    const list = per === "direction" ? draft.dir : "all";
    draft.n = next[list] ?? start;
    next[list] = draft.n + step;
    if (draft.n > max) draft.flows.forEach((flow) => leave("limit", flow, `${max}`));
    return draft.n <= max;
  });
};

/**
 * @returns {{ files: { name: string, text: string, count: number }[], container?: string, left: object[],
 *   counts: object }}
 */
export const emit = (format, context, atoms, earlier) => {
  const { left, leave } = leftList(earlier);
  const { words, side: { kind }, closed } = context;
  const say = (text) => escaped(format.escape, text);
  const common = commonOf(format, context, say);
  common.policy = fill(format.policy?.[closed ? "closed" : "open"] ?? "", common);
  const job = { format, words, say, common, sideKind: kind.replace("-all", ""), closed: !!closed };
  const drafts = numbered(format, merged(job, atoms, leave), leave);
  const takeId = namer(format.name);
  job.objects = { names: new Map(), take: namer(format.name), address: [], service: [], named: [] };
  for (const draft of drafts) {
    const flows = [...draft.flows];
    draft.id = takeId(localId(flows[0]));
    draft.comment = commentOf(flows, format.comment?.max);
    draft.text = ruleText(job, draft);
  }
  const container = format.container && fill(format.container, common);
  const all = [...left.values()];
  return { files: filesOf(job, drafts, all), container, left: all, counts: { rules: drafts.length, left: all.length } };
};

// Selections → rules, and what a reader could still give for them.

const localId = (key) => key.slice(key.lastIndexOf("/") + 1);

const requestOf = ({ selection, every }, side, { addresses, values, isKept }) =>
  ({ selection, side, openAll: every, values, addresses, keepPublished: isKept });

// A scenario as it is; what differs from one is a selection of the reader's own.
const scenarioOf = (page, [{ scenario, selection }, other]) => {
  const id = page.scenarios[scenario]?.id;
  return !other && id && rutter.selection.write(page, { scenario, selection }) === `#!s=${id}` ? id : undefined;
};

const wordsOf = (facts, taken, scenario) => {
  const { own, any, reasons, t } = rutter.ruleWords[document.documentElement.lang];
  const names = Object.keys(facts.components).filter((key) => taken.parties[localId(key)]);
  const title = document.querySelector(".environment [name=s]")?.selectedOptions[0].text;
  return {
    product: taken.words.product, own, reasons, t, scenarios: scenario ? { [scenario]: title } : {},
    components: { any, ...Object.fromEntries(names.map((key) => [key, taken.parties[localId(key)]])) },
    purposes: Object.fromEntries(facts.flows.map(({ id }) => [id, taken.flows[localId(id)]?.shared.purpose ?? ""])),
  };
};

/** `deployments`: of each its selection and what was typed for it. */
export const rulesOf = (page, taken, deployments, { side, format, closed, settings }) => {
  const facts = rutter.ruleFacts[page.product];
  const lowered = deployments.map((one) => {
    const decided = rutter.selection.select(page, one.selection);
    return rutter.rules.lower(facts, page, decided, requestOf(one, side, one.read));
  });
  const scenario = scenarioOf(page, deployments);
  const context = { facts, words: wordsOf(facts, taken, scenario), side, scenario, closed, settings, format };
  const [atoms, left] = ["atoms", "left"].map((list) => lowered.flatMap((one) => one[list]));
  return { ...rutter.rules.emit(rutter.ruleFormats[format], context, atoms, left), unwritten: left };
};

// With an address of each and a port of each, what is matched says for which of them it matters.
const probe = (facts, page, deployment, side) => {
  const addresses = Object.fromEntries(page.parties.map(({ id }) => [id, [{ k: "fqdn", v: id }]]));
  const values = Object.fromEntries(page.flows.map(({ id }) => [id, [[1, 1]]]));
  const decided = rutter.selection.select(page, deployment.selection);
  const { atoms } = rutter.rules.lower(facts, page, decided, requestOf(deployment, side, { addresses, values }));
  return { atoms, decided: decided.flows };
};

// Whether an end has no address unless its reader gives one.
const isBare = ({ kind, list }, states) => kind !== "any" && (kind !== "list" ||
  !list.some(({ k: own }, at) => own !== "template" && states[at] !== "out"));

const hasSet = ({ lines }) => lines.flat().some(([port]) => port === "configured");

/** Components whose addresses these rules hold, and flows whose ports a reader has set. */
export const needsOf = (page, deployments, side) => {
  const facts = rutter.ruleFacts[page.product];
  const [needed, published, ports] = [new Set(), new Set(), new Set()];
  for (const deployment of deployments) {
    const { atoms, decided } = probe(facts, page, deployment, side);
    for (const { flow: key, src, dst } of atoms) {
      const at = facts.flows.findIndex(({ id }) => id === key);
      const flow = facts.flows[at];
      if (hasSet(flow)) ports.add(localId(key));
      const ends = [[src, flow.from_hosts, decided[at].fromHosts], [dst, flow.hosts, decided[at].hosts]];
      for (const [list, hosts, states] of ends) {
        const parties = list.filter(({ k: kind }) => kind === "fqdn").map(({ v: id }) => id);
        parties.forEach((id) => (isBare(hosts, states) ? needed : published).add(id));
      }
    }
  }
  const ids = page.parties.map(({ id }) => id);
  return {
    needed: ids.filter((id) => needed.has(id)),
    published: ids.filter((id) => published.has(id) && !needed.has(id)),
    ports: page.flows.map(({ id }) => id).filter((id) => ports.has(id)),
  };
};

/** Of what one is enough, and nothing is chosen, or something is: groups of ways, and flows with several lines. */
export const picksOf = (page, { picks }, left) => {
  const firsts = (group) => group.map(([first]) => page.flows[first].id);
  const isLeft = (reason, what) => left.some((one) => one.reason === reason && one.what === what);
  const groups = page.groups.map((group, at) => ({ key: `k${at}`, ids: firsts(group), group }))
    .filter(({ ids }) => ids.some((id) => picks.has(id)) || isLeft("one-of", ids.join()));
  const lines = page.flows.filter(({ one }) => one).map(({ id, lines: all }) =>
    ({ key: id, flow: id, ids: all.map(({ key }) => `${id}.${key}`) }));
  const isOpen = ({ flow, ids }) => ids.some((id) => picks.has(id)) ||
    left.some(({ reason, flow: key }) => reason === "one-line" && localId(key) === flow);
  return [...groups, ...lines.filter(isOpen)];
};

// What a reader takes along: a link, a file, a sheet to sign. What makes the last two is loaded when it is asked for.

const actions = document.querySelector(".actions");

let selected;

// A view may bring a style sheet of its own.
const load = (src) => new Promise((onload, onerror) => {
  const [name, about] = src.endsWith(".css") ? ["link", { rel: "stylesheet", href: src }] : ["script", { src }];
  document.head.append(Object.assign(document.createElement(name), { ...about, onload, onerror }));
});
// Each once; whoever asks again for what failed tries again.
const loading = new Map();
const loadOnce = (src) => {
  if (!loading.has(src)) loading.set(src, load(src));
  return loading.get(src).catch((error) => {
    loading.delete(src);
    throw error;
  });
};
const buttonOf = (name) => actions.querySelector(`[name=${name}]`);
// The words of the rows, and what a button needs to make something of them.
const whenLoaded = async (name) => {
  try {
    await Promise.all(`${actions.dataset.take} ${buttonOf(name).dataset.by}`.split(" ").map(loadOnce));
    return true;
  } catch {
    const { failed = actions.dataset.failed } = buttonOf(name).dataset;
    Object.assign(document.querySelector(".status"), { className: "status", textContent: failed });
    return false;
  }
};

// Where nothing can be chosen, all rows are taken.
const subjects = () => (selected
  ? [{ facts: selected.facts, flows: selected.flows, state: selected.state, selection: selected.state.selection }]
  : rutter.facts.map((facts) => ({ facts })));

// What takes the place of the page, by its button, and who shows it.
const VIEWS = { request: "request", rules: "ruleView" };
const isShown = (name) => selected?.state.view === name && buttonOf(name);

const view = (name) => document.dispatchEvent(new CustomEvent("rutter:view", { detail: name }));
const leave = () => {
  const button = buttonOf(selected.state.view);
  view();
  button.focus();
};

const turn = () => Object.entries(VIEWS).forEach(async ([name, script]) => {
  if (!isShown(name)) rutter[script]?.hide();
  // By the time it is there, the reader may have gone on.
  else if (await whenLoaded(name) && isShown(name)) rutter[script].show(subjects(), leave);
});

if (actions) {
  const on = (name, act) => {
    const button = buttonOf(name);
    button?.addEventListener("click", () => act(button));
  };
  // An address is that of an environment; how somebody looks at its rows just now is no part of it, as it is none of
  // the request.
  on("link", (button) => {
    const { copied, filtered } = button.dataset;
    const isFiltered = document.documentElement.hasAttribute("data-filtered");
    rutter.copy(location.href, button, copied, isFiltered ? filtered : undefined);
  });
  on("csv", async () => await whenLoaded("csv") && rutter.csv.save(subjects()));
  for (const name of Object.keys(VIEWS)) on(name, () => view(name));
  document.addEventListener("rutter:selection", ({ detail }) => {
    selected = detail;
    turn();
  });
  addEventListener("keydown", ({ key }) => key === "Escape" && document.documentElement.dataset.view && leave());
}

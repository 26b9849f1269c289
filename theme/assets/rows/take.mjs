// What a reader takes along: a link, a file, a sheet to sign. What makes the last two is loaded when it is asked for.

const actions = document.querySelector(".actions");

let selected;

const load = (src) => new Promise((onload, onerror) => {
  document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
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
    await Promise.all([...actions.dataset.take.split(" "), buttonOf(name).dataset.by].map(loadOnce));
    return true;
  } catch {
    Object.assign(document.querySelector(".status"), { className: "status", textContent: actions.dataset.failed });
    return false;
  }
};

// Where nothing can be chosen, all rows are taken.
const subjects = () => (selected
  ? [{ facts: selected.facts, flows: selected.flows, selection: selected.state.selection }]
  : rutter.facts.map((facts) => ({ facts })));

const isSheet = () => selected?.state.view === "request";

const view = (name) => document.dispatchEvent(new CustomEvent("rutter:view", { detail: name }));
const leave = () => {
  view();
  buttonOf("request").focus();
};

const turn = async () => {
  if (!isSheet()) return rutter.request?.hide();
  // By the time it is there, the reader may have gone on.
  if (await whenLoaded("request") && isSheet()) rutter.request.show(subjects(), leave);
  return undefined;
};

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
  on("request", () => view("request"));
  document.addEventListener("rutter:selection", ({ detail }) => {
    selected = detail;
    turn();
  });
  addEventListener("keydown", ({ key }) => key === "Escape" && document.documentElement.dataset.view && leave());
}

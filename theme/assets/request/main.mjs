// A file and a sheet of the rows of a page, for who asks for firewall rules.
import { csv } from "./csv.mjs";
import { sheet } from "./sheet.mjs";

const root = document.documentElement;

// Rows of several products on one page are told apart by their product.
const rowOf = ({ product }, { id }) => document.getElementById(id) ?? document.getElementById(`${product}--${id}`);
const whyOf = (facts, flow) => rowOf(facts, flow)?.querySelector(".why")?.textContent;

// All of them, or as they are shown: without those that filters hide.
const onPage = (subjects, wanted = "*") => subjects.map((subject) => ({
  ...subject,
  isShown: (flow) => !flow.elsewhere && rowOf(subject.facts, flow)?.matches(wanted),
}));
const takensOf = (subjects) => subjects.map(({ facts }) => rutter.taken[facts.product]);

const save = (subjects) => {
  const text = csv(onPage(subjects, ":not([hidden])"), takensOf(subjects));
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const download = `${subjects.map(({ facts }) => facts.product).join("-")}-selection.csv`;
  Object.assign(document.createElement("a"), { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
};

let shown;
const hide = () => {
  shown?.remove();
  shown = undefined;
  delete root.dataset.view;
};

const show = (subjects, leave) => {
  const isNew = !shown;
  hide();
  shown = sheet(onPage(subjects), takensOf(subjects), whyOf, leave);
  root.dataset.view = "request";
  document.querySelector("main").append(shown);
  if (!isNew) return;
  scrollTo(0, 0);
  shown.querySelector("h1").focus();
};

rutter.request = { save, show, hide };

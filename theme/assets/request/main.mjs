// A sheet of the rows of a page, for who asks for firewall rules.
import { onPage, takensOf, whyOf } from "./page.mjs";
import { sheet } from "./sheet.mjs";

const root = document.documentElement;

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

rutter.request = { show, hide };

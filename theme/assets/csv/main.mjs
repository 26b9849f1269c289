// A file of the rows of a page as they are shown: without those that filters hide.
import { onPage, takensOf } from "../request/page.mjs";
import { csv } from "./csv.mjs";

const save = (subjects) => {
  const text = csv(onPage(subjects, ":not([hidden])"), takensOf(subjects));
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const download = `${subjects.map(({ facts }) => facts.product).join("-")}-selection.csv`;
  Object.assign(document.createElement("a"), { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
};

rutter.csv = { save };

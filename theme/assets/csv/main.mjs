// A file of the rows of a page as they are shown: without those that filters hide.
import { onPage, takensOf } from "../request/page.mjs";
import { csv } from "./csv.mjs";

const save = (subjects) => {
  const text = csv(onPage(subjects, ":not([hidden])"), takensOf(subjects));
  // Where nothing can be chosen, it is the table.
  const isSelection = subjects.some(({ selection }) => selection);
  rutter.save(text, "text/csv;charset=utf-8", isSelection ? "-selection.csv" : ".csv");
};

rutter.csv = { save };

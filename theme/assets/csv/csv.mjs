// What is left as CSV (RFC 4180): the columns of `flows.csv`, one record per port, transport and address.

import { left } from "../request/left.mjs";

// A cell that a spreadsheet takes for text, never for a formula: `inert` of `src/render/page/table.rs`.
const inert = (cell) => {
  const [first = ""] = cell;
  return /[=+\-@\t\r\n]/.test(first.normalize("NFKC")) || first === "\u2212" ? `'${cell}` : cell;
};

const written = (cells, separator) => {
  const quoted = (cell) => (/["\r\n]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll("\"", "\"\"")}"` : cell);
  return `${cells.map((cell) => quoted(inert(cell))).join(separator)}\r\n`;
};

const record = ({ shared, marks, opener, listener }, { open, ...cells }) => ({
  ...shared, port_last: cells.port_first, ...cells, from: opener, to: listener, marks: [open, ...marks].filter(Boolean).join("\n"),
});

/** The file: of several products, one behind the other. */
export const csv = (subjects, takens) => {
  const [{ columns, separator }] = takens;
  const lines = subjects.flatMap((subject, at) => left(subject, takens[at]))
    .flatMap((row) => row.records.map((cells) => record(row, cells)))
    .map((cells) => written(columns.map((column) => cells[column] ?? ""), separator));
  return `\uFEFF${written(columns, separator)}${lines.join("")}`;
};

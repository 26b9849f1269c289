// Rows from the other side are no tables to every program that reads a small screen. Their captions are headings,
// which a table may hold only as long as nothing calls it one.
import { giveRoles } from "../rows/roles.mjs";

for (const { tHead, tBodies } of document.querySelectorAll("table.uses")) [tHead, ...tBodies].forEach(giveRoles);

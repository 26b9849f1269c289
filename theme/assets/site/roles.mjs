// Rows from the other side are no tables to every program that reads a small screen.
import { giveRoles } from "../rows/roles.mjs";

document.querySelectorAll("table.uses").forEach(giveRoles);

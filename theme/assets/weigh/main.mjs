// What a selection decides, for the other scripts of a page: one copy of it for all that show or take it.
import { preset, read, write } from "./address.mjs";
import { chosen, select, weigh } from "./weigh.mjs";

(self.rutter ??= {}).selection = { chosen, preset, read, select, weigh, write };

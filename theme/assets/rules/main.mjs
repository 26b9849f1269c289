// Firewall rules of a selection, for the scripts of a page that asks for them.
import { emit } from "./emit.mjs";
import { lower } from "./lower.mjs";

(self.rutter ??= {}).rules = { emit, lower };

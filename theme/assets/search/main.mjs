// What the search shows to others: to `finder.js`, which mounts it, and to the files of an index.
// Its answers can be had without a box, too.

import { mount } from "./box.mjs";
import { take } from "./files.mjs";
import { Index } from "./index.mjs";

Object.assign(rutter, { Index, mount, take });

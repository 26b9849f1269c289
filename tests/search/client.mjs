// The client of a built site over its index on disk: `load(site)` gives `index(tag)`.
import { readFileSync, readdirSync } from "node:fs";
import { runInThisContext } from "node:vm";

export const load = (site) => {
  globalThis.rutter = {
    load: async (url) => {
      const [path] = url.split("?");
      rutter.loaded?.push(path);
      runInThisContext(readFileSync(path, "utf8"), { filename: path });
    },
  };
  const asset = readdirSync(`${site}/assets`).find((name) => /^search\.\w+\.js$/.test(name));
  runInThisContext(readFileSync(`${site}/assets/${asset}`, "utf8"), { filename: asset });
  return (tag) => new rutter.Index(`${site}/`, tag);
};

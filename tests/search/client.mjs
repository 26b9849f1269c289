// The theme's client over an index on disk: `load(site)` gives `index(tag)`.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";


export const load = (site) => {
  globalThis.rutter = {
    load: async (url) => {
      const [path] = url.split("?");
      rutter.loaded?.push(path);
      runInThisContext(readFileSync(path, "utf8"), { filename: path });
    },
  };
  for (const name of ["words.js", "index.js"]) {
    const asset = new URL(`../../theme/assets/search/${name}`, import.meta.url);
    runInThisContext(readFileSync(asset, "utf8"), { filename: asset.pathname });
  }
  return (tag) => new rutter.Index(`${site}/`, tag);
};

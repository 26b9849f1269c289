// What a reader loads for a first answer, and how long a query takes once its files are there.
// Arguments: folders of built sites. Each query begins with nothing loaded; sizes are gzip's, level 6
// as servers send, with the client.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { load } from "../../tests/search/client.mjs";

const queries = JSON.parse(readFileSync(new URL("queries.json", import.meta.url), "utf8"));
const sizes = new Map();
const size = (path) => sizes.get(path) ?? sizes.set(path, gzipSync(readFileSync(path), { level: 6 }).length).get(path);
const median = (list) => list.slice().sort((a, b) => a - b)[Math.floor(list.length / 2)];
const worst = (list, name) => list.reduce((a, b) => (b[name] > a[name] ? b : a));

// One query, with nothing loaded, then five times with all its files there.
const measure = async (index, query) => {
  rutter.loaded = [];
  const { total, others } = await index.search(query, 8);
  const { loaded } = rutter;
  const times = [];
  for (let turn = 0; turn < 5; turn++) {
    const start = performance.now();
    await index.search(query, 8);
    times.push(performance.now() - start);
  }
  const bytes = loaded.reduce((sum, path) => sum + size(path), 0);
  return { query, bytes, files: loaded.length + 1, time: median(times), found: total + others };
};

const report = (name, runs) => {
  const [largest, slowest] = [worst(runs, "bytes"), worst(runs, "time")];
  const kib = (bytes) => (bytes / 1024).toFixed(1);
  const all = (field) => runs.map((run) => run[field]);
  console.log(`${name}: ${runs.length} queries, ${runs.filter(({ found }) => found).length} answered`);
  console.log(`  first answer: median ${kib(median(all("bytes")))} KiB in ${median(all("files"))} files, worst ${kib(largest.bytes)} KiB in ${largest.files} (${largest.query})`);
  console.log(`  query: median ${median(all("time")).toFixed(1)} ms, worst ${slowest.time.toFixed(1)} ms (${slowest.query})`);
};

for (const site of process.argv.slice(2)) {
  const index = load(site);
  const script = readdirSync(`${site}/assets`).find((name) => /^search\.\w+\.js$/.test(name));
  const client = size(`${site}/assets/${script}`);
  for (const tag in queries) {
    const runs = [];
    for (const query of queries[tag]) {
      const run = await measure(index(tag), query);
      runs.push({ ...run, bytes: client + run.bytes });
    }
    report(`${site} ${tag}`, runs);
  }
}

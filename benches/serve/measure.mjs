// From saving a file to seeing it in Chromium, through its WebDriver. Arguments: folders of generated sites
// (`cargo bench -- 3000 30000 --keep` leaves them), each edited and put back.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const RUTTER = fileURLToPath(new URL("../../target/release/rutter", import.meta.url));
const TURNS = 15;

const sleep = (time) => new Promise((done) => setTimeout(done, time));
const now = () => performance.now();
const sorted = (list) => list.slice().sort((a, b) => a - b);

// A process and the first thing it prints that matches.
const start = (program, args, pattern) => {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  const said = new Promise((done) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = text.match(pattern);
      if (found) done(found[1]);
    });
  });
  return { child, said };
};

class Chromium {
  static async open() {
    const { child, said } = start("chromedriver", ["--port=0"], /successfully on port (\d+)/);
    const chromium = new Chromium();
    Object.assign(chromium, { child, base: `http://127.0.0.1:${await said}/session` });
    const args = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"];
    const capabilities = { alwaysMatch: { "goog:chromeOptions": { args } } };
    const { sessionId } = await chromium.ask("", { capabilities });
    chromium.base += `/${sessionId}`;
    return chromium;
  }

  async ask(path, body) {
    const answer = await fetch(this.base + path, { method: "POST", body: JSON.stringify(body) });
    return (await answer.json()).value;
  }

  run(script, ...args) {
    return this.ask("/execute/sync", { script, args });
  }

  // Asked on and on: what that takes is in the figure.
  async shows(text) {
    while ((await this.run("return document.body.textContent.includes(arguments[0])", text)) !== true);
  }

  async close() {
    await fetch(this.base, { method: "DELETE" });
    this.child.kill();
  }
}

// What is edited, and how a page shows it.
const EDITS = [
  ["a text of the page", "content/products/product-0.yaml", /(\n {6}en: \|\n {8})/, (mark) => [`$1${mark} `, mark]],
  ["a port of the page", "content/products/product-0.yaml", /(\n {4}ports: ).*/, (_, turn) => [`$1${20000 + turn}/tcp`, String(20000 + turn)]],
  ["a name on every page", "content/common/vocabulary.yaml", /(name: (?:\{ en: )?)([^\n,}]*)/, (mark) => [`$1${mark}`, mark]],
];

const measure = async (chromium, root, [what, path, pattern, edit]) => {
  const file = join(root, path);
  const text = readFileSync(file, "utf8");
  const times = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const [replacement, shown] = edit(`Mark${turn}x`, turn);
    const next = text.replace(pattern, replacement);
    const saved = now();
    writeFileSync(file, next);
    await chromium.shows(shown);
    times.push(now() - saved);
    // Behind the checks, as people write.
    await sleep(turn % 2 ? 1500 : 100);
  }
  writeFileSync(file, text);
  const [least, median, most] = [0, Math.floor(TURNS / 2), TURNS - 1].map((at) => sorted(times)[at].toFixed(0));
  console.log(`  ${what.padEnd(24)} ${median.padStart(5)} ms   (${least} to ${most})`);
  await sleep(1500);
};

const chromium = await Chromium.open();
for (const root of process.argv.slice(2)) {
  const began = now();
  const { child, said } = start(RUTTER, ["--root", root, "serve", "--port", "0"], /(http:\S+)/);
  const url = await said;
  await fetch(`${url}en/product-0/`).then((answer) => answer.text());
  console.log(`${root}\n  first page               ${(now() - began).toFixed(0).padStart(6)} ms`);
  await chromium.ask("/url", { url: `${url}en/product-0/` });
  await sleep(3000);
  for (const edit of EDITS) await measure(chromium, root, edit);
  child.kill();
}
await chromium.close();

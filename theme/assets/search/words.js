// Text → tokens, exactly as the index was made: docs/search.md is the specification.
(() => {
  const invisible = /[\p{DI}\u2120\u2122]/gu;
  const wide = "\u3005-\u3007\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{1b000}-\u{1b16f}\u{20000}-\u{3ffff}";
  const word = "[a-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\u2e80-\u2fff\u3100-\u31ef\ua000-\ud7ff\ufb00-\ufdff\ufe70-\ufefe\u{10000}-\u{1afff}\u{1b170}-\u{1cfff}\u{1d400}-\u{1efff}]+";
  const run = new RegExp(`([${wide}]+)|(?:::)?${word}(?:(?:::/|::|[./:_-])${word})*`, "gu");
  const finalMark = /(?<=[\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff]{3})ー(?![\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff])/g;
  const german = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", ς: "σ" };

  const fold = (text) =>
    text
      .replace(invisible, "")
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[~\u2010-\u2015\u2212\u301c]/g, "-")
      .replace(/[äöüßς]/g, (letter) => german[letter])
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .normalize("NFC");

  const pairs = (text) => {
    const letters = [...text.replace(finalMark, "")];
    return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
  };

  const parts = (text) => {
    const found = new Set();
    const add = (part) => part && found.add(part.length > 64 ? [...part].slice(0, 64).join("") : part);
    add(text);
    if (/^(\d+(\.\d+){3}|[\da-f.]*:[\da-f.]*:[\da-f.:]*)(\/\d*)?$/.test(text)) add(text.split("/")[0]);
    else if (/[./:_-]/.test(text))
      for (const segment of text.split(/[/:]/)) {
        add(segment);
        if (!/[^\d.]/.test(segment)) continue;
        const labels = segment.split(".");
        for (let at = 1; at < labels.length - 1; at++) if (!/\d$/.test(segment)) add(labels.slice(at).join("."));
        for (const label of labels) [label, ...label.split(/[-_]/)].forEach(add);
      }
    return [...found];
  };

  // Each run with its tokens; a run of Han or kana is known by `isWide`.
  const runs = (text) => [...fold(text).matchAll(run)].map(([text, isWide]) => ({ text, isWide, tokens: isWide ? pairs(text) : parts(text) }));

  Object.assign(rutter, { fold, runs, tokens: (text) => runs(text).flatMap((run) => run.tokens) });
})();

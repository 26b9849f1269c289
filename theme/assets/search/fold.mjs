// Text → folded text, exactly as the index was made: docs/search.md, "Text → tokens".

const INVISIBLE = /[\p{DI}\u2120\u2122]/gu;
const DASHES = /[~\u2010-\u2015\u2212\u301c]/g;
const GERMAN = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", ς: "σ" };

export const fold = (text) =>
  text
    .replace(INVISIBLE, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(DASHES, "-")
    .replace(/[äöüßς]/g, (letter) => GERMAN[letter])
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");

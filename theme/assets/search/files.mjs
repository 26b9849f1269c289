// The files of the index of one language: docs/search.md, "Files".

const arrived = {};

/** Every file of an index calls this. */
export const take = (tag, file, generation, data) => {
  arrived[`${tag}/${file}`] = { generation, data };
};

// As a script: from `file://` nothing else may be read.
const loadScript = (src) =>
  new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
  });

const hash = (text) => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt()) >>> 0, 0);

/** The lines of a file of tokens: by token what stands behind it. */
const parseLines = (text) =>
  new Map(
    text.split("\n").map((line) => {
      const [token, ...fields] = line.split(" ");
      return [token, fields];
    }),
  );

/**
 * @typedef {object} Postings
 * @property {Uint32Array} documents Numbers of the documents that have a token, from the lowest.
 * @property {Float32Array} weights How much it counts in each.
 */

/** @returns {Postings} */
const decodePostings = ([distances, steps]) => {
  const documents = new Uint32Array(steps.length);
  let [at, number] = [0, 0];
  for (let count = 0; count < steps.length; count++) {
    for (let [shift, goesOn] = [0, true]; goesOn; shift += 5) {
      const digit = distances.charCodeAt(at++);
      goesOn = digit > 92;
      number += (digit - (goesOn ? 93 : 48)) << shift;
    }
    documents[count] = number;
  }
  const weightOf = (step) => 2 ** ((step.charCodeAt() - 58) / 2);
  return { documents, weights: Float32Array.from(steps, weightOf) };
};

export class IndexFiles {
  constructor(root, tag) {
    this.folder = `${root}search/${tag}/`;
    this.tag = tag;
    this.forget("");
  }

  /** Asks for everything once more, for the manifest with a query that no cache knows. */
  forget(query) {
    // A token may be named `constructor`.
    Object.assign(this, { query, files: {}, tables: {}, lists: { __proto__: null } });
  }

  file(name) {
    return (this.files[name] ??= this.load(name));
  }

  async load(name) {
    const isManifest = name === "manifest";
    const query = isManifest ? this.query : `?${this.manifest.generation}`;
    await (rutter.load ?? loadScript)(`${this.folder}${name}.js${query}`);
    const { generation, data } = arrived[`${this.tag}/${name}`];
    if (isManifest) this.manifest = { ...data, generation };
    if (generation !== this.manifest.generation) throw Error(generation);
    return data;
  }

  table(name) {
    return (this.tables[name] ??= this.file(name).then(parseLines));
  }

  /** All tokens that begin as this one. */
  bucket(token) {
    return this.table(`t${hash([...token].slice(0, 2)) % this.manifest.buckets}`);
  }

  async has(token) {
    return (await this.bucket(token)).has(token);
  }

  /** @returns {Promise<Postings | undefined>} */
  postings(token) {
    return (this.lists[token] ??= this.read(token));
  }

  async read(token) {
    let fields = (await this.bucket(token)).get(token);
    // A dense token: in the bucket stands only how many documents hold it.
    if (fields?.length === 1) fields = (await this.table(`f${hash(token) % this.manifest.dense}`)).get(token);
    return fields && decodePostings(fields);
  }

  async document(number) {
    const { block } = this.manifest;
    const documents = await this.file(`d${Math.floor(number / block)}`);
    const [kind, title, product, ports, path, excerpt, addresses = []] = documents[number % block];
    const [text, told = ""] = excerpt.split("\n");
    return { kind, title, product, ports, path, text, told, addresses };
  }
}

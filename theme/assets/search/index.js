// Finds documents in the index of one language: docs/search.md says how.
(() => {
  const arrived = {};
  // Every file of the index calls this.
  rutter.take = (tag, file, generation, data) => (arrived[`${tag}/${file}`] = { generation, data });

  // As a script: from `file://` nothing else may be read.
  rutter.load ??= (src) =>
    new Promise((onload, onerror) => document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror })));

  const hash = (text) => [...text].reduce((hash, letter) => (hash * 31 + letter.codePointAt()) >>> 0, 0);

  // A line of a bucket: the distances between the documents of a token, and how much it counts there.
  const decode = ([distances, levels]) => {
    const documents = new Uint32Array(levels.length);
    let [at, number] = [0, 0];
    for (let count = 0; levels[count]; documents[count++] = number)
      for (let shift = 0, more = 1; more; shift += 5) {
        const code = distances.charCodeAt(at++);
        more = code > 92;
        number += (code - (more ? 93 : 48)) << shift;
      }
    return { documents, weights: Float32Array.from(levels, (level) => 2 ** ((level.charCodeAt() - 58) / 2)) };
  };

  // At most one letter is too many, too few or wrong, or two have changed places.
  const isSlip = (a, b) => {
    let at = 0;
    while (a[at] && a[at] === b[at]) at++;
    const [x, y] = [a.slice(at), b.slice(at)];
    return x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) || x[1] + x[0] + x.slice(2) === y;
  };

  // The bits of an address, behind its kind.
  const bits = (address) => {
    const groups = address.split(":").filter(Boolean).length;
    const [kind, base, width] = address.includes(":") ? [":", 16, 16] : [".", 10, 8];
    const parts = address.replace("::", ":0:0:0:0:0:0:0:0:".slice(0, 17 - 2 * groups)).split(kind).filter(Boolean);
    return kind + parts.map((part) => parseInt(part, base).toString(2).padStart(width, 0)).join("");
  };
  const isIn = (address, block) => {
    const [base, length] = block.split("/");
    return length > 0 && bits(address).startsWith(bits(base).slice(0, +length + 1));
  };

  // Keeps the best, of equals the first.
  const insert = ({ top, length }, hit) => {
    if (top[length - 1]?.score >= hit.score) return;
    top.splice(top.findLastIndex(({ score }) => score >= hit.score) + 1, 0, hit);
    top.splice(length);
  };

  // Whether two letters beside each other belong to one word.
  const isJoined = (a = " ", b = " ") => [/[a-z0-9.:/_-]/, /[ァ-ヾ]/, /[㐀-鿿]/].some((kind) => kind.test(a) && kind.test(b));

  // A run of Han and kana is asked for by its words: hiragana between them only joins them.
  const pieces = (run) => (run.isWide && run.text.match(/[ァ-ヾ]{2,}|[^ぁ-ヾ]{2,}/g)?.flatMap(rutter.runs)) || run;

  rutter.Index = class {
    constructor(root, tag) {
      Object.assign(this, { base: `${root}search/${tag}/`, tag });
      this.reset("");
    }

    reset(fresh) {
      // A token may be named `constructor`.
      Object.assign(this, { fresh, files: {}, tables: {}, lists: { __proto__: null } });
    }

    file(name) {
      const query = name === "manifest" ? this.fresh : `?${this.manifest.generation}`;
      return (this.files[name] ??= rutter.load(`${this.base}${name}.js${query}`).then(() => {
        const { generation, data } = arrived[`${this.tag}/${name}`];
        if (name === "manifest") this.manifest = { ...data, generation };
        if (generation !== this.manifest.generation) throw Error(generation);
        return data;
      }));
    }

    // The lines of a file of tokens.
    table(name) {
      return (this.tables[name] ??= this.file(name).then((text) => new Map(text.split("\n").map((line) => [line.split(" ")[0], line.split(" ").slice(1)]))));
    }

    bucket(token) {
      return this.table(`t${hash([...token].slice(0, 2)) % this.manifest.buckets}`);
    }

    async read(token) {
      let line = (await this.bucket(token)).get(token);
      // A dense token: here stands only how many documents hold it.
      if (line && !line[1]) line = (await this.table(`f${hash(token) % this.manifest.dense}`)).get(token);
      return line && decode(line);
    }

    list(token) {
      return (this.lists[token] ??= this.read(token));
    }

    async document({ number, score }) {
      const { block } = this.manifest;
      const [kind, title, product, ports, path, text] = (await this.file(`d${Math.floor(number / block)}`))[number % block];
      return { score, kind, title, product, ports, path, text };
    }

    // What may stand for a word: tokens that a document must all have, and how good that is.
    async ways({ text, tokens, isWide, isLast, transport, joined }) {
      const ways = [];
      const add = (quality, ...tokens) => ways.push({ quality, tokens });
      // Pairs side by side cover the word; those that overlap them cost as much again.
      if (isWide) return [{ quality: 1, tokens: tokens.filter((_, at) => at % 2 < 1 || !tokens[at + 1]) }];
      const ending = transport ? `/${transport}` : "";
      add(1, text + ending);
      for (const range of (/^\d+$/.test(text) ? this.manifest.ranges : [])) {
        const [first, last] = range.split("-");
        if (+first <= +text && +text <= +last) add(0.9, range + ending);
      }
      if (transport) return ways;
      const table = await this.bucket(text);
      const others = [...table.keys()].filter((token) => token !== text);
      others.filter((token) => /^[\d.]{7,}$|:.*:/.test(text) && isIn(text, token)).forEach((token) => add(0.9, token));
      const parts = tokens.slice(1);
      // The domains above an unknown host; the parts of anything else but an address.
      if (/\.[a-z]/.test(text)) parts.filter((part) => !table.has(text) && /\../.test(part)).forEach((part) => add(0.5, part));
      else if (/[a-z]/.test(text) && parts[0]) add(0.8, ...parts.filter((part) => !/[-_/:]/.test(part)));
      for (const token of joined) if ((await this.bucket(token)).has(token)) add(0.9, token);
      if (isLast && text[1] && !(+text && table.has(text))) {
        const size = (token) => table.get(token).at(-1).length;
        const longer = others.filter((token) => token.startsWith(text)).sort((a, b) => size(b) - size(a));
        longer.slice(0, 24).forEach((token) => add(0.5, token));
      }
      const isWord = (token) => /^[a-z]{3,}$/.test(token);
      if (!isWord(text)) return ways;
      const words = others.filter(isWord);
      const isForm = (a, b) => b[4] && a.startsWith(b) && /^(e[smnd]?|[sn]|ern?|nen|ing)$/.test(a.slice(b.length));
      // `https` is no form of `http`.
      const forms = words.filter((token) => isForm(token, text) || isForm(text, token));
      for (const token of forms) add(0.8, token);
      if (forms[0] || table.has(text)) return ways;
      // An unknown word: one slip of the finger away from others, or two words written as one.
      words.filter((token) => text[4] && (isSlip(token, text) || isSlip(token.slice(0, -1), text))).forEach((token) => add(0.5, token));
      for (const head of words.filter((token) => text.startsWith(token)))
        for (const link of ["", "s", "n", "en"]) {
          const tail = text.slice(head.length + link.length);
          if (text === head + link + tail && (await this.bucket(tail)).has(tail)) add(0.7, head, tail);
        }
      return ways;
    }

    // How well each document answers a word of the query, and how rare the word is.
    async scores(unit) {
      const ways = unit.ways ?? (await this.ways(unit));
      const scores = new Float32Array(this.manifest.documents);
      let count = 0;
      const set = (number, score) => {
        if (!scores[number]) count++;
        if (score > scores[number]) scores[number] = score;
      };
      const add = (lists, quality, least) => {
        const counts = lists.length > 1 && new Uint8Array(scores.length);
        const sums = counts && new Float32Array(scores.length);
        for (const { documents, weights } of lists.filter(Boolean))
          for (let at = 0; at < documents.length; at++) {
            const number = documents[at];
            const weight = (quality * weights[at]) / lists.length;
            if (!counts) set(number, weight);
            else if (((sums[number] += weight), ++counts[number] >= least)) set(number, sums[number]);
          }
      };
      const all = await Promise.all(ways.map(({ tokens }) => Promise.all(tokens.map((token) => this.list(token)))));
      all.forEach((lists, way) => lists.every(Boolean) && add(lists, ways[way].quality, lists.length));
      // Most pairs of a word that is written otherwise, or with something in between.
      if (unit.isWide && !count) add(all[0], 0.5, (all[0].length * 2) / 3);
      return { ...unit, scores, rarity: Math.log(1 + scores.length / (count + 1)) };
    }

    // The words of a query, in whatever form they are asked for.
    units(folded) {
      const units = [];
      for (const [word, others] of this.manifest.synonyms) {
        const at = folded.indexOf(word);
        const end = at + word.length;
        if (at < 0 || isJoined(folded[at - 1], word[0]) || isJoined(folded[end], word.at(-1))) continue;
        folded = `${folded.slice(0, at)} ${folded.slice(end)}`;
        units.push({ text: word, ways: others.map((other) => ({ quality: other === word ? 1 : 0.8, tokens: rutter.tokens(other) })) });
      }
      const runs = rutter.runs(folded).flatMap(pieces);
      let transport;
      runs.forEach((run, at) => {
        const after = runs[at + 1];
        // `mail server` may be written as one word.
        const joined = [[runs[at - 1], run], [run, after]].filter((pair) => pair.every((run) => /^[a-z]{3,}$/.test(run?.text ?? "")));
        // `tcp 443`, `tcp/443`, `443/tcp` and `tcp443` are one thing.
        const [, name, port, range, other] = /^(?:(tcp|udp|port)[/:]?(\d+)|([\d-]+)[/:](tcp|udp))$/.exec(run.text) ?? [];
        const number = port ?? range;
        if (/^(tcp|udp)$/.test(run.text)) transport = run.text;
        units.push({ ...run, joined: joined.map(([a, b]) => a.text + b.text), isLast: !after, ...(number && { text: number, transport: other ?? name?.replace("port", "") }) });
      });
      const ports = units.filter((unit) => transport && unit.transport === undefined && /^\d+$/.test(unit.text));
      for (const unit of ports) unit.transport = transport;
      const needed = units.filter(({ text }) => !this.manifest.optional.includes(text) && !(ports[0] && text === transport));
      return needed[0] ? needed : units;
    }

    // The best documents for a query, at most `count`: those with all of its words first.
    search(...query) {
      return this.find(...query).catch(() => {
        // Perhaps the site was published anew while it was read: everything is asked for once more.
        this.reset(`?${Date.now()}`);
        return this.find(...query);
      });
    }

    async find(text, count) {
      await this.file("manifest");
      const phrase = rutter.fold(text.slice(0, 200)).trim();
      const units = await Promise.all(this.units(phrase).map((unit) => this.scores(unit)));
      const sum = units.reduce((sum, { rarity }) => sum + rarity, 0);
      const groups = [count + 4, count].map((length) => ({ length, top: [], total: 0 }));
      for (let number = 0; number < this.manifest.documents; number++) {
        let [score, met, missing] = [0, 0, 0];
        for (const { scores, rarity } of units)
          if (scores[number]) (score += scores[number] * rarity), (met += rarity);
          else missing = 1;
        if (!score) continue;
        groups[missing].total++;
        insert(groups[missing], { number, score: score * (met / sum) ** 2 });
      }
      const [full, partial] = groups;
      // A port is no phrase: a row names it in a column, a note in its text. Nor is a word of the glossary,
      // which stands for others.
      const isPhrase = units.some(({ text, ways }) => !ways && /[^\d-]/.test(text));
      const load = (hits) => Promise.all(hits.map((hit) => this.document(hit)));
      const hits = await load(full.top);
      for (const hit of hits) {
        const title = rutter.fold(hit.title);
        // The more of a title was typed, the surer it was meant; a hit with the whole phrase comes first.
        if (hit.kind !== 4 && title.includes(phrase)) hit.score *= 1 + phrase.length / title.length;
        if (isPhrase && rutter.fold(`${hit.title} ${hit.product} ${hit.ports} ${hit.text}`).includes(phrase)) hit.score += 1e3;
      }
      hits.sort((a, b) => b.score - a.score).splice(count);
      for (const hit of await load(partial.top.slice(0, count - hits.length))) hits.push({ ...hit, isPartial: true });
      return { hits, total: full.total, others: partial.total, words: units.map(({ text }) => text) };
    }
  };
})();

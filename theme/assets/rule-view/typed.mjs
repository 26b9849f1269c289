// What readers type: texts of fields → endpoints and ports, or what is wrong with them.

/** Addresses of a field; `isAll`: that one of them is every address is meant. */
export const readField = (text, isAll) => rutter.typed.readAddresses(text, isAll);

/** Ports of a field. */
export const readPorts = (text) => {
  const entries = text.split(/[,\n]/).map((entry) => entry.trim()).filter(Boolean);
  const ranges = entries.map((entry) => rutter.typed.readPort(entry));
  const wrong = ranges.findIndex((range) => !range);
  return wrong < 0 ? { ranges } : { entry: entries[wrong], error: "port" };
};

/** What counts of all that is typed: fields with something wrong do not. */
export const readAll = ({ addresses, values, isKept, everything }) => {
  const read = (texts, take) => Object.fromEntries([...texts].flatMap(([id, text]) => {
    const list = take(text, id);
    return list?.length ? [[id, list]] : [];
  }));
  return {
    addresses: read(addresses, (text, id) => readField(text, everything.has(id)).endpoints),
    values: read(values, (text) => readPorts(text).ranges), isKept,
  };
};

const KEY = "rutter-rules";

// Where a browser keeps nothing, nothing is remembered.
const storage = (use) => {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
};

/** What was remembered on this device, if a reader wished it. */
export const recall = () => {
  const text = storage((place) => place.getItem(KEY));
  if (!text) return undefined;
  try {
    const { addresses, values } = JSON.parse(text);
    const texts = (object) => new Map(Object.entries(object).filter((pair) => typeof pair[1] === "string"));
    return { addresses: texts(addresses), values: texts(values) };
  } catch {
    return undefined;
  }
};

/** Of other products it keeps what they remember. */
export const remember = ({ addresses, values }) => {
  const texts = (known, own) => Object.fromEntries([...known ?? [], ...own].filter(([, text]) => text));
  const before = recall();
  const all = { addresses: texts(before?.addresses, addresses), values: texts(before?.values, values) };
  storage((place) => place.setItem(KEY, JSON.stringify(all)));
};

export const forget = () => storage((place) => place.removeItem(KEY));

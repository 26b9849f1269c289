// Several files as one: a ZIP that stores them as they are (PKWARE's APPNOTE 6.3). `src/rules/archive.rs` makes the
// same bytes. All numbers are little-endian:
//   each file   50 4B 03 04 | COMMON | name | content
//   then each   50 4B 01 02 | made by 20:2 | COMMON | comment's length 0:2 | disk 0:2 | attributes 0:2 0:4 |
//               offset of the file:4 | name
//   at the end  50 4B 05 06 | disks 0:2 0:2 | files:2 files:2 | directory's size:4 | its offset:4 |
//               comment's length 0:2
//   COMMON      version needed 20:2 | flags 0x0800:2, names are UTF-8 | method 0:2 | time 0:2 | date 0x0021:2, the
//               first day that the format knows, 1980-01-01 | CRC-32:4 | size:4 size:4 | name's length:2 | extra's 0:2

const step = (crc) => (crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1);
const crc32 = (bytes) => ~bytes.reduce((crc, byte) => [..."12345678"].reduce(step, crc ^ byte), -1);

// Numbers of so many bytes each.
const packed = (sizes, ...numbers) =>
  numbers.flatMap((number, at) => Array.from({ length: sizes[at] }, (_, byte) => number >>> 8 * byte & 255));

/** @param {{ name: string, text: string }[]} files */
export const zip = (files) => {
  const [all, directory] = [[], []];
  const add = (list, ...parts) => parts.forEach((part) => part.forEach((byte) => list.push(byte)));
  for (const file of files) {
    const [name, content] = [file.name, file.text].map((text) => new TextEncoder().encode(text));
    const { length } = content;
    const common = packed("2222244422", 20, 0x800, 0, 0, 0x21, crc32(content), length, length, name.length, 0);
    add(directory, packed("42", 0x02014b50, 20), common, packed("22244", 0, 0, 0, 0, all.length), name);
    add(all, packed("4", 0x04034b50), common, name, content);
  }
  const { length: count } = files;
  const end = packed("42222442", 0x06054b50, 0, 0, count, count, directory.length, all.length, 0);
  add(all, directory, end);
  return Uint8Array.from(all);
};

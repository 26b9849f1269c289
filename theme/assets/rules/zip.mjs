// Several files as one: a ZIP that stores them as they are (PKWARE's APPNOTE 6.3). `src/rules/archive.rs` makes the
// same bytes. All numbers are little-endian:
//   each file   50 4B 03 04 | COMMON | name | content
//   then each   50 4B 01 02 | made by 20:2 | COMMON | comment's length 0:2 | disk 0:2 | attributes 0:2 0:4 |
//               offset of the file:4 | name
//   at the end  50 4B 05 06 | disks 0:2 0:2 | files:2 files:2 | directory's size:4 | its offset:4 |
//               comment's length 0:2
//   COMMON      version needed 20:2 | flags 0x0800:2, names are UTF-8 | method 0:2 | time 0:2 | date 0x0021:2, the
//               first day that the format knows, 1980-01-01 | CRC-32:4 | size:4 size:4 | name's length:2 | extra's 0:2

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
  return crc;
});

const crc32 = (bytes) => ~bytes.reduce((crc, byte) => TABLE[(crc ^ byte) & 255] ^ crc >>> 8, -1);

const bytesOfNumber = (size, number) => Array.from({ length: size }, (_, at) => number >>> 8 * at & 255);
const shorts = (...list) => list.flatMap((number) => bytesOfNumber(2, number));
const longs = (...list) => list.flatMap((number) => bytesOfNumber(4, number));
const signed = (...rest) => [0x50, 0x4b, ...rest];

/** @param {{ name: string, text: string }[]} files */
export const zip = (files) => {
  const encoder = new TextEncoder();
  const [parts, directory] = [[], []];
  const sizeOf = (list) => list.reduce((sum, { length }) => sum + length, 0);
  for (const file of files) {
    const [name, content] = [file.name, file.text].map((text) => encoder.encode(text));
    const { length } = content;
    const sizes = [...longs(crc32(content), length, length), ...shorts(name.length, 0)];
    const common = [...shorts(20, 0x800, 0, 0, 0x21), ...sizes];
    directory.push(signed(1, 2), shorts(20), common, shorts(0, 0, 0), longs(0, sizeOf(parts)), name);
    parts.push(signed(3, 4), common, name, content);
  }
  const count = files.length;
  const end = [...signed(5, 6), ...shorts(0, 0, count, count), ...longs(sizeOf(directory), sizeOf(parts)), 0, 0];
  const all = [...parts, ...directory, end];
  const bytes = new Uint8Array(sizeOf(all));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

// Prints how many bytes standard input has once it is compressed.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

process.stdout.write(String(gzipSync(readFileSync(0), { level: 9 }).length));

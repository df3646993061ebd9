// Compiles standard JSON from standard input to standard output with the pinned solc.
// Imports are found in this folder and in its node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const solc = createRequire(import.meta.url)("solc");

function find(path) {
  for (const folder of [here, join(here, "node_modules")]) {
    try {
      return { contents: readFileSync(join(folder, path), "utf8") };
    } catch {
      // The next folder.
    }
  }
  return { error: `${path} was not found` };
}

process.stdout.write(solc.compile(readFileSync(0, "utf8"), { import: find }));

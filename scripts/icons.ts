import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { drawings } from "./icons/drawings.ts";

/** Draws every icon anew, into `assets` or the folder given: `node scripts/icons.ts [folder]`. */
const folder = process.argv[2] ?? join(import.meta.dirname, "../assets");
for (const [name, bytes] of drawings()) {
	const file = join(folder, name);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, bytes);
}

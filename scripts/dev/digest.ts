import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Tells one state of a folder's files from another. */
export function digestOf(folder: string): string {
	const hash = createHash("sha256");
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
	for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
		hash.update(file).update("\0").update(readFileSync(file));
	}
	return hash.digest("hex");
}

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const ROOT = join(import.meta.dirname, "../..");
const ENTRY = join(ROOT, "out/cli/semaforo.js");

/** The program as people get it. It is built first where it is missing or older than what it is made from. */
export async function builtProgram(): Promise<string> {
	const made = statSync(ENTRY, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	if (made < newestSource()) await build({ root: ROOT, logLevel: "warn" });
	return ENTRY;
}

function newestSource(): number {
	const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" }).map((name) => join("src", name));
	return Math.max(
		...[...files, "vite.config.ts", "package-lock.json"].map((name) => statSync(join(ROOT, name)).mtimeMs),
	);
}

/** Bundles another entry the way the program is bundled, into `folder`; returns the file to run. */
export async function buildLikeProgram(entry: string, folder: string): Promise<string> {
	const rolldownOptions = { output: { entryFileNames: "entry.js", chunkFileNames: "[name]-[hash].js" } };
	await build({ root: ROOT, logLevel: "warn", build: { ssr: entry, outDir: folder, rolldownOptions } });
	return join(folder, "entry.js");
}

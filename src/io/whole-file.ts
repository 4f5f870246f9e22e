import { randomBytes } from "node:crypto";
import {
	closeSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { systemClock } from "./clock.ts";

const LEFT_BEHIND_MS = 3_600_000;

/**
 * Writes a file so that it is there whole or as it was before, whatever happens in between: beside it first, onto the disk, then
 * into its place. Throws what the file system says.
 */
export function writeWhole(path: string, bytes: Buffer): void {
	const folder = dirname(path);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const beside = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}`);
	try {
		const file = openSync(beside, "wx", 0o600);
		try {
			for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
		renameSync(beside, path);
		clearAway(folder, basename(path));
	} catch (error) {
		rmSync(beside, { force: true });
		throw error;
	}
}

/** What a program that was ended in the middle of writing has left. */
function clearAway(folder: string, name: string): void {
	for (const left of readdirSync(folder)) {
		if (!left.startsWith(`.${name}.`) || !/\.[0-9a-f]{12}$/.test(left)) continue;
		const path = join(folder, left);
		const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Number.POSITIVE_INFINITY };
		if (mtimeMs < systemClock.now() - LEFT_BEHIND_MS) rmSync(path, { force: true });
	}
}

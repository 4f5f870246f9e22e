import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Time } from "../core/model.ts";
import { UPDATE_LIMIT_BYTES } from "./catalogue-updates.ts";
import { writeWhole } from "./whole-file.ts";

/** What is remembered of the update that was taken last, before its very bytes in the same file. */
const note = z.strictObject({
	from: z.string().max(2000),
	takenAt: z.number(),
	etag: z.string().max(300).optional(),
	lastModified: z.string().max(300).optional(),
	/** A key in one line that the user vouched for when taking it. */
	key: z.string().max(200).optional(),
});

export interface KeptUpdate {
	readonly from: string;
	readonly takenAt: Time;
	/** What the server called it, to ask only for something newer. */
	readonly etag?: string | undefined;
	readonly lastModified?: string | undefined;
	readonly key?: string | undefined;
	readonly signed: Buffer;
}

const NOTE_LIMIT = 8 * 1024;
const LINE_END = 0x0a;

function fileIn(folder: string): string {
	return join(folder, "catalogue-update");
}

/** Keeps an update in a folder, in place of the one before: all of it or nothing. Throws what the file system says. */
export function keepUpdate(folder: string, { signed, ...about }: KeptUpdate): void {
	writeWhole(fileIn(folder), Buffer.concat([Buffer.from(`${JSON.stringify(about)}\n`), signed]));
}

/** The update that a folder keeps, not believed yet; absent where there is none or it is no such file. */
export function keptUpdate(folder: string): KeptUpdate | undefined {
	const path = fileIn(folder);
	try {
		if (statSync(path).size > UPDATE_LIMIT_BYTES + NOTE_LIMIT) return undefined;
		const bytes = readFileSync(path);
		const end = bytes.subarray(0, NOTE_LIMIT).indexOf(LINE_END);
		return { ...note.parse(JSON.parse(bytes.subarray(0, end).toString("utf8"))), signed: bytes.subarray(end + 1) };
	} catch {
		return undefined;
	}
}

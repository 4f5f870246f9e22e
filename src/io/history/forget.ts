import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Time } from "../../core/model.ts";
import { COMPANIONS, openDatabase } from "./file.ts";
import { prepareForget } from "./rollup.ts";
import { DAY_MS } from "./run.ts";
import { prepareStore } from "./store.ts";

/** Room to write a history anew, whatever its limit. */
const ROOM_BYTES = 2 ** 40;

/**
 * Forgets all that was seen, in a history that nobody has open: what remains is the level of each feature, incidents that go on, what
 * people know of those, and what they asked for. Damaged histories that were set aside go too. Throws what SQLite throws.
 */
export function forgetPast(file: string, now: Time): void {
	removeSetAside(file);
	if (!existsSync(file)) return;
	const db = openDatabase(file, ROOM_BYTES);
	try {
		prepareForget(db)(now + DAY_MS);
		const store = prepareStore(db, { maxBytes: ROOM_BYTES, maxAgeMs: 0 });
		const open = new Set(store.readIncidents({ openOnly: true }).map(({ id }) => id));
		const desk = store.readDesk();
		if (desk) {
			// an id that is free again must not be known from before
			const told = new Map([...desk.told].filter(([id]) => open.has(id)));
			store.write({ runs: [], levels: [], incidents: [], desk: { ...desk, told }, notices: [], showings: [] });
		}
		// what is deleted is only marked as free until the file is written anew
		db.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
	} finally {
		db.close();
	}
}

/** Removes the whole history. */
export function removeHistory(file: string): void {
	removeSetAside(file);
	for (const end of [...COMPANIONS, ""]) rmSync(file + end, { force: true });
}

function removeSetAside(file: string): void {
	if (!existsSync(dirname(file))) return;
	const aside = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.damaged-`));
	for (const name of aside) rmSync(join(dirname(file), name), { force: true });
}

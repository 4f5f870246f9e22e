import type { DatabaseSync } from "node:sqlite";
import type { Time } from "../../core/model.ts";
import { identityOf, openDatabase, prepareFile, setAside } from "./file.ts";
import type { Limits } from "./rollup.ts";
import { SQLITE, sqliteCode } from "./sqlite.ts";
import { prepareStore, type Store } from "./store.ts";
import { DamagedFile, isDamage, reasonOf } from "./trouble.ts";

interface HeldFileOptions {
	readonly file: string;
	readonly now: () => Time;
	readonly limits: Limits;
	/** Told where a damaged file is kept now, and what it suffered from. Must not throw. */
	readonly onSetAside: (kept: string, cause: unknown) => void;
}

export interface Open {
	readonly db: DatabaseSync;
	readonly store: Store;
	readonly identity: string | undefined;
}

/** A file that is held open: opened anew where it was lost, and replaced where it proves damaged. */
export class HeldFile {
	readonly #options: HeldFileOptions;
	#open: Open | undefined;

	constructor(options: HeldFileOptions) {
		this.#options = options;
	}

	/** Does `work` with the open file, a second time where the first showed that the file is damaged. Throws what stands in the way. */
	use<T>(work: (open: Open) => T): T {
		// Somebody removed the file, or another process set it aside: what is written to the old one would be lost.
		if (this.#open && identityOf(this.#options.file) !== this.#open.identity) this.#letGo();
		this.#open ??= this.#openFile();
		try {
			return work(this.#open);
		} catch (error) {
			if (!isDamage(error)) throw error;
			const { identity } = this.#open;
			this.#letGo();
			this.#replace(identity, error);
			this.#open = this.#openFile();
			return work(this.#open);
		}
	}

	close(): void {
		try {
			this.#open?.db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
		} catch {} // the log stays beside the file, and the next start reads it
		this.#letGo();
	}

	#openFile(): Open {
		const { file } = this.#options;
		prepareFile(file);
		const identity = identityOf(file);
		try {
			return this.#openChecked();
		} catch (error) {
			if (!isDamage(error)) throw error;
			this.#replace(identity, error);
			prepareFile(file);
			return this.#openChecked();
		}
	}

	/** Sets the damaged file aside, unless another process did so and the path means a new one already. */
	#replace(identity: string | undefined, cause: unknown): void {
		const { file, now, onSetAside } = this.#options;
		if (identityOf(file) === identity) onSetAside(setAside(file, now()), cause);
	}

	#openChecked(): Open {
		const { file, limits } = this.#options;
		let db: DatabaseSync | undefined;
		try {
			db = openDatabase(file, 2 * limits.maxBytes);
			return { db, store: prepareStore(db, limits), identity: identityOf(file) };
		} catch (error) {
			db?.close();
			// SQL that does not compile: the tables are not those this version made.
			throw sqliteCode(error) === SQLITE.ERROR ? new DamagedFile(reasonOf(error)) : error;
		}
	}

	#letGo(): void {
		try {
			this.#open?.db.close();
		} catch {} // nothing is left to be saved by it
		this.#open = undefined;
	}
}

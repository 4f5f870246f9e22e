import { basename, dirname } from "node:path";
import type { Time } from "../../core/model.ts";
import { RUNS_LIMIT } from "./backlog.ts";
import { HOUR_MS, MINUTE_MS } from "./run.ts";
import { type HistoryTrouble, isBusy, isRefused, reasonOf } from "./trouble.ts";

/** Another process may hold the file for a moment; only longer than this is worth telling. */
const BUSY_GRACE_MS = MINUTE_MS;

/** Trouble that comes and goes is told again only after this long. */
const RETELL_AFTER_MS = HOUR_MS;

/** Whether the file is out of reach for writing or for reading. */
export type OutOfReach = "write_failed" | "read_failed";

const VERBS: Readonly<Record<OutOfReach, string>> = { write_failed: "written", read_failed: "read" };

interface TellingOptions {
	readonly file: string;
	readonly now: () => Time;
	readonly onTrouble: (trouble: HistoryTrouble) => void;
}

/** Puts trouble with one file into sentences, and tells each trouble once, not at each call that meets it. */
export class Telling {
	readonly #options: TellingOptions;
	/** The file's name and folder, as sentences name it. */
	readonly #place: string;
	/** When each kind of trouble was last told. */
	readonly #told = new Map<HistoryTrouble["kind"], Time>();
	#busySince: Time | undefined;

	constructor(options: TellingOptions) {
		this.#options = options;
		this.#place = `${basename(options.file)} in ${dirname(options.file)}`;
	}

	/** The file could not be written or read. */
	failed(kind: OutOfReach, error: unknown): void {
		if (isBusy(error)) {
			const now = this.#options.now();
			this.#busySince ??= now;
			if (now - this.#busySince < BUSY_GRACE_MS) return;
		}
		const waits = kind === "write_failed" && !isRefused(error);
		const kept = waits ? ` The newest ${RUNS_LIMIT.toLocaleString("en")} results are kept in memory until it can.` : "";
		this.#once(kind, `The history ${this.#place} cannot be ${VERBS[kind]}: ${reasonOf(error)}.${kept}`);
	}

	/** It could be written or read. */
	worked(kind: OutOfReach): void {
		if (kind === "write_failed") this.#busySince = undefined;
		const told = this.#told.get(kind);
		if (told !== undefined && this.#options.now() - told >= RETELL_AFTER_MS) this.#told.delete(kind);
	}

	/** The damaged file now has the name `kept`. */
	setAside(kept: string, cause: unknown): void {
		const message = `The history ${this.#place} is damaged (${reasonOf(cause)}): it is kept as ${basename(kept)}, and a new one begins.`;
		this.#options.onTrouble({ kind: "set_aside", message, file: kept });
	}

	/** The size limit cost detail or age. */
	pruned(maxBytes: number): void {
		const limit = `${Math.round(maxBytes / 1024).toLocaleString("en")} KiB`;
		this.#once(
			"pruned",
			`The history ${this.#place} outgrew ${limit}: its oldest part is kept in less detail, or not at all.`,
		);
	}

	#once(kind: HistoryTrouble["kind"], message: string): void {
		if (this.#told.has(kind)) return;
		this.#told.set(kind, this.#options.now());
		this.#options.onTrouble({ kind, message, file: this.#options.file });
	}
}

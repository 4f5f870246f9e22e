import { plainLine } from "../core/failure.ts";
import type { Time } from "../core/model.ts";
import type { AppPart, Trouble } from "../ipc/answers.ts";

const LINE_LIMIT = 200;

/** What does not work in the app itself: noted, shown in the settings, and never a reason to stop watching. */
export class Troubles {
	readonly #now: () => Time;
	readonly #log: (line: string) => void;
	readonly #home: string;
	readonly #newest = new Map<AppPart, Trouble>();

	/** The home folder, and with it who its user is, is not told. */
	constructor(now: () => Time, log: (line: string) => void, home: string) {
		this.#now = now;
		this.#log = log;
		this.#home = home;
	}

	note(part: AppPart, error: unknown): void {
		const why = wordsOf(error).replaceAll(this.#home, "~");
		if (this.#newest.get(part)?.why !== why) this.#log(`${part}: ${why}`);
		this.#newest.set(part, { part, at: this.#now(), why });
	}

	/** The part works again. */
	over(part: AppPart): void {
		this.#newest.delete(part);
	}

	/** Does what may fail; where it does, that is noted, and the answer is `undefined`. */
	attempt<T>(part: AppPart, work: () => T): T | undefined {
		try {
			return work();
		} catch (error) {
			this.note(part, error);
			return undefined;
		}
	}

	/** Does once more what may have failed before. */
	retry(part: AppPart, work: () => void): void {
		try {
			work();
			this.over(part);
		} catch (error) {
			this.note(part, error);
		}
	}

	/** The newest first. */
	list(): readonly Trouble[] {
		return [...this.#newest.values()].sort((a, b) => b.at - a.at);
	}
}

/** An error in one plain line. */
export function wordsOf(error: unknown): string {
	return plainLine(error instanceof Error ? error.message : String(error), LINE_LIMIT);
}

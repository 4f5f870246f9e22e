import type { z } from "zod";
import type { ReportsProvider } from "../../core/check.ts";
import type { ReportsOutcome } from "../../core/evidence.ts";
import type { ServiceId, Time } from "../../core/model.ts";

/** Whom reports are about. */
export interface Subject {
	readonly id: ServiceId;
	readonly name: string;
	/** The id of who runs it. */
	readonly owner: string;
}

/** One question over HTTPS, with the user's key where the provider wants one. Throws `Trouble`, or `Unreadable` where the answer is not `what`. */
export type Ask = <T>(question: {
	readonly url: string;
	readonly shape: z.ZodType<T>;
	/** What is expected, in a sentence, with its article: "a list of boards". */
	readonly what: string;
	/** Of an answer that is about several services: it is asked for once and given to all of them for so long, ms. */
	readonly sharedForMs?: number;
	/** Made into a POST with nothing in it. */
	readonly post?: true;
	/** In place of the key, as it stands. */
	readonly authorization?: string;
}) => Promise<T>;

/** What a reading has at hand. */
export interface Reading {
	readonly ask: Ask;
	readonly key: string;
	readonly now: Time;
	/** What earlier readings of this provider found out, such as an id. */
	readonly memory: Map<string, string>;
}

/** One who tells what other people report: the vendor's shapes, and one short `read`. */
export interface Reports {
	readonly provider: ReportsProvider;
	/** Where it is asked. */
	readonly host: string;
	/** Its name as sentences have it. */
	readonly name: string;
	/** True where it answers whoever asks: the key then only says that it may be asked. */
	readonly keyless?: true;
	/** Whether it can say anything about the service. */
	covers(subject: Subject): boolean;
	/** Throws `Trouble` or `Unreadable`. */
	read(subject: Subject, reading: Reading): Promise<ReportsOutcome>;
}

/** The most entries of a list that are looked at. */
export const LIST_LIMIT = 2000;

import type { SourceFormat } from "../../core/check.ts";
import type { Time } from "../../core/model.ts";
import type { OfficialPage } from "../../core/official.ts";
import { SOURCES } from "./registry.ts";
import { type Source, Unreadable } from "./source.ts";

export interface Recognised {
	/** The format that fits, which may not be the expected one. */
	readonly source: Source;
	readonly page: OfficialPage;
}

/**
 * Reads an answer by what it is: vendors move to other software and keep the address. The expected format is tried first.
 * Throws `Unreadable` with that format's complaint when none fits.
 */
export function recognise(text: string, now: Time, expected: SourceFormat): Recognised {
	const first: Source = SOURCES[expected];
	try {
		return { source: first, page: first.parse(text, now) };
	} catch (complaint) {
		for (const source of Object.values<Source>(SOURCES)) {
			const page = source === first ? undefined : tryParse(source, text, now);
			if (page) return { source, page };
		}
		throw complaint;
	}
}

function tryParse(source: Source, text: string, now: Time): OfficialPage | undefined {
	try {
		return source.parse(text, now);
	} catch (error) {
		if (error instanceof Unreadable) return undefined;
		throw error;
	}
}

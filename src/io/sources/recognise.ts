import type { SourceFormat } from "../../core/check.ts";
import type { Time } from "../../core/model.ts";
import type { OfficialPage } from "../../core/official.ts";
import { answerOf } from "./describe.ts";
import { SOURCES } from "./registry.ts";
import { type Answer, type Source, Unreadable } from "./source.ts";

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
	const answer = answerOf(text);
	try {
		return { source: first, page: first.parse(answer, now) };
	} catch (complaint) {
		for (const source of Object.values<Source>(SOURCES)) {
			const page = source === first ? undefined : tryParse(source, answer, now);
			if (page && !(source.silent && answer.value !== undefined && isEmpty(page))) return { source, page };
		}
		throw complaint;
	}
}

function isEmpty({ components, incidents, maintenances }: OfficialPage): boolean {
	return components.length === 0 && incidents.length === 0 && maintenances.length === 0;
}

function tryParse(source: Source, answer: Answer, now: Time): OfficialPage | undefined {
	try {
		return source.parse(answer, now);
	} catch (error) {
		if (error instanceof Unreadable) return undefined;
		throw error;
	}
}

import type { ReportsEvidence, SourceEvidence } from "./evidence.ts";
import type { Failure } from "./failure.ts";
import type { Incident } from "./incidents.ts";
import type { ServiceId, Time } from "./model.ts";

/** What one reading of a source tells of the source itself. */
export type SourceReading =
	| { readonly at: Time; readonly page?: string; readonly format?: string; readonly movedTo?: string }
	| { readonly at: Time; readonly failure: Failure };

/** How well a source can be read, apart from what it says. */
export interface SourceHealth {
	/** When it was first read. */
	readonly since?: Time;
	/** When it was last read. */
	readonly readAt?: Time;
	/** The page's name, and its format, as they were last read. */
	readonly page?: string;
	readonly format?: string;
	/** While it cannot be read. */
	readonly failing?: { readonly since: Time; readonly times: number };
	/** The last time that it could not, whether or not it can now. */
	readonly lastFailure?: { readonly at: Time; readonly failure: Failure };
	/** It answers in another format than before. */
	readonly changed?: { readonly from: string; readonly to: string; readonly at: Time };
	/** Its address says that it has moved for good. */
	readonly moved?: { readonly to: string; readonly at: Time };
	/** How often it wanted to be asked less. */
	readonly limited?: { readonly times: number; readonly at: Time };
}

export function readingOf({ at, outcome }: SourceEvidence | ReportsEvidence): SourceReading {
	if (outcome.kind === "failed") return { at, failure: outcome.failure };
	if (outcome.kind !== "read") return { at };
	const { page, movedTo } = outcome;
	return { at, page: page.page.name, format: page.format, ...(movedTo !== undefined && { movedTo }) };
}

/** The health of a source after one more reading. */
export function healthAfter(before: SourceHealth, reading: SourceReading): SourceHealth {
	const { at } = reading;
	if ("failure" in reading) {
		const { failure } = reading;
		const { since, times } = before.failing ?? { since: at, times: 0 };
		return {
			...before,
			failing: { since, times: times + 1 },
			lastFailure: { at, failure },
			...(failure.status === TOO_MANY && { limited: { times: (before.limited?.times ?? 0) + 1, at } }),
		};
	}
	const { failing: _, moved, ...rest } = before;
	const { page, format, movedTo } = reading;
	return {
		...rest,
		since: before.since ?? at,
		readAt: at,
		...(page !== undefined && { page }),
		...(format !== undefined && { format }),
		...(changeOf(before, reading) ?? {}),
		...(movedTo !== undefined && { moved: moved?.to === movedTo ? moved : { to: movedTo, at } }),
	};
}

const TOO_MANY = 429;

function changeOf({ format: from }: SourceHealth, { at, format: to }: Extract<SourceReading, { format?: string }>) {
	return from === undefined || to === undefined || from === to ? undefined : { changed: { from, to, at } };
}

/** How late an official page is, held against what own probes saw. */
export interface Lag {
	/** Outages that own probes saw, and that are over or admitted. */
	readonly outages: number;
	/** Of those, where the page said so no later than the probes. */
	readonly first: number;
	/** Where it never did. */
	readonly missed: number;
	/** How much later it said so, where it was later: in the middle and at worst. */
	readonly lateMs?: { readonly middle: Time; readonly worst: Time };
}

/** Measures the page of one service by the incidents since it has been read. */
export function lagOf(
	incidents: readonly Incident[],
	{ service, page, since }: { readonly service: ServiceId; readonly page: string; readonly since: Time },
): Lag {
	const late = incidents
		.filter((incident) => incident.openedAt >= since && isSeenOf(incident, service))
		.flatMap(({ seenAt = 0, closedAt, admissions = [] }): (Time | undefined)[] => {
			const admission = admissions.find((each) => each.page === page);
			// while it goes on the page may yet say so
			if (!admission && closedAt === undefined) return [];
			return [admission && admission.at - seenAt];
		});
	const later = late.filter((each) => each !== undefined && each > 0) as Time[];
	later.sort((a, b) => a - b);
	const [middle, worst] = [later[Math.floor((later.length - 1) / 2)], later.at(-1)];
	return {
		outages: late.length,
		first: late.filter((each) => each !== undefined && each <= 0).length,
		missed: late.filter((each) => each === undefined).length,
		...(middle !== undefined && worst !== undefined && { lateMs: { middle, worst } }),
	};
}

function isSeenOf({ seenAt, mergedInto, culprit, features }: Incident, service: ServiceId): boolean {
	if (seenAt === undefined || mergedInto !== undefined) return false;
	return culprit === service || features.some((held) => held.service === service);
}

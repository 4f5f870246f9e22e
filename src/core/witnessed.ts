import type { Incident } from "./incidents.ts";
import { isProblem } from "./level.ts";
import type { Time } from "./model.ts";
import { spikeOf } from "./reports.ts";
import type { Reason } from "./verdict.ts";

/** One failed run may be chance. */
const FAILURES_TO_SEE = 2;

/** What is new of who bears an incident witness, given the reasons of its features: pages, own probes, other people. */
export function witnessed(incident: Incident, reasons: readonly Reason[], now: Time): Partial<Incident> {
	const { admissions = [] } = incident;
	const known = new Set(admissions.map(({ page }) => page));
	const fresh = pagesIn(reasons).filter((page) => !known.has(page));
	const [first] = fresh;
	return {
		...(first !== undefined && { admissions: [...admissions, ...fresh.map((page) => ({ at: now, page }))] }),
		...(first !== undefined && !incident.admitted && { admitted: { at: now, page: first } }),
		...(incident.seenAt === undefined && isSeen(reasons) && { seenAt: now }),
		...(!incident.reported && isReported(reasons) && { reported: true as const }),
	};
}

/** Tells whether anything has changed that `witnessed` looks at. */
export function testimonyIn(reasons: readonly Reason[]): string {
	return JSON.stringify([pagesIn(reasons), isSeen(reasons), isReported(reasons)]);
}

/** The pages that say of the feature, or of its service, that there is trouble. */
function pagesIn(reasons: readonly Reason[]): string[] {
	const pages = reasons.flatMap((reason) =>
		reason.kind === "official" && isProblem(reason.level) ? [reason.page] : [],
	);
	return [...new Set(pages)].sort();
}

function isSeen(reasons: readonly Reason[]): boolean {
	return reasons.some(
		(reason) => reason.kind === "host_slow" || (reason.kind === "host_fails" && reason.inRow >= FAILURES_TO_SEE),
	);
}

function isReported(reasons: readonly Reason[]): boolean {
	return reasons.some(
		(reason) => reason.kind === "reports" && spikeOf({ perHour: reason.perHour, usual: reason.baseline }) === "strong",
	);
}

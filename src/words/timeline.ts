import type { Happening } from "../core/chronicle.ts";
import type { Incident } from "../core/incidents.ts";
import type { Level } from "../core/level.ts";
import type { Time } from "../core/model.ts";
import { shortDuration } from "./durations.ts";
import { sentences } from "./lists.ts";
import { type Names, nameOf, servicesIn } from "./names.ts";
import { blame, clauses, inShort } from "./trouble.ts";
import { capital, shownName } from "./window.ts";
import type { Words } from "./words.ts";

/** One moment of an outage: what happened, without a full stop, and the level that goes with it. */
export interface StoryPart {
	readonly at: Time;
	readonly text: string;
	readonly level: Level;
}

/** The story of an outage as far as it is remembered, the oldest first, beginning with what was first seen from here. */
export function storyOf({ seenAt, timeline = [] }: Incident, words: Words, names: Names): readonly StoryPart[] {
	const told = timeline.map((happening) => ({
		at: happening.at,
		text: capital(happeningText(happening, seenAt, words, names)),
		level: levelOf(happening),
	}));
	if (seenAt === undefined || timeline.some(({ kind, at }) => kind === "opened" && at === seenAt)) return told;
	const seen: StoryPart = { at: seenAt, text: words.t("details.happening.seen"), level: "degraded" };
	return [seen, ...told].sort((a, b) => a.at - b.at);
}

function happeningText(happening: Happening, seenAt: Time | undefined, words: Words, names: Names): string {
	const { kind } = happening;
	switch (kind) {
		case "opened":
			return words.t(`details.happening.${openedAs(happening.at, seenAt)}`);
		case "reopened":
		case "closed":
		case "merged":
			return words.t(`details.happening.${kind}`);
		case "joined":
		case "worsened":
		case "eased":
		case "well":
			return words.t(`details.happening.${kind}`, {
				service: nameOf(happening.service, names),
				feature: words.t(`feature.${happening.feature}`),
				state: words.t(`level.${happening.level}`),
			});
		case "blamed":
			return words.t("details.happening.blamed", { culprit: nameOf(happening.culprit, names) });
		case "admitted": {
			const page = shownName(happening.page);
			const lateMs = happening.at - (seenAt ?? happening.at);
			if (lateMs < PROMPT_MS) return words.t("details.happening.admitted", { page });
			return words.t("details.happening.admittedLate", { page, duration: shortDuration(lateMs, words) });
		}
	}
}

function openedAs(at: Time, seenAt: Time | undefined) {
	if (seenAt === undefined || seenAt > at) return "opened";
	return seenAt === at ? "seenAndConfirmed" : "confirmed";
}

function levelOf(happening: Happening): Level {
	switch (happening.kind) {
		case "joined":
		case "worsened":
		case "eased":
			return happening.level;
		case "opened":
		case "reopened":
			return "major_outage";
		case "well":
		case "closed":
			return "operational";
		case "blamed":
		case "merged":
		case "admitted":
			return "unknown";
	}
}

/** An admission this soon after the first failure is no delay worth telling. */
const PROMPT_MS = 60_000;

/** How late each official page was, in sentences; none where nothing was seen from here to hold it against. */
export function admissionSentences({ seenAt, closedAt, admissions = [] }: Incident, words: Words): readonly string[] {
	if (seenAt === undefined) return [];
	if (admissions.length === 0)
		return [words.t(closedAt === undefined ? "details.admission.notYet" : "details.admission.never")];
	return admissions.map(({ at, page }) => {
		const kind = at - seenAt < PROMPT_MS ? "prompt" : "late";
		return words.t(`details.admission.${kind}`, {
			page: shownName(page),
			duration: shortDuration(at - seenAt, words),
		});
	});
}

/** What an outage is, as a title without a full stop: what people cannot do while it goes on, and what it touched once it is over. */
export function outageTitle({ features }: Incident, words: Words, names: Names): string {
	const open = features.filter(({ until }) => until === undefined);
	const all = clauses(open, words, names);
	const few = all.length > 0 && all.length <= MOST_CLAUSES;
	const text = few ? sentences(...all) : inShort(open.length > 0 ? open : features, words, names, MOST_NAMED);
	return text.replace(/\.$/, "");
}

const MOST_CLAUSES = 2;
const MOST_NAMED = 3;

/** How long it lasted, or has so far. */
export function lastedMs({ openedAt, closedAt }: Incident, now: Time): Time {
	return Math.max(0, (closedAt ?? now) - openedAt);
}

/** Whose fault it is, or was, without a full stop. */
export function faultOf({ cause, culprit, closedAt, features }: Incident, words: Words, names: Names): string {
	if (closedAt !== undefined) return words.t("notice.wasAt", { culprit: nameOf(culprit, names) });
	return blame(cause, culprit, servicesIn(features, names).length, words, names);
}

import type { Incident } from "../core/incidents.ts";
import type { Time } from "../core/model.ts";
import type { MuteEnd } from "../core/mutes.ts";
import type { ServiceView } from "../core/snapshot.ts";
import { shortDuration } from "./durations.ts";
import { sentences } from "./lists.ts";
import { type Names, servicesIn } from "./names.ts";
import { blame, whatFails } from "./trouble.ts";
import { shownName } from "./window.ts";
import type { Words } from "./words.ts";

/** A moment as it is said: the hour alone while that is clear, else with its day. */
export interface Moment {
	readonly text: string;
	readonly withDay: boolean;
}

/** "since 17:58". */
export function sinceWords({ text, withDay }: Moment, words: Words): string {
	return words.t(withDay ? "window.card.sinceDay" : "window.card.sinceTime", { time: text });
}

/** An admission this soon after the beginning is no delay worth telling. */
const PROMPT_MS = 60_000;

/** What official pages say of an outage, in a sentence; `undefined` where its services have none that is read. */
export function officialSays(
	{ admitted, seenAt, openedAt }: Incident,
	services: readonly ServiceView[],
	momentOf: (at: Time) => Moment,
	words: Words,
): string | undefined {
	if (admitted) {
		const { text: time, withDay } = momentOf(admitted.at);
		const lateMs = admitted.at - (seenAt ?? openedAt);
		const kind = lateMs >= PROMPT_MS ? "late" : "said";
		const duration = shortDuration(lateMs, words);
		return words.t(`window.official.${kind}${withDay ? "OnDay" : "AtTime"}`, {
			page: shownName(admitted.page),
			time,
			duration,
		});
	}
	const sources = services.flatMap((service) => service.sources);
	if (sources.length === 0) return undefined;
	return words.t(sources.some(({ failure }) => !failure) ? "window.official.silent" : "window.official.unread");
}

/** What can be sent to colleagues: what fails, whose fault it is, since when, and what the official pages say. */
export function messageFor(
	incident: Incident,
	{ began, official, names }: { began: Moment; official: string | undefined; names: Names },
	words: Words,
): string {
	const { features, cause, culprit } = incident;
	const open = features.filter(({ until }) => until === undefined);
	const count = servicesIn(open, names).length;
	return [
		whatFails(open, words, names),
		sentences(blame(cause, culprit, count, words, names)),
		words.t(began.withDay ? "window.messageDay" : "window.message", { time: began.text }),
		...(official ? [official] : []),
	].join(" ");
}

/** "Muted until 19:00". */
export function mutedWords(until: MuteEnd, momentOf: (at: Time) => Moment, words: Words): string {
	if (until.kind !== "time") return words.t(`window.muted.${until.kind}`);
	const { text, withDay } = momentOf(until.at);
	return words.t(withDay ? "window.muted.day" : "window.muted.time", { time: text });
}

/** An outage that is over, in a sentence. */
export function overSentence(
	{ features, openedAt, closedAt = openedAt }: Incident,
	over: Moment,
	names: Names,
	words: Words,
): string {
	return words.t(over.withDay ? "window.earlier.day" : "window.earlier.time", {
		what: servicesIn(features, names).join(", "),
		time: over.text,
		duration: shortDuration(closedAt - openedAt, words),
	});
}

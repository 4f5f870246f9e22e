import { plainLine } from "../core/failure.ts";
import { isProblem, type Level, worst } from "../core/level.ts";
import { overall } from "../core/overall.ts";
import type { ServiceView, Snapshot } from "../core/snapshot.ts";
import { headline } from "./headline.ts";
import { list, sentences } from "./lists.ts";
import { featuresIn, type Names } from "./names.ts";
import { type Affected, advice, clauses, inShort, localTrouble } from "./trouble.ts";
import type { Words } from "./words.ts";

/** What stands at the top of the window: the shape's level, a sentence without a full stop, and what follows from it. */
export interface Lead {
	readonly level: Level;
	/** Not all that could be seen has been: no ground for a band that says all is well. */
	readonly gaps?: true;
	readonly title: string;
	/** Whole sentences, the most important first. */
	readonly says: readonly string[];
}

/** More outages, or more services, than this are told in short: a title is no list. */
const MOST_OUTAGES = 2;
const MOST_SERVICES = 5;
const MOST_NAMED = 3;

export function lead(snapshot: Snapshot, words: Words): Lead {
	const { connection, services, names } = snapshot;
	if (connection.state === "trouble") {
		const says = [advice(connection.cause ?? "unknown", words), words.t("headline.notJudged")];
		return { level: "unknown", title: localTrouble(connection.cause, words), says };
	}
	if (services.length === 0)
		return { level: "unknown", title: words.t("window.lead.empty"), says: [words.t("window.lead.emptyHelp")] };
	if (connection.state === "unknown")
		return { level: "unknown", title: withoutStop(headline(snapshot, words)), says: [] };
	const affected = affectedIn(services);
	if (affected.length > 0) {
		const says = [words.t("window.lead.notYou"), words.t("window.lead.fine")];
		return {
			level: worst(affected.map(({ level }) => level)),
			title: withoutStop(titleOf(affected, words, names)),
			says,
		};
	}
	const { level, gaps } = overall(services);
	return {
		level,
		...(gaps && { gaps }),
		title: withoutStop(headline(snapshot, words)),
		says: [words.t("window.lead.fine")],
	};
}

/** With whose fault it is, as far as that is known. */
interface Blamed extends Affected {
	readonly culprit: string;
}

function affectedIn(services: readonly ServiceView[]): Blamed[] {
	return services.flatMap(({ id, features }) =>
		features.flatMap(({ feature, level, culprit = id }) =>
			isProblem(level) ? [{ service: id, feature, level, culprit }] : [],
		),
	);
}

/** Of each outage what most services have in common, at its worst: the rest of it is told below. */
function titleOf(affected: readonly Blamed[], words: Words, names: Names): string {
	const leading = [...Map.groupBy(affected, ({ culprit }) => culprit).values()].map(commonest);
	const few = leading.length <= MOST_OUTAGES && leading.every((held) => held.length <= MOST_SERVICES);
	return few
		? sentences(...leading.flatMap((held) => clauses(held, words, names)))
		: inShort(affected, words, names, MOST_NAMED);
}

function commonest(held: readonly Blamed[]): readonly Blamed[] {
	const level = worst(held.map((each) => each.level));
	const byFeature = Map.groupBy(
		held.filter((each) => each.level === level),
		({ feature }) => feature,
	);
	return [...byFeature.values()].reduce((most, each) => (each.length > most.length ? each : most));
}

/** The same where no full stop belongs, as in a title. */
export function withoutStop(text: string): string {
	return text.replace(/\.$/, "");
}

/** How a service is, in one line: what is wrong first, then what cannot be told. */
export function serviceLine({ features }: ServiceView, words: Words): string {
	const seen = features.filter(({ level, blind }) => level !== "unknown" || !blind);
	const unseen = features.filter((each) => !seen.includes(each));
	if (seen.length === 0) return capital(words.t("window.row.blind"));
	const parts = [...stateParts(seen, words), ...part("unseen", unseen, words)];
	return capital(parts.join(" · "));
}

type Views = ServiceView["features"];

/** What there is to say of features that can be seen. */
function stateParts(features: Views, words: Words): string[] {
	const at = (wanted: Level) => features.filter(({ level }) => level === wanted);
	const whole = (level: Level) => at(level).length === features.length;
	if (whole("unknown")) {
		const waiting = features.some(({ reasons }) => reasons.some(({ kind }) => kind === "no_connection"));
		return [words.t(waiting ? "window.row.waiting" : "window.row.unknown")];
	}
	if (whole("maintenance")) return [words.t("window.row.planned")];
	const trouble = WORST_FIRST.flatMap((level) => part(level, at(level), words));
	const well = trouble.length === 0 ? [words.t("window.row.works")] : [];
	return [...trouble, ...well, ...part("unchecked", at("unknown"), words)];
}

const WORST_FIRST = ["major_outage", "partial_outage", "degraded", "maintenance"] as const;

function part(kind: (typeof WORST_FIRST)[number] | "unseen" | "unchecked", those: Views, words: Words): string[] {
	return those.length === 0 ? [] : [words.t(`window.row.${kind}`, { features: list(featuresIn(those, words), words) })];
}

/** With its first letter in capitals, as a line of its own begins. */
export function capital(text: string): string {
	const [first = "", ...rest] = text;
	return first.toUpperCase() + rest.join("");
}

/** Longest name, and longest line, that a window shows: whatever comes from outside is cut there. */
const LONGEST_NAME = 60;
const LONGEST_LINE = 300;

/** Text from outside as one bounded line. */
export function shownLine(text: string): string {
	return plainLine(text, LONGEST_LINE);
}

/** A name from outside as one bounded line. */
export function shownName(text: string): string {
	return plainLine(text, LONGEST_NAME);
}

/** The same snapshot with names that a window can show: one line each, bounded, without marks that turn the text around. */
export function withShownNames(snapshot: Snapshot): Snapshot {
	return {
		...snapshot,
		names: Object.fromEntries(Object.entries(snapshot.names).map(([id, name]) => [id, shownName(name) || id])),
		services: snapshot.services.map((service) => ({ ...service, name: shownName(service.name) || service.id })),
	};
}

/** What the bars of the last day say, in a few words. */
export function dayWords(bands: readonly (Level | "gap")[], words: Words): string {
	const troubled = bands.filter((band) => band !== "gap" && isProblem(band)).length;
	if (troubled > 0) return words.t("window.bars.trouble", { count: troubled });
	return words.t(bands.some((band) => band === "operational") ? "window.bars.fine" : "window.bars.unseen");
}

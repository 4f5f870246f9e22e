import type { FailedControl } from "./connectivity.ts";
import { compareLevels, isProblem, type Level, type Problem } from "./level.ts";
import type { Cause, FeatureName, ServiceId, Time } from "./model.ts";
import type { ConnectionView, Snapshot } from "./snapshot.ts";
import type { Reason } from "./verdict.ts";
import { CONTROL_WORDS, FEATURE_WORDS, failureWords, LEVEL_WORDS, LOCAL_TROUBLE, TROUBLE } from "./words.ts";

/** Names by id; an id without a name is shown as it is. */
export type Names = Readonly<Record<string, string>>;

/** A feature in trouble, as far as sentences go. */
export interface Affected {
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly level: Problem;
}

/** The one sentence that leads: what people cannot do, or that all is well. */
export function headline(snapshot: Snapshot): string {
	const { connection, names } = snapshot;
	if (connection.state === "trouble") return `${localTrouble(connection.cause)}. No service was judged.`;
	if (connection.state === "unknown") return "Checking the connection.";
	const affected = snapshot.services.flatMap(({ id, features }) =>
		features.flatMap(({ feature, level }) => (isProblem(level) ? [{ service: id, feature, level }] : [])),
	);
	if (affected.length > 0) return `${whatFails(affected, names)} It is not just you: your connection is fine.`;
	return calmHeadline(snapshot.services.flatMap((service) => service.features));
}

/** What is not known is never called well. */
function calmHeadline(features: readonly { readonly level: Level; readonly blind?: string }[]): string {
	const any = (level: Level) => features.some((feature) => feature.level === level);
	const unchecked = features.some(({ level, blind }) => level === "unknown" && !blind);
	if (any("maintenance"))
		return `Planned work is going on; ${unchecked ? "some could not be checked" : "the rest works"}.`;
	if (!any("operational")) return "Nothing could be checked yet.";
	if (unchecked) return "What could be checked works; some could not be checked.";
	return any("unknown") ? "Everything that can be seen from here works." : "Everything works.";
}

/** "Feeds are not loading on Instagram and Facebook.": the worst first, by what fails rather than by who. */
export function whatFails(affected: readonly Affected[], names: Names): string {
	const bySentence = Map.groupBy(worstFirst(affected), ({ feature, level }) => TROUBLE[feature][level]);
	const clauses = [...bySentence].map(
		([sentence, where]) => `${sentence} on ${list(unique(where.map(({ service }) => nameOf(service, names))))}`,
	);
	return clauses.length <= 2 ? sentences(...clauses) : inShort(affected, names);
}

/** "Trouble on Instagram, Facebook and 2 more: feed, stories and 3 more."; all of them unless told how many to name. */
export function inShort(affected: readonly Affected[], names: Names, most = Number.POSITIVE_INFINITY): string {
	const told = worstFirst(affected);
	const services = unique(told.map(({ service }) => nameOf(service, names)));
	const features = unique(told.map(({ feature }) => FEATURE_WORDS[feature]));
	return sentences(`Trouble on ${some(services, most)}: ${some(features, most)}`);
}

function worstFirst(affected: readonly Affected[]): Affected[] {
	return [...affected].sort((a, b) => compareLevels(b.level, a.level));
}

/** Who is at fault, in words. */
export function blame(cause: Cause, culprit: string | undefined, names: Names): string {
	const who = culprit === undefined ? "the service" : nameOf(culprit, names);
	if (cause === "service") return `It is not just you: the trouble is at ${who}`;
	if (cause === "upstream") return `It is not just you: ${who}, which carries it, has trouble`;
	return localTrouble(cause);
}

/** What the controls found, in one sentence that names those that failed. */
export function connectionSentence(connection: ConnectionView): string {
	const { state, cause, failed, passed } = connection;
	if (state === "unknown") return "The connection has not been checked yet.";
	if (state === "online") return `Your connection is fine: ${passed} of ${passed + failed.length} controls passed.`;
	return `${localTrouble(cause)}. ${failedControls(failed)}`;
}

/** "These controls failed: Google (web, DNS over HTTPS) and Apple (web)." */
export function failedControls(failed: readonly FailedControl[]): string {
	const vendors = Map.groupBy(failed, ({ vendor }) => vendor);
	const words = [...vendors].map(([vendor, own]) => {
		const kinds = unique(own.map(({ control }) => CONTROL_WORDS[control]));
		return `${vendor.charAt(0).toUpperCase()}${vendor.slice(1)} (${kinds.join(", ")})`;
	});
	return `These controls failed: ${list(words)}.`;
}

/** One ground for a verdict, as a line people can read aloud. */
export function reasonSentence(reason: Reason, names: Names): string {
	switch (reason.kind) {
		case "host_fails":
			return `${reason.host} fails: ${failureWords(reason.failure)}${reason.inRow > 1 ? `, ${reason.inRow} times in a row` : ""}`;
		case "host_passes":
			return `${reason.host} answers in ${Math.round(reason.tookMs)} ms`;
		case "host_refuses_us":
			return `${reason.host} answers but refuses this computer (${failureWords(reason.failure)})`;
		case "not_tried":
			return `${reason.host} was not tried: ${reason.why}`;
		case "official":
			return officialSentence(reason);
		case "source_failed":
			return `The official page of ${reason.page} cannot be read: ${failureWords(reason.failure)}`;
		case "also_fails":
			return `${list(reason.services.map((id) => nameOf(id, names)))}, also behind ${nameOf(reason.provider, names)}, ${reason.services.length === 1 ? "fails" : "fail"} too`;
		case "blind":
			return reason.why;
		case "no_connection":
			return localTrouble(reason.cause);
	}
}

function officialSentence({ page, level, title }: Extract<Reason, { kind: "official" }>): string {
	if (title) return `The official page of ${page} says: ${title}`;
	return level === "unknown"
		? `The official page of ${page} does not say`
		: `The official page of ${page} says: ${LEVEL_WORDS[level]}`;
}

export function localTrouble(cause: Cause = "unknown"): string {
	return cause === "service" || cause === "upstream" ? LOCAL_TROUBLE.unknown : LOCAL_TROUBLE[cause];
}

/** How sure, in words; a problem only. */
export function certainty(confidence: number): string {
	return confidence >= 0.95 ? "almost certain" : confidence >= 0.7 ? "probably" : "unclear";
}

/** `40 s`, `3 min`, `2 h 5 min`, `4 d`. */
export function duration(ms: Time): string {
	const seconds = Math.max(0, Math.round(ms / 1000));
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	if (hours >= 48) return `${Math.floor(hours / 24)} d`;
	return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
	const last = items.at(-1) ?? "";
	return items.length <= 1 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** The first few, and how many more there are. */
export function some(items: readonly string[], most: number): string {
	return items.length <= most ? list(items) : list([...items.slice(0, most - 1), `${items.length - most + 1} more`]);
}

/** Each with its full stop, unless it ends in one: names such as "X Corp." do. */
export function sentences(...texts: readonly string[]): string {
	return texts.map((text) => (text.endsWith(".") ? text : `${text}.`)).join(" ");
}

export function nameOf(id: string, names: Names): string {
	return names[id] ?? id;
}

export function unique(items: readonly string[]): string[] {
	return [...new Set(items)];
}

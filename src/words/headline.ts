import { isProblem, type Level } from "../core/level.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { sentences } from "./lists.ts";
import { localTrouble, whatFails } from "./trouble.ts";
import type { Words } from "./words.ts";

/** The one sentence that leads: what people cannot do and whether it is them, or that all is well. */
export function headline(snapshot: Snapshot, words: Words): string {
	const { connection, names } = snapshot;
	if (connection.state === "trouble")
		return sentences(localTrouble(connection.cause, words), words.t("headline.notJudged"));
	if (connection.state === "unknown") return words.t("headline.checking");
	const affected = snapshot.services.flatMap(({ id, features }) =>
		features.flatMap(({ feature, level }) => (isProblem(level) ? [{ service: id, feature, level }] : [])),
	);
	if (affected.length > 0) return sentences(whatFails(affected, words, names), words.t("headline.notYou"));
	return calmHeadline(
		snapshot.services.flatMap(({ features }) => features),
		words,
	);
}

/** What is not known is never called well. */
function calmHeadline(features: readonly { readonly level: Level; readonly blind?: string }[], words: Words): string {
	const any = (level: Level) => features.some((feature) => feature.level === level);
	const unchecked = features.some(({ level, blind }) => level === "unknown" && !blind);
	if (any("maintenance")) return words.t(unchecked ? "headline.plannedUnchecked" : "headline.planned");
	if (!any("operational")) return words.t("headline.nothing");
	if (unchecked) return words.t("headline.unchecked");
	return words.t(any("unknown") ? "headline.seen" : "headline.all");
}

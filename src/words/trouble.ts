import { compareLevels, type Problem } from "../core/level.ts";
import type { Cause, FeatureName, ServiceId } from "../core/model.ts";
import { list, sentences, some } from "./lists.ts";
import { featuresIn, type Names, nameOf, servicesIn } from "./names.ts";
import type { Words } from "./words.ts";

/** A feature in trouble, as far as sentences go. */
export interface Affected {
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly level: Problem;
}

/**
 * What people cannot do, a clause for each kind of trouble and without full stops: "Feeds are not loading on Instagram and
 * Facebook"; the worst first.
 */
export function clauses(affected: readonly Affected[], words: Words, names: Names): string[] {
	const byTrouble = Map.groupBy(worstFirst(affected), ({ feature, level }) => `trouble.${feature}.${level}` as const);
	return [...byTrouble].map(([trouble, where]) => {
		const services = servicesIn(where, names);
		return words.t(trouble, { services: list(services, words), count: services.length });
	});
}

/** The same in sentences, or in short where there are more than two kinds. */
export function whatFails(affected: readonly Affected[], words: Words, names: Names): string {
	const all = clauses(affected, words, names);
	return all.length <= 2 ? sentences(...all) : inShort(affected, words, names);
}

/** "Trouble on Instagram, Facebook and 2 more: feed, stories and 3 more."; all of them unless told how many to name. */
export function inShort(
	affected: readonly Affected[],
	words: Words,
	names: Names,
	most = Number.POSITIVE_INFINITY,
): string {
	const told = worstFirst(affected);
	const services = some(servicesIn(told, names), most, "services", words);
	const features = some(featuresIn(told, words), most, "features", words);
	return sentences(words.t("inShort.with", { services, features }));
}

function worstFirst(affected: readonly Affected[]): Affected[] {
	return [...affected].sort((a, b) => compareLevels(b.level, a.level));
}

/** Who is at fault for the trouble of so many services, without a full stop. */
export function blame(cause: Cause, culprit: string | undefined, count: number, words: Words, names: Names): string {
	if (cause !== "service" && cause !== "upstream") return localTrouble(cause, words);
	if (culprit === undefined) return words.t(`blame.nameless.${cause}`);
	return words.t(`blame.${cause}`, { culprit: nameOf(culprit, names), count });
}

/** What is wrong on this side, without a full stop; a cause that lies elsewhere is told as no connection. */
export function localTrouble(cause: Cause | undefined, words: Words): string {
	return words.t(`local.${localCause(cause)}`);
}

/** What people can do about it themselves, or whom it is up to. */
export function advice(cause: Cause, words: Words): string {
	return words.t(`advice.${localCause(cause)}`);
}

function localCause(cause: Cause = "unknown"): Exclude<Cause, "service" | "upstream"> {
	return cause === "service" || cause === "upstream" ? "unknown" : cause;
}

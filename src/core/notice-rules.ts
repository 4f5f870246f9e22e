import type { Problem } from "./level.ts";
import type { Cause, FeatureName, ServiceId } from "./model.ts";

/** Which trouble people want to hear of. What a rule does not name, it does not care about. */
export interface NotificationRule {
	readonly services?: readonly ServiceId[];
	readonly features?: readonly FeatureName[];
	readonly levels?: readonly Problem[];
	readonly causes?: readonly Cause[];
	/** True: only a feature beside which nothing else of its incident is in trouble; false: only one that has such company. */
	readonly alone?: boolean;
	/** Speaks of the connection, and of no service. */
	readonly connection?: true;
	/** Speaks of ends: that it works again. Without it a rule speaks of trouble. */
	readonly end?: true;
	/** Whether what the rule matches is told. */
	readonly notify: boolean;
}

/** One feature in trouble, as rules see it. */
export interface Matter {
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly level: Problem;
	readonly cause: Cause;
	readonly alone: boolean;
	/** Many people report it. */
	readonly reported?: boolean;
}

/**
 * Whether people want to hear of it: the last of their rules that matches decides. Where none does they hear of all but a single feature
 * that is merely unreliable, unless very many people report it: slowness and an official "degraded" are the weakest findings there are,
 * and nothing else bears them out there.
 */
export function wants(rules: readonly NotificationRule[], matter: Matter): boolean {
	const weak = matter.level === "degraded" && matter.alone && !matter.reported;
	return rules.findLast((rule) => !rule.connection && !rule.end && matches(rule, matter))?.notify ?? !weak;
}

/** Whether they want to hear of a lost connection: only rules that name nothing but causes, or the connection itself, speak of it. */
export function wantsConnection(rules: readonly NotificationRule[], cause: Cause): boolean {
	const general = rules.filter((rule) => !rule.end && (rule.connection || isGeneral(rule)));
	return general.findLast(({ causes }) => includes(causes, cause))?.notify ?? true;
}

/** Whether they want to hear that a service of which they were told works again; without one, that the connection is back. */
export function wantsEnd(rules: readonly NotificationRule[], service?: ServiceId): boolean {
	const ends = rules.filter(({ end, connection }) => end && (service === undefined || !connection));
	const said = ends.findLast(({ services, connection }) =>
		service === undefined ? connection || !services : includes(services, service),
	);
	return said?.notify ?? true;
}

function isGeneral({ services, features, levels, alone }: NotificationRule): boolean {
	return !services && !features && !levels && alone === undefined;
}

function matches(rule: NotificationRule, { service, feature, level, cause, alone }: Matter): boolean {
	return (
		includes(rule.services, service) &&
		includes(rule.features, feature) &&
		includes(rule.levels, level) &&
		includes(rule.causes, cause) &&
		(rule.alone === undefined || rule.alone === alone)
	);
}

function includes<T>(list: readonly T[] | undefined, item: T): boolean {
	return list === undefined || list.includes(item);
}

import type { SourceSpec } from "./check.ts";
import { compareLevels, isProblem, type Level, worst } from "./level.ts";
import type { FeatureName, Time } from "./model.ts";
import type { OfficialComponent, OfficialIncident, OfficialMaintenance, OfficialPage } from "./official.ts";

/** What a page says of one feature, or of its service as a whole. */
interface OfficialLevel {
	readonly level: Level;
	/** Of the incident or maintenance that goes with a level other than operational, where the page has one. */
	readonly title?: string;
	/** Only with an incident's title. */
	readonly incidentId?: string;
}

/** A page understood in terms of features. */
export interface OfficialWords {
	/** The page's name. */
	readonly page: string;
	/** When it said so. */
	readonly at: Time;
	/** False for a neighbouring product's page: all of it is a hint, `whole` too. */
	readonly speaksForWhole: boolean;
	/** One entry for each feature that the catalogue maps a component to. */
	readonly features: ReadonlyMap<FeatureName, OfficialLevel>;
	readonly whole: OfficialLevel;
}

/** An open incident nobody has touched for so long was forgotten: live ones on vendors' pages get an update within days. */
export const FORGOTTEN_AFTER_MS = 16 * 24 * 3_600_000;

/**
 * What a page says of each mapped feature and of the whole. Vendors' components, incidents and indicators contradict one
 * another, so there is one order, most specific first:
 * 1. A mapped component's trouble or maintenance is believed as it stands. A key that the page lacks counts as `unknown`,
 *    or as the page's `unlisted` says.
 * 2. A component that is well or unknown takes the level of current posts that name it, except of posts whose trouble
 *    shows on another component they name, and of posts whose fix is in and being watched.
 * 3. Current posts that name no component count for the whole; with nothing mapped, all do.
 * 4. The page's indicator counts for the whole as well, but a minor one without any current incident is noise. Where the
 *    page has none and sums up all it lists, what it says of the mapped features stands in for it.
 * Current posts are open incidents that are not forgotten, and active maintenances. Whatever would be operational is
 * `unknown` as soon as one part of it is. Pure; the order of components and posts does not matter.
 */
export function officialLevels(page: OfficialPage, spec: SourceSpec, now: Time): OfficialWords {
	const posts = currentPosts(page, now);
	const mapped = Map.groupBy(Object.entries(spec.components), ([, feature]) => feature);
	const features = [...mapped].map(([feature, entries]): [FeatureName, OfficialLevel] => [
		feature,
		featureLevel(
			page,
			entries.map(([key]) => key),
			posts,
		),
	]);
	return {
		page: page.page.name,
		at: now,
		speaksForWhole: spec.speaksForWhole,
		features: new Map(features),
		whole: wholeLevel(
			page,
			posts,
			features.map(([, { level }]) => level),
		),
	};
}

/** Whether an open incident is too old to believe; one without any time never is. */
export function isForgotten(incident: Pick<OfficialIncident, "startedAt" | "updatedAt">, now: Time): boolean {
	const lastSign = incident.updatedAt ?? incident.startedAt;
	return lastSign !== undefined && now - lastSign > FORGOTTEN_AFTER_MS;
}

/** An incident or a maintenance as far as judging goes. */
interface Post {
	readonly id: string;
	readonly title: string;
	readonly level: Level;
	readonly incident: boolean;
	/** A fix is in and being watched: from here on the components speak for themselves. */
	readonly watched: boolean;
	/** Whether a component it names shows trouble or maintenance itself. */
	readonly shown: boolean;
	/** Ids of the components of this page that it names. */
	readonly names: ReadonlySet<string>;
	readonly at: Time;
}

const WATCHED = /^(?:monitoring|verifying)$/i;

function currentPosts(page: OfficialPage, now: Time): Post[] {
	const levels = new Map<string, Level>();
	for (const { id, level } of page.components) levels.set(id, together([level, levels.get(id) ?? level]));
	const post = (from: OfficialIncident | OfficialMaintenance, level: Level, incident: boolean, at = 0): Post => {
		const names = new Set(from.components.filter((id) => levels.has(id)));
		const shown = [...names].some((id) => isNotable(levels.get(id) ?? "unknown"));
		return { id: from.id, title: from.title, level, incident, watched: WATCHED.test(from.state), shown, names, at };
	};
	return [
		...page.incidents
			.filter((incident) => incident.open && !isForgotten(incident, now))
			.map((incident) => post(incident, incident.level, true, incident.updatedAt ?? incident.startedAt)),
		...page.maintenances
			.filter((maintenance) => maintenance.active && !(maintenance.from !== undefined && maintenance.from > now))
			.map((maintenance) => post(maintenance, "maintenance", false, maintenance.from)),
	];
}

function featureLevel(page: OfficialPage, keys: readonly string[], posts: readonly Post[]): OfficialLevel {
	const found = keys.map((key) => componentsNamed(page.components, key));
	const components = found.flat();
	const naming = posts.filter((post) => components.some((component) => post.names.has(component.id)));
	const levels = components.map((component) => {
		if (isNotable(component.level)) return component.level;
		const raising = naming.filter((post) => post.names.has(component.id) && !post.shown && !post.watched);
		return together([component.level, ...raising.map((post) => post.level)]);
	});
	const missing = found.some((components) => components.length === 0);
	return explained(together(missing ? [...levels, page.unlisted ?? "unknown"] : levels), naming);
}

function wholeLevel(page: OfficialPage, posts: readonly Post[], mapped: readonly Level[]): OfficialLevel {
	const general = posts.filter((post) => mapped.length === 0 || post.names.size === 0);
	const level = together([...indicated(page, posts, mapped), ...general.map((post) => post.level)]);
	return explained(level, general.some((post) => isNotable(post.level)) ? general : posts);
}

function indicated(page: OfficialPage, posts: readonly Post[], mapped: readonly Level[]): readonly Level[] {
	if (page.summed) return mapped.length === 0 ? [page.level] : mapped;
	const noise = page.level === "degraded" && !posts.some((post) => post.incident);
	return [noise ? "operational" : page.level];
}

/** All components that a key means: by id, else by `Group / Name`, else by name, which pages may use twice. */
function componentsNamed(components: readonly OfficialComponent[], key: string): OfficialComponent[] {
	const byId = components.filter((component) => component.id === key);
	if (byId.length > 0) return byId;
	const byPath = components.filter((component) => component.group && `${component.group} / ${component.name}` === key);
	return byPath.length > 0 ? byPath : components.filter((component) => component.name === key);
}

/** The worst of several parts, but never operational while one of them is unknown. */
export function together(levels: readonly Level[]): Level {
	const level = worst(levels);
	return level === "operational" && levels.includes("unknown") ? "unknown" : level;
}

function isNotable(level: Level): boolean {
	return isProblem(level) || level === "maintenance";
}

function explained(level: Level, posts: readonly Post[]): OfficialLevel {
	if (!isNotable(level)) return { level };
	const about =
		level === "maintenance" ? posts.filter((post) => !post.incident) : posts.filter((post) => post.incident);
	const [first] = about.sort((a, b) => compareLevels(b.level, a.level) || b.at - a.at || (a.id < b.id ? -1 : 1));
	if (!first) return { level };
	return { level, title: first.title, ...(first.incident && { incidentId: first.id }) };
}

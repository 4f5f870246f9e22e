import { plainLine } from "../core/failure.ts";
import type { DigestIncident, DigestNotice } from "../core/notice.ts";
import { shortDuration } from "./durations.ts";
import { BODY_LIMIT, fitting } from "./fitting.ts";
import { sentences, some } from "./lists.ts";
import { featuresIn, type Names, servicesIn } from "./names.ts";
import type { Words } from "./words.ts";

const MOST_NAMED = 3;
/** Two services of such names, with their sentence, leave room for how many more incidents there were. */
const SHORTEST_NAME = 30;

/** "While you were away: 2 outages" */
export function digestTitle({ why, incidents }: DigestNotice, words: Words): string {
	return words.t(`digest.${why}`, { count: incidents.length });
}

/** Each incident in a sentence, with its features where all have room; else the first few, and how many more there are. */
export function digestBody({ at, incidents }: DigestNotice, words: Words, names: Names, limit = BODY_LIMIT): string {
	const say = (what: (incident: DigestIncident) => string) =>
		incidents.map((incident) => lasted(what(incident), incident, at, words));
	const brief = say(({ features }) => some(servicesIn(features, names), MOST_NAMED, "services", words));
	const [briefest = ""] = say(({ features }) => {
		const services = servicesIn(features, names).map((name) => plainLine(name, SHORTEST_NAME));
		return some(services, 2, "services", words);
	});
	const firstFew = incidents.map((_, left) => [
		...brief.slice(0, incidents.length - left),
		...(left > 0 ? [words.t("list.incidents", { count: left })] : []),
	]);
	const more = incidents.length - 1;
	const last = [briefest, ...(more > 0 ? [words.t("list.incidents", { count: more })] : [])];
	const full = say(({ features }) => {
		const services = some(servicesIn(features, names), MOST_NAMED, "services", words);
		const told = some(featuresIn(features, words), MOST_NAMED, "features", words);
		return words.t("digest.what", { services, features: told });
	});
	return fitting(
		[full, ...firstFew, last].map((texts) => sentences(...texts)),
		limit,
	);
}

function lasted(what: string, { openedAt, closedAt }: DigestIncident, at: number, words: Words): string {
	const duration = shortDuration((closedAt ?? at) - openedAt, words);
	return words.t(closedAt === undefined ? "digest.goesOn" : "digest.over", { what, duration });
}

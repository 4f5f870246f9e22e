import { plainLine } from "../core/failure.ts";
import type { Time } from "../core/model.ts";
import type { BackNotice, ConnectionNotice, IncidentNotice, Notice } from "../core/notice.ts";
import { digestBody, digestTitle } from "./digest.ts";
import { duration } from "./durations.ts";
import { BODY_LIMIT, fitting, TITLE_LIMIT, withMore } from "./fitting.ts";
import { list, sentences, some } from "./lists.ts";
import { featuresIn, type Names, nameOf, servicesIn } from "./names.ts";
import { advice, blame, clauses, inShort, localTrouble, whatFails } from "./trouble.ts";
import type { Words } from "./words.ts";

const MOST_NAMED = 3;
/** What is left of a name that would push the rest out. */
const SHORT_NAME = 36;
/** Trouble younger than this began just now. */
const JUST_NOW_MS = 120_000;

/** What a native notification shows, plain text: a title of at most 60 characters, and a body of at most 160 that does not repeat it. */
export interface NoticeText {
	readonly title: string;
	readonly body: string;
}

/** A notice for a notification; `where` says who else sees the trouble, in a sentence, and is left out where there is no room. */
export function noticeText(notice: Notice, words: Words, names: Names, where?: string): NoticeText {
	switch (notice.kind) {
		case "connection_lost":
		case "connection_back":
			return connectionText(notice, words);
		case "back":
			return { title: againTitle([nameOf(notice.service, names)], words), body: backBody(notice, words) };
		case "digest":
			return { title: digestTitle(notice, words), body: digestBody(notice, words, names) };
		case "closed":
			return closedText(notice, words, names);
		case "opened":
		case "worsened":
		case "eased":
			return troubleText(notice, words, names, where);
	}
}

/** The same as one line, for a terminal or a log: as much of both as has room in 160 characters. */
export function noticeSentence(notice: Notice, words: Words, names: Names, where?: string): string {
	switch (notice.kind) {
		case "closed": {
			const lasted = duration(lastedMs(notice), words);
			const services = servicesIn(notice.features, names);
			const tellings = [5, 3, 2].map((most) => worksAgain(services, most, words, lasted));
			return fitting([...tellings, worksAgain(services.map(shortName), 2, words, lasted)], BODY_LIMIT);
		}
		case "opened":
		case "worsened":
		case "eased":
			return troubleBody(notice, words, names, where);
		case "digest": {
			const title = sentences(digestTitle(notice, words));
			return `${title} ${digestBody(notice, words, names, BODY_LIMIT - title.length - 1)}`;
		}
		case "back": {
			const title = sentences(againTitle([nameOf(notice.service, names)], words));
			return `${title} ${backBody(notice, words, BODY_LIMIT - title.length - 1)}`;
		}
		case "connection_lost":
		case "connection_back": {
			const { title, body } = connectionText(notice, words);
			return sentences(title, body);
		}
	}
}

function connectionText({ kind, cause, at, since, until = at }: ConnectionNotice, words: Words): NoticeText {
	if (kind === "connection_back") {
		const lost = words.t("notice.lostFor", { duration: duration(until - since, words) });
		return { title: words.t("notice.connectionBack"), body: sentences(lost, words.t("notice.checkingAgain")) };
	}
	return { title: localTrouble(cause, words), body: sentences(advice(cause, words), words.t("notice.hold")) };
}

function backBody({ features, at, since }: BackNotice, words: Words, limit = BODY_LIMIT): string {
	const asked = words.t("notice.asked");
	const lasted = words.t("notice.lasted", { duration: duration(at - since, words) });
	const well = featuresIn(
		features.map((feature) => ({ feature })),
		words,
	);
	const again = well.length > 0 ? [words.t("notice.wellAgain", { features: list(well, words) })] : [];
	return fitting([sentences(asked, ...again, lasted), sentences(asked, lasted)], limit);
}

function closedText(notice: IncidentNotice, words: Words, names: Names): NoticeText {
	const lasted = words.t("notice.lasted", { duration: duration(lastedMs(notice), words) });
	const culprit = plainLine(nameOf(notice.culprit, names), BODY_LIMIT / 2);
	const was = words.t("notice.wasAt", { culprit });
	return { title: againTitle(servicesIn(notice.features, names), words), body: sentences(lasted, was) };
}

/** People may be told long after it was over. */
function lastedMs({ at, openedAt, closedAt = at }: IncidentNotice): Time {
	return closedAt - openedAt;
}

function againTitle(services: readonly string[], words: Words): string {
	const { named, fewest } = whoForTitle(services, words);
	return fitting(
		[...named, fewest].map((name) => words.t("notice.again", { services: name, count: services.length })),
		TITLE_LIMIT,
	);
}

function worksAgain(services: readonly string[], most: number, words: Words, lasted: string): string {
	const told = some(services, most, "services", words);
	return words.t("notice.againAfter", { services: told, count: services.length, duration: lasted });
}

/** Some of the services by name, the most first, and at last only how many, or what fits of the only one. */
function whoForTitle(services: readonly string[], words: Words): { named: string[]; fewest: string } {
	const [only = ""] = services;
	return {
		named: [MOST_NAMED, 2].map((most) => some(services, most, "services", words)),
		fewest: services.length > 1 ? words.t("count.services", { count: services.length }) : shortName(only),
	};
}

function shortName(name: string): string {
	return plainLine(name, SHORT_NAME);
}

function troubleText(notice: IncidentNotice, words: Words, names: Names, where: string | undefined): NoticeText {
	const [clause = "", ...others] = clauses(notice.features, words, names);
	const { named, fewest } = whoForTitle(servicesIn(notice.features, names), words);
	const features = some(featuresIn(notice.features, words), MOST_NAMED, "features", words);
	const titles = [
		...(others.length === 0 ? [clause] : []),
		...[named, [fewest]].flatMap((whose) => [
			...whose.map((who) => words.t("inShort.with", { services: who, features })),
			...whose.map((who) => words.t("inShort.on", { services: who })),
		]),
	];
	const title = fitting(titles, TITLE_LIMIT);
	return { title, body: troubleBody(notice, words, names, where, title) };
}

/** Better or worse, what fails unless the title says just that, whose fault it is, and as much of the rest as has room. */
function troubleBody(
	notice: IncidentNotice,
	words: Words,
	names: Names,
	where: string | undefined,
	title?: string,
): string {
	const { features } = notice;
	const turn = turnOf(notice, words);
	const whose = blameIn(notice, words, names);
	const more = furtherNews(notice, words, where);
	const unlessSaid = (what: string) => (title !== undefined && what === sentences(title) ? [] : [what]);
	const short = shortened(names, [notice.culprit, ...features.map(({ service }) => service)]);
	const briefest = inShort(features, words, short, 2);
	return fitting(
		[
			...withMore([...turn, ...unlessSaid(whatFails(features, words, names)), ...whose], more),
			...withMore([...turn, ...unlessSaid(inShort(features, words, names, MOST_NAMED)), ...whose], more),
			sentences(...turn, inShort(features, words, names, 2), ...whose),
			sentences(...turn, ...unlessSaid(briefest), ...blameIn(notice, words, short)),
			sentences(...turn, briefest),
		],
		BODY_LIMIT,
	);
}

function blameIn({ kind, cause, culprit, features }: IncidentNotice, words: Words, names: Names): string[] {
	return kind === "eased" ? [] : [blame(cause, culprit, servicesIn(features, names).length, words, names)];
}

function shortened(names: Names, ids: readonly string[]): Names {
	return Object.fromEntries(ids.map((id) => [id, shortName(nameOf(id, names))]));
}

function turnOf({ kind }: IncidentNotice, words: Words): string[] {
	if (kind === "worsened") return [words.t("notice.worse")];
	return kind === "eased" ? [words.t("notice.better")] : [];
}

/** What else there is to say, the weightiest first. */
function furtherNews(notice: IncidentNotice, words: Words, where: string | undefined): string[] {
	const age = notice.at - notice.openedAt;
	return [
		...(notice.unstable ? [words.t("notice.unstable")] : []),
		...(where && notice.kind !== "eased" ? [where] : []),
		...(age >= JUST_NOW_MS ? [words.t("notice.began", { duration: duration(age, words) })] : []),
		words.t("notice.next"),
	];
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IncidentFeature } from "../../src/core/incidents.ts";
import { isProblem, LEVELS, type Problem } from "../../src/core/level.ts";
import { CAUSES, FEATURES, type FeatureName } from "../../src/core/model.ts";
import { noticeBody, noticeSentence, noticeTitle } from "../../src/core/notice-words.ts";
import type { IncidentNotice, Notice } from "../../src/core/notices.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";

const NAMES: Readonly<Record<string, string>> = {
	wa: "WhatsApp",
	ig: "Instagram",
	fb: "Facebook",
	ms: "Messenger",
	th: "Threads",
	x: "X",
	medium: "Medium",
	canva: "Canva",
	aws: "Amazon Web Services",
	own: "The cash registers of all our shops in the old town and the harbour",
	dotted: "Widgets Inc.",
	meta: "Meta",
	"x-corp": "X Corp.",
	"own-owner": "Department of Internal Computer Services, Second Floor",
	cloudflare: "Cloudflare",
	...Object.fromEntries(
		Array.from({ length: 12 }, (_, n) => [`long-${n}`, `Collaboration Suite for Very Large Enterprises ${n + 1}`]),
	),
};
const LONG = Array.from({ length: 12 }, (_, n) => `long-${n}`);
const DOWN = "major_outage";

type Told = readonly [service: string, feature: FeatureName, level?: Problem];
const on = (services: readonly string[], features: readonly FeatureName[], level: Problem = DOWN): Told[] =>
	services.flatMap((service) => features.map((feature): Told => [service, feature, level]));

function incident(kind: IncidentNotice["kind"], told: readonly Told[], more: Partial<IncidentNotice> = {}): Notice {
	const features = told.map(
		([service, feature, level = DOWN]): IncidentFeature => ({ service, feature, level, since: T0 }),
	);
	const about = { incident: "i7", cause: "service", culprit: "meta", openedAt: T0 } as const;
	return { kind, at: T0 + 65 * MINUTE, ...about, features, ...more };
}
const opened = (told: readonly Told[], more?: Partial<IncidentNotice>) => incident("opened", told, more);
const worsened = (told: readonly Told[], more?: Partial<IncidentNotice>) => incident("worsened", told, more);
const eased = (told: readonly Told[], more?: Partial<IncidentNotice>) => incident("eased", told, more);
const closed = (told: readonly Told[], more?: Partial<IncidentNotice>) => incident("closed", told, more);
const CDN = { cause: "upstream", culprit: "cloudflare" } as const;
const META_FIVE = ["ig", "fb", "wa", "ms", "th"];

interface Situation {
	readonly name: string;
	readonly notice: Notice;
	readonly title: string;
	readonly sentence: string;
	/** The sentence where absent. */
	readonly body?: string;
}

/** Every word of these is pinned. */
const TOLD: readonly Situation[] = [
	{
		name: "one feature of one service",
		notice: opened([["ig", "feed"]]),
		title: "Instagram: feed",
		sentence: "Feeds are not loading on Instagram. It is not just you: the trouble is at Meta.",
	},
	{
		name: "an owner whose name ends in a full stop",
		notice: opened([["x", "feed", "partial_outage"]], { culprit: "x-corp" }),
		title: "X: feed",
		sentence: "Feeds load only at times on X. It is not just you: the trouble is at X Corp.",
	},
	{
		name: "a service whose name ends in a full stop",
		notice: opened([["dotted", "login"]], { culprit: "dotted" }),
		title: "Widgets Inc.: signing in",
		sentence: "Signing in does not work on Widgets Inc. It is not just you: the trouble is at Widgets Inc.",
	},
	{
		name: "two services behind a provider",
		notice: opened(on(["medium", "canva"], ["web"]), CDN),
		title: "Medium and Canva: website",
		sentence:
			"The website does not open on Medium and Canva. It is not just you: Cloudflare, which carries it, has trouble.",
	},
	{
		name: "the worst first",
		notice: worsened([
			["ig", "feed", "degraded"],
			["wa", "messaging"],
		]),
		title: "Instagram and WhatsApp: feed and messages",
		sentence:
			"It is getting worse: Messages are not getting through on WhatsApp. Feeds are unreliable on Instagram. It is not just you: the trouble is at Meta.",
	},
	{
		name: "two features of two services",
		notice: worsened(on(["ig", "fb"], ["media", "push"], "partial_outage")),
		title: "Instagram and Facebook: pictures and notifications",
		sentence:
			"It is getting worse: Trouble on Instagram and Facebook: pictures and notifications. It is not just you: the trouble is at Meta.",
	},
	{
		name: "six features of one service",
		notice: opened(on(["ig"], FEATURES.slice(0, 6))),
		title: "Instagram: messages, pictures and 4 more",
		sentence:
			"Trouble on Instagram: messages, pictures, feed, posting, stories and calls. It is not just you: the trouble is at Meta.",
	},
	{
		name: "everything of five services",
		notice: opened(on(META_FIVE, FEATURES)),
		title: "Instagram, Facebook and 3 more: 13 features",
		sentence:
			"Trouble on Instagram, Facebook and 3 more: messages, pictures and 11 more. It is not just you: the trouble is at Meta.",
	},
	{
		name: "what remains",
		notice: eased([["ig", "feed", "degraded"]]),
		title: "Instagram: feed",
		sentence: "It is getting better: Feeds are unreliable on Instagram.",
	},
	{
		name: "the end of one service's trouble",
		notice: closed([["ig", "feed"]]),
		title: "Instagram: working again",
		sentence: "Instagram works again after 1 h 5 min.",
		body: "It lasted 1 h 5 min.",
	},
	{
		name: "the end for two services",
		notice: closed([...on(["ig"], ["feed", "media"]), ["fb", "feed"]]),
		title: "Instagram and Facebook: working again",
		sentence: "Instagram and Facebook work again after 1 h 5 min.",
		body: "It lasted 1 h 5 min.",
	},
	{
		name: "the end for five",
		notice: closed(on(META_FIVE, ["feed"])),
		title: "Instagram, Facebook and 3 more: working again",
		sentence: "Instagram, Facebook, WhatsApp, Messenger and Threads work again after 1 h 5 min.",
		body: "It lasted 1 h 5 min.",
	},
	{
		name: "the end for six",
		notice: closed(on([...META_FIVE, "x"], ["feed"])),
		title: "Instagram, Facebook and 4 more: working again",
		sentence: "Instagram, Facebook, WhatsApp, Messenger and 2 more work again after 1 h 5 min.",
		body: "It lasted 1 h 5 min.",
	},
	{
		name: "twelve services with long names",
		notice: opened(on(LONG, ["web"]), CDN),
		title: "12 services: website",
		sentence:
			"Trouble on Collaboration Suite for Very Large Enterprises 1 and 11 more: website. It is not just you: Cloudflare, which carries it, has trouble.",
	},
	{
		name: "the end for twelve services with long names",
		notice: closed(on(LONG, ["web"]), CDN),
		title: "12 services: working again",
		sentence:
			"Collaboration Suite for Very Large Enterprises 1, Collaboration Suite for Very Large Enterprises 2 and 10 more work again after 1 h 5 min.",
		body: "It lasted 1 h 5 min.",
	},
	{
		name: "a service of one's own with a very long name",
		notice: opened(on(["own"], ["web", "api"]), { culprit: "own-owner" }),
		title: "The cash registers of all our shops in the old town and the…",
		sentence: "Trouble on The cash registers of all our shops in the old town and the harbour: website and API.",
	},
	{
		name: "a connection that is lost",
		notice: { kind: "connection_lost", at: T0, since: T0, cause: "network" },
		title: "This network has no Internet",
		sentence: "This network has no Internet. Nothing is said about services until it is back.",
		body: "Nothing is said about services until it is back.",
	},
	{
		name: "a login page",
		notice: { kind: "connection_lost", at: T0, since: T0, cause: "captive_portal" },
		title: "This network wants you to log in first",
		sentence: "This network wants you to log in first. Nothing is said about services until it is back.",
		body: "Nothing is said about services until it is back.",
	},
	{
		name: "a connection that is back",
		notice: { kind: "connection_back", at: T0 + 3 * MINUTE, since: T0, cause: "network" },
		title: "The connection is back",
		sentence: "The connection is back after 3 min.",
		body: "It was lost for 3 min.",
	},
];

/** Of these only the promises are kept that all notices keep. */
const MORE: readonly Notice[] = [
	...LEVELS.filter(isProblem).flatMap((level) => [
		opened(on(["aws"], ["api"], level), { culprit: "aws" }),
		worsened(on(META_FIVE, ["media", "feed"], level)),
		eased(on(LONG.slice(0, 3), ["media", "feed"], level)),
	]),
	...[1, 2, 3, 4, 5, 8, 12].flatMap((many) => [
		opened(on(LONG.slice(0, many), ["messaging", "media"])),
		worsened(on(LONG.slice(0, many), FEATURES), CDN),
		eased(on(LONG.slice(0, many), ["dns"]), { culprit: "x-corp" }),
		closed(on(LONG.slice(0, many), FEATURES)),
	]),
	...CAUSES.map((cause) => ({ kind: "connection_lost", at: T0, since: T0, cause }) as const),
	...[0, 40 * SECOND, HOUR, 50 * HOUR, 400 * 24 * HOUR].flatMap((lasting) => [
		{ kind: "connection_back", at: T0 + lasting, since: T0, cause: "dns" } as const,
		closed([["wa", "calls"]], { at: T0 + lasting }),
	]),
];

function keepsPromises(notice: Notice) {
	const [title, body, sentence] = [noticeTitle, noticeBody, noticeSentence].map((say) => say(notice, NAMES)) as [
		string,
		string,
		string,
	];
	expect(title.length).toBeLessThanOrEqual(60);
	expect(body.length).toBeLessThanOrEqual(160);
	expect(sentence.length).toBeLessThanOrEqual(160);
	expect(title).toMatch(/^[A-Z\d].*[^.\s]$/);
	for (const text of [body, sentence]) expect(text).toMatch(/^[A-Z\d].*(?:[^.\s]\.|…)$/);
	for (const text of [title, body, sentence])
		expect(text).not.toMatch(/undefined|null|NaN|\bi7\b|_|\.\.|\.…| {2}|\b(?:long-\d+|ig|ms|fb|wa|x-corp|meta)\b/);
}

describe("a notice", () => {
	test.each(TOLD)("of $name", ({ notice, title, sentence, body = sentence }) => {
		expect(noticeTitle(notice, NAMES)).toBe(title);
		expect(noticeSentence(notice, NAMES)).toBe(sentence);
		expect(noticeBody(notice, NAMES)).toBe(body);
	});

	test.each(
		[...TOLD.map(({ notice }) => notice), ...MORE].map((notice) => [noticeTitle(notice, NAMES), notice] as const),
	)("%# fits a notification, ends well and shows no id: %s", (_, notice) => {
		keepsPromises(notice);
	});

	test("about whatever fits a notification, ends well and shows no id", () => {
		const told = fc.tuple(
			fc.constantFrom("ig", "ms", "fb", "aws", "own", ...LONG),
			fc.constantFrom(...FEATURES),
			fc.constantFrom(...LEVELS.filter(isProblem)),
		);
		const notices = fc.record({
			kind: fc.constantFrom("opened", "worsened", "eased", "closed" as const),
			told: fc.uniqueArray(told, { minLength: 1, maxLength: 30, selector: ([id, feature]) => `${id}/${feature}` }),
			culprit: fc.constantFrom("cloudflare", "x-corp", "meta", "own-owner"),
			cause: fc.constantFrom("service", "upstream" as const),
		});
		fc.assert(fc.property(notices, ({ kind, told, ...more }) => keepsPromises(incident(kind, told, more))));
	});

	test("cuts a name that is far too long where it must, never through a letter", () => {
		const names = { endless: "🧾".repeat(150), meta: "M".repeat(200) };
		for (const kind of ["opened", "worsened", "eased", "closed"] as const) {
			const notice = incident(kind, on(["endless", "meta"], FEATURES));
			for (const [say, limit] of [
				[noticeTitle, 60],
				[noticeBody, 160],
				[noticeSentence, 160],
			] as const) {
				const text = say(notice, names);
				expect(text.length).toBeLessThanOrEqual(limit);
				expect(text.isWellFormed()).toBe(true);
			}
		}
	});

	test("says whether things got worse or better: who reads only the body must not take it for a new outage", () => {
		const bodies = [opened, worsened, eased].map((kind) => noticeBody(kind([["ig", "feed"]]), NAMES));
		expect(new Set(bodies).size).toBe(3);
		expect(bodies[1]).toMatch(/^It is getting worse: /);
		expect(bodies[2]).toMatch(/^It is getting better: /);
	});

	test("names a service once, however many of its features it is about, and a feature once", () => {
		const title = noticeTitle(opened(on(["ig", "fb"], ["feed", "media"])), NAMES);
		expect(title).toBe("Instagram and Facebook: feed and pictures");
	});

	test("about a service without a name shows what there is", () => {
		expect(noticeTitle(opened([["nameless", "feed"]]), {})).toBe("nameless: feed");
	});
});

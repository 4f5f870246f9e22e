import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isProblem, LEVELS } from "../../src/core/level.ts";
import { CAUSES, FEATURES } from "../../src/core/model.ts";
import type { IncidentNotice, Notice } from "../../src/core/notice.ts";
import { LANGUAGES } from "../../src/words/language.ts";
import { noticeSentence, noticeText } from "../../src/words/notices.ts";
import { type Words, wordsIn } from "../../src/words/words.ts";
import { HOUR, MINUTE, T0 } from "../helpers/evidence.ts";
import { whereIn } from "./page.ts";
import { digest, incident, LONG, NAMES, on, SITUATIONS } from "./situations.ts";

const [en, it] = [wordsIn("en"), wordsIn("it")];
const IDS = new RegExp(
	`\\b(?:${Object.keys(NAMES)
		.filter((id) => /^[a-z]{2}$|-/.test(id))
		.join("|")}|i7)\\b`,
);

function keepsPromises(notice: Notice, words: Words, where?: string): void {
	const { title, body } = noticeText(notice, words, NAMES, where);
	const sentence = noticeSentence(notice, words, NAMES, where);
	expect(title.length).toBeLessThanOrEqual(60);
	expect(body.length).toBeLessThanOrEqual(160);
	expect(sentence.length).toBeLessThanOrEqual(160);
	expect(title).toMatch(/^[\p{Lu}\d].*\S$/u);
	for (const text of [body, sentence]) expect(text).toMatch(/^[\p{Lu}\d].*(?:[^.\s]\.|…)$/u);
	for (const text of [title, body, sentence]) {
		expect(text).not.toMatch(/undefined|\bnull\b|NaN|\{\{|\}\}|_|\.\.|\.…|…\.| {2}|worldwide|in tutto il mondo/);
		expect(text).not.toMatch(IDS);
	}
	expect(body.startsWith(`${title}.`)).toBe(false);
}

const texts = (notice: Notice, where?: "here" | "official") =>
	[en, it].map((words) => noticeText(notice, words, NAMES, where && words.t(`where.${where}`)));

describe.each(LANGUAGES)("a notice in %s", (language) => {
	const words = wordsIn(language);

	test.each(SITUATIONS.map((situation) => [situation.name, situation] as const))(
		"about %s fits a notification, ends well, repeats nothing and shows no id",
		(_, situation) => {
			keepsPromises(situation.notice, words, whereIn(situation, words));
		},
	);

	test("is tried on enough: every kind, level, feature and cause", () => {
		const notices = SITUATIONS.map(({ notice }) => notice);
		const incidents = notices.flatMap((notice) => ("incident" in notice ? notice.features : []));
		expect(notices.length).toBeGreaterThanOrEqual(40);
		expect(new Set(notices.map(({ kind }) => kind)).size).toBe(8);
		expect(new Set(incidents.map(({ level }) => level)).size).toBe(3);
		expect(new Set(incidents.map(({ feature }) => feature)).size).toBe(FEATURES.length);
		expect(new Set(notices.flatMap((notice) => ("cause" in notice ? notice.cause : []))).size).toBe(CAUSES.length);
	});

	const service = fc.constantFrom("ig", "ms", "fb", "aws", "own", "dotted", ...LONG);
	const told = fc.uniqueArray(
		fc.record({
			service,
			feature: fc.constantFrom(...FEATURES),
			level: fc.constantFrom(...LEVELS.filter(isProblem)),
			since: fc.constant(T0),
		}),
		{ minLength: 1, maxLength: 30, selector: (each) => `${each.service}/${each.feature}` },
	);
	const after = fc.integer({ min: 0, max: 400 * 24 * HOUR });
	const where = fc.constantFrom(undefined, "where.here", "where.official", "where.reported" as const);

	test("about any outage fits, ends well and shows no id", () => {
		const about = fc.record({
			kind: fc.constantFrom("opened", "worsened", "eased", "closed" as const),
			culprit: fc.constantFrom("cloudflare", "x-corp", "meta", "own-owner"),
			cause: fc.constantFrom("service", "upstream" as const),
			after,
		});
		fc.assert(
			fc.property(about, told, where, ({ kind, ...more }, features, key) =>
				keepsPromises(incident(kind, features, more), words, key && words.t(key)),
			),
		);
	});

	test("about any digest, and about any service that is back, fits, ends well and shows no id", () => {
		const held = fc.record({
			features: told,
			closedAt: fc.option(
				after.map((ms) => T0 + ms),
				{ nil: -1 },
			),
		});
		const why = fc.constantFrom("away", "quiet_hours" as const);
		fc.assert(
			fc.property(why, fc.array(held, { minLength: 1, maxLength: 20 }), (reason, incidents) => {
				const closed = incidents.map(({ features, closedAt }) => ({ features, ...(closedAt > 0 && { closedAt }) }));
				keepsPromises(digest(reason, ...closed), words);
			}),
		);
		fc.assert(
			fc.property(service, fc.uniqueArray(fc.constantFrom(...FEATURES)), after, (id, features, ms) =>
				keepsPromises({ kind: "back", service: id, features, at: T0 + ms, since: T0 }, words),
			),
		);
	});

	test("cuts a name that is far too long where it must, never through a letter", () => {
		const names = { endless: "🧾".repeat(150), meta: "M".repeat(200) };
		for (const kind of ["opened", "worsened", "eased", "closed"] as const) {
			const notice = incident(kind, on(["endless", "meta"], FEATURES));
			const { title, body } = noticeText(notice, words, names);
			for (const [text, limit] of [
				[title, 60],
				[body, 160],
				[noticeSentence(notice, words, names), 160],
			] as const) {
				expect(text.length).toBeLessThanOrEqual(limit);
				expect(text.isWellFormed()).toBe(true);
			}
		}
	});

	test("says whether things got worse or better: who reads only the body must not take it for a new outage", () => {
		const [opened, worsened, eased] = (["opened", "worsened", "eased"] as const).map(
			(kind) => noticeText(incident(kind, on(["ig"], ["feed"])), words, NAMES).body,
		);
		expect(new Set([opened, worsened, eased]).size).toBe(3);
		expect(worsened).toContain(words.t("notice.worse"));
		expect(eased).toContain(words.t("notice.better"));
	});

	test("about a service without a name shows what there is", () => {
		expect(noticeText(incident("opened", on(["nameless"], ["feed"])), words, {}).title).toContain("nameless");
	});

	test("says how many incidents a digest does not name", () => {
		const seven = digest("away", ...Array.from({ length: 7 }, () => ({ features: on(LONG, ["web"]) })));
		const { title, body } = noticeText(seven, words, NAMES);
		expect(title).toContain("7");
		expect(body).toContain(words.t("list.incidents", { count: 6 }));
	});
});

describe("word for word", () => {
	test.each<[Notice, "here" | "official" | undefined, title: [string, string], body: [string, string]]>([
		[
			incident("opened", on(["wa", "ig"], ["media"])),
			undefined,
			[
				"Photos and videos are not loading on WhatsApp and Instagram",
				"Le foto e i video non si caricano su WhatsApp e Instagram",
			],
			[
				"It is not just you: the trouble is at Meta. You will hear when it is over.",
				"Non dipende da te: il problema è di Meta. Ti avvisiamo appena si risolve.",
			],
		],
		[
			incident("worsened", on(["ig"], ["feed"]), { after: 25 * MINUTE }),
			"here",
			["Feeds are not loading on Instagram", "Il feed non si carica su Instagram"],
			[
				"It is getting worse. It is not just you: the trouble is at Meta. So far this is seen from your network. It began 25 minutes ago. You will hear when it is over.",
				"La situazione peggiora. Non dipende da te: il problema è di Meta. Finora risulta dalla tua rete. È iniziato 25 minuti fa. Ti avvisiamo appena si risolve.",
			],
		],
		[
			incident("closed", on(["ig", "fb"], ["feed", "media"])),
			undefined,
			["Instagram and Facebook work again", "Instagram e Facebook funzionano di nuovo"],
			[
				"It lasted 1 hour and 5 minutes. The trouble was at Meta.",
				"È durato 1 ora e 5 minuti. Il problema era di Meta.",
			],
		],
	])("%#", (notice, where, title, body) => {
		const said = texts(notice, where);
		expect(said.map((text) => text.title)).toEqual(title);
		expect(said.map((text) => text.body)).toEqual(body);
	});

	test("one line for the terminal tells all that matters", () => {
		const over: IncidentNotice = incident("closed", on(["ig"], ["feed"]));
		expect(noticeSentence(over, en, NAMES)).toBe("Instagram works again after 1 hour and 5 minutes.");
		expect(noticeSentence(over, it, NAMES)).toBe("Instagram funziona di nuovo dopo 1 ora e 5 minuti.");
		expect(noticeSentence({ kind: "connection_lost", at: T0, since: T0, cause: "captive_portal" }, it, NAMES)).toBe(
			"Per usare questa rete devi prima accedere. Apri il browser e accedi. Finché manca la connessione, sui servizi non diciamo nulla.",
		);
	});
});

import { describe, expect, test } from "vitest";
import type { Happening } from "../../src/core/chronicle.ts";
import type { Incident } from "../../src/core/incidents.ts";
import { barsSentence } from "../../src/words/bars.ts";
import { admissionSentences, faultOf, outageTitle, storyOf } from "../../src/words/timeline.ts";
import { wordsIn } from "../../src/words/words.ts";
import { MINUTE, SECOND, T0 } from "../helpers/evidence.ts";

const en = wordsIn("en");
const it = wordsIn("it");
const NAMES = { meta: "Meta", ig: "Instagram", fb: "Facebook" };

const held = (service: string, more = {}) =>
	({ service, feature: "feed", level: "major_outage", since: T0, ...more }) as const;
const incident = (more: Partial<Incident> = {}): Incident => ({
	id: "i1",
	cause: "service",
	culprit: "meta",
	openedAt: T0 + 45 * SECOND,
	seenAt: T0,
	features: [held("ig")],
	...more,
});
const told = (happening: Happening, words = en) =>
	storyOf(incident({ timeline: [happening] }), words, NAMES)
		.slice(1)
		.map(({ text }) => text)[0];

describe("the story of an outage", () => {
	test("begins with what was first seen from here, in the order of time", () => {
		const timeline: Happening[] = [
			{ kind: "opened", at: T0 + 45 * SECOND },
			{ kind: "joined", at: T0 + 45 * SECOND, service: "ig", feature: "feed", level: "major_outage" },
		];
		expect(storyOf(incident({ timeline }), en, NAMES).map(({ at, text, level }) => [at - T0, level, text])).toEqual([
			[0, "degraded", "First failure seen from here"],
			[45 * SECOND, "major_outage", "Confirmed"],
			[45 * SECOND, "major_outage", "Instagram, feed: down"],
		]);
	});

	test("tells a beginning that was seen at once, and one that others told of, for what they are", () => {
		const opened = { kind: "opened", at: T0 } as const;
		const texts = (more: Incident) => storyOf(more, en, NAMES).map(({ text }) => text);
		expect(texts(incident({ timeline: [opened] }))).toEqual(["Seen from here, and confirmed"]);
		const { seenAt: _, ...unseen } = incident({ timeline: [opened] });
		expect(texts(unseen)).toEqual(["It began"]);
	});

	test("says how late a page was, and nothing of it where it was prompt", () => {
		const page = { kind: "admitted", page: "Meta" } as const;
		expect(told({ ...page, at: T0 + 50 * MINUTE })).toBe(
			"The official page of Meta says so, 50 min after the first failure",
		);
		expect(told({ ...page, at: T0 + 50 * MINUTE }, it)).toBe(
			"Lo dice la pagina ufficiale di Meta, 50 min dopo il primo errore",
		);
		expect(told({ ...page, at: T0 + 30 * SECOND })).toBe("The official page of Meta says so");
	});

	test.each<Happening>([
		{ kind: "reopened", at: T0 },
		{ kind: "closed", at: T0 },
		{ kind: "worsened", at: T0, service: "ig", feature: "feed", level: "major_outage" },
		{ kind: "eased", at: T0, service: "ig", feature: "feed", level: "degraded" },
		{ kind: "well", at: T0, service: "ig", feature: "feed", level: "degraded" },
		{ kind: "blamed", at: T0, culprit: "meta" },
		{ kind: "merged", at: T0, into: "i2" },
	])("has a line for $kind in both languages, without a raw word in it", (happening) => {
		for (const words of [en, it]) expect(told(happening, words)).toMatch(/^\p{Lu}[^_{}]{4,}[^.]$/u);
		expect(told(happening)).not.toBe(told(happening, it));
	});
});

describe("measured against admitted", () => {
	const say = (more: Partial<Incident>) => admissionSentences(incident(more), en);

	test("tells of each page how late it was", () => {
		const admissions = [
			{ at: T0 - MINUTE, page: "Meta" },
			{ at: T0 + 90 * MINUTE, page: "Other" },
		];
		expect(say({ admissions })).toEqual([
			"Meta said so no later than it was seen from here.",
			"Other said so 1 h 30 min after the first failure seen from here.",
		]);
	});

	test("tells silence that goes on from silence to the end, and says nothing where nothing was measured", () => {
		expect(say({})).toEqual(["No official page says so yet."]);
		expect(say({ closedAt: T0 + MINUTE })).toEqual(["No official page ever said so."]);
		const { seenAt: _, ...unseen } = incident();
		expect(admissionSentences(unseen, en)).toEqual([]);
	});
});

describe("an outage in a line", () => {
	test("says what people cannot do while it goes on, and what it was once it is over", () => {
		expect(outageTitle(incident({ features: [held("ig"), held("fb")] }), en, NAMES)).toBe(
			"Feeds are not loading on Instagram and Facebook",
		);
		const closedAt = T0 + MINUTE;
		const over = incident({ closedAt, features: [held("ig", { until: closedAt })] });
		expect(outageTitle(over, en, NAMES)).toBe("Trouble on Instagram: feed");
		expect(faultOf(over, en, NAMES)).toBe("The trouble was at Meta");
		expect(faultOf(incident(), en, NAMES)).toBe("It is not just you: the trouble is at Meta");
	});
});

describe("bars, for those who do not see them", () => {
	test("say how many show what, the worst first", () => {
		const bands = ["operational", "degraded", "major_outage", "major_outage", "gap"] as const;
		expect(barsSentence(bands, "in the last 24 hours", en)).toBe(
			"In the last 24 hours: down in 2 bars of 5, unreliable in 1 bar of 5 and not looked at in 1 bar of 5",
		);
		expect(barsSentence(["operational"], "nelle ultime 24 ore", it)).toBe("Nelle ultime 24 ore: nessun problema visto");
		expect(barsSentence(["gap", "unknown"], "in the last 24 hours", en)).toBe("In the last 24 hours: nothing was seen");
	});
});

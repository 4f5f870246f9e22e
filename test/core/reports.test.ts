import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fuse } from "../../src/core/fuse.ts";
import { compareLevels, isProblem, type Level } from "../../src/core/level.ts";
import { FEATURES, type Feature } from "../../src/core/model.ts";
import { isBystander, isCalm, provenSpike, type Reading, type ReportsWord, spikeOf } from "../../src/core/reports.ts";
import { witnesses } from "../../src/core/streak.ts";
import type { Verdict } from "../../src/core/verdict.ts";
import { type Answer, MINUTE, runs, T0 } from "../helpers/evidence.ts";

const USUAL = 20;

/** Counts beside a usual twenty, the newest first, five minutes apart. */
function readings(...perHour: number[]): Reading[] {
	return perHour.map((count, index) => ({ perHour: count, usual: USUAL, at: T0 - index * 5 * MINUTE }));
}

describe("a count", () => {
	test.each([
		[20, USUAL, "none"],
		[99, USUAL, "none"],
		[100, USUAL, "moderate"],
		[399, USUAL, "moderate"],
		[400, USUAL, "strong"],
		[49, 1, "none"],
		[50, 1, "moderate"],
		[199, 1, "moderate"],
		[200, 1, "strong"],
		[49, 0, "none"],
		[200, 0, "strong"],
		[60, 0.1, "moderate"],
	] as const)("of %d an hour where %d are usual is %s", (perHour, usual, spike) => {
		expect(spikeOf({ perHour, usual })).toBe(spike);
	});
});

describe("what is proven", () => {
	test.each<[string, readonly Reading[], string]>([
		["nothing without readings", [], "none"],
		["nothing by one reading, however strong, below fifty times the usual", readings(999), "none"],
		["fifty times the usual at once", readings(1000), "strong"],
		["nothing by two readings within ten minutes", readings(900, 900), "none"],
		["what two readings ten minutes apart show", readings(900, 900, 900), "strong"],
		["the least of what they show", readings(900, 120, 900), "moderate"],
		["nothing where one between was as ever", readings(900, 20, 900), "none"],
		["nothing once the newest is as ever", readings(20, 900, 900), "none"],
		["what has lasted now, though it was less before", readings(900, 900, 900, 20), "strong"],
		["nothing where it has only just begun", readings(900, 900, 20), "none"],
		[
			"nothing by two readings hours apart",
			[...readings(900), { perHour: 900, usual: USUAL, at: T0 - 91 * MINUTE }],
			"none",
		],
	])("is %s", (_, given, spike) => {
		expect(provenSpike(given)).toBe(spike);
	});

	test("fifty times next to nothing is no multitude", () => {
		expect(provenSpike([{ perHour: 100, usual: 0.5, at: T0 }])).toBe("none");
	});

	test("calm takes ten minutes of readings as low as ever", () => {
		expect(isCalm(readings(20))).toBe(false);
		expect(isCalm(readings(20, 20))).toBe(false);
		expect(isCalm(readings(20, 20, 20))).toBe(true);
		expect(isCalm(readings(20, 20, 500))).toBe(false);
		expect(isCalm(readings(120, 20, 20))).toBe(false);
	});

	test("a tenth of the greatest spike is no bystander's, less is", () => {
		expect(isBystander(1_800, 175_000)).toBe(true);
		expect(isBystander(17_500, 175_000)).toBe(false);
		expect(isBystander(500, 500)).toBe(false);
	});
});

const word = (part: Partial<ReportsWord>): ReportsWord => ({
	provider: "downdetector",
	count: { perHour: 1000, usual: USUAL },
	regions: [],
	seen: part.proven ?? "strong",
	proven: "strong",
	calm: false,
	at: T0,
	...part,
});

interface Case {
	readonly name: string;
	readonly hosts?: Readonly<Record<string, readonly Answer[]>>;
	readonly feature?: Partial<Feature>;
	readonly words: readonly Partial<ReportsWord>[];
	readonly level: Level;
	readonly standing: Verdict["standing"];
}

const FAIL2 = ["timeout", "timeout"] as const;
const FAIL3 = ["timeout", "timeout", "timeout"] as const;
const WELL = { a: ["ok", "ok"], b: ["ok", "ok"] } as const;
const BLIND = { blind: "nobody can see it" };
const NAMED = ["messaging"] as const;

function judge({ hosts = {}, feature = {}, words }: Pick<Case, "hosts" | "feature" | "words">): Verdict {
	return fuse({
		feature: { name: "messaging", ...feature },
		owner: "meta",
		witnesses: witnesses(
			Object.entries(hosts).flatMap(([host, answers]) => runs(host, answers, T0)),
			0,
			T0,
		),
		official: [],
		reports: words.map(word),
		vouchedAt: T0,
		now: T0,
	});
}

const CASES: readonly Case[] = [
	{
		name: "strong reports that name a blind feature",
		feature: BLIND,
		words: [{ features: NAMED }],
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "moderate reports that name a blind feature",
		feature: BLIND,
		words: [{ features: NAMED, proven: "moderate" }],
		level: "degraded",
		standing: "proven",
	},
	{
		name: "strong reports that are not proven yet",
		feature: BLIND,
		words: [{ features: NAMED, seen: "strong", proven: "none" }],
		level: "unknown",
		standing: "none",
	},
	{
		name: "strong reports that name another feature than the blind one",
		feature: BLIND,
		words: [{ features: ["calls"] }],
		level: "unknown",
		standing: "none",
	},
	{
		name: "strong reports that name nothing, of a blind feature",
		feature: BLIND,
		words: [{}],
		level: "unknown",
		standing: "none",
	},
	{
		name: "strong reports that name nothing, of a blind website",
		feature: { name: "web", ...BLIND },
		words: [{}],
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "strong reports that name nothing, of a website that passes",
		feature: { name: "web" },
		hosts: WELL,
		words: [{}],
		level: "operational",
		standing: "settled",
	},
	{
		name: "a bystander's strong reports, of a blind feature that they name",
		feature: BLIND,
		words: [{ features: NAMED, bystander: true }],
		level: "unknown",
		standing: "none",
	},
	{
		name: "a bystander's strong reports, of a feature that passes",
		hosts: WELL,
		words: [{ features: NAMED, bystander: true }],
		level: "operational",
		standing: "settled",
	},
	{
		name: "a feature that passes, and strong reports that name it",
		hosts: WELL,
		words: [{ features: NAMED }],
		level: "degraded",
		standing: "proven",
	},
	{
		name: "a feature that passes, and moderate reports that name it",
		hosts: WELL,
		words: [{ features: NAMED, proven: "moderate" }],
		level: "operational",
		standing: "settled",
	},
	{
		name: "a feature that passes, and strong reports that name nothing",
		hosts: WELL,
		words: [{}],
		level: "operational",
		standing: "settled",
	},
	{
		name: "one host proved down beside one that passes, with nobody to bear it out",
		hosts: { a: FAIL3, b: ["ok"] },
		words: [{ seen: "none", proven: "none" }],
		level: "operational",
		standing: "suspected",
	},
	{
		name: "one host proved down, borne out by moderate reports that name nothing",
		hosts: { a: FAIL3, b: ["ok"] },
		words: [{ seen: "moderate", proven: "none" }],
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "one host proved down, borne out by one who does not count",
		hosts: { a: FAIL3, b: ["ok"] },
		words: [{ provider: "statusgator", count: undefined, seen: "moderate", proven: "none" }],
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "one host proved down, borne out by a bystander's reports",
		hosts: { a: FAIL3, b: ["ok"] },
		words: [{ bystander: true }],
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "two failures, however strong the reports that name nothing",
		hosts: { a: FAIL2, b: ["ok"] },
		words: [{}],
		level: "operational",
		standing: "suspected",
	},
	{
		name: "hosts proved down are down, though reports would only say unreliable",
		hosts: { a: FAIL3, b: FAIL3 },
		words: [{ features: NAMED }],
		level: "major_outage",
		standing: "proven",
	},
	{
		name: "a blind feature whose reports are as few as ever: trouble is over, and nothing is green",
		feature: BLIND,
		words: [{ seen: "none", proven: "none", calm: true }],
		level: "unknown",
		standing: "settled",
	},
	{
		name: "a blind feature of which one provider is calm and another is not",
		feature: BLIND,
		words: [
			{ seen: "none", proven: "none", calm: true },
			{ seen: "moderate", proven: "none", calm: false },
		],
		level: "unknown",
		standing: "none",
	},
	{
		name: "a blind feature of which somebody who does not count notes nothing",
		feature: BLIND,
		words: [{ provider: "ioda", count: undefined, seen: "none", proven: "none" }],
		level: "unknown",
		standing: "none",
	},
].map(({ words, ...rest }) => ({ ...rest, words: words.map(withoutUndefined) }) as Case);

function withoutUndefined(part: object): Partial<ReportsWord> {
	const { count, ...rest } = { count: { perHour: 1000, usual: USUAL }, ...part } as Partial<ReportsWord>;
	return count ? { ...rest, count } : rest;
}

/** `word` fills in a count; one who does not count has none. */
const uncounted = (verdict: Verdict) => verdict.reasons.filter(({ kind }) => kind === "noted");

describe("reports in a verdict", () => {
	test.each(CASES)("$name: $level, $standing", (given) => {
		const { level, standing, cause, culprit } = judge(given);
		expect({ level, standing }).toEqual({ level: given.level, standing: given.standing });
		expect({ cause, culprit }).toEqual(
			isProblem(level) ? { cause: "service", culprit: "meta" } : { cause: "unknown", culprit: undefined },
		);
	});

	test("tell both where probes pass, the reports first", () => {
		const { reasons } = judge({ hosts: WELL, words: [{ features: NAMED, regions: ["Italy"] }] });
		expect(reasons.map(({ kind }) => kind)).toEqual(["reports", "host_passes", "host_passes"]);
		expect(reasons[0]).toEqual({ kind: "reports", perHour: 1000, baseline: USUAL, regions: ["Italy"], at: T0 });
	});

	test("are no reason while they are no more than usual", () => {
		const { reasons } = judge({ hosts: WELL, words: [{ seen: "none", proven: "none", calm: true }] });
		expect(reasons.map(({ kind }) => kind)).toEqual(["host_passes", "host_passes"]);
	});

	test("of one who does not count are told without a number", () => {
		const verdict = fuse({
			feature: { name: "messaging" },
			owner: "meta",
			witnesses: [],
			official: [],
			reports: [{ provider: "radar", regions: ["Iran"], seen: "moderate", proven: "none", calm: false, at: T0 }],
			now: T0,
		});
		expect(uncounted(verdict)).toEqual([{ kind: "noted", provider: "radar", regions: ["Iran"], at: T0 }]);
	});

	test("make a verdict surer, the stronger the more", () => {
		const sure = (proven: ReportsWord["proven"]) =>
			judge({ feature: BLIND, words: [{ features: NAMED, proven }] }).confidence;
		expect(sure("strong")).toBeGreaterThan(sure("moderate"));
		expect(sure("none")).toBe(0);
	});
});

describe("whatever is reported", () => {
	const spike = fc.constantFrom("none", "moderate", "strong");
	const words = fc.array(
		fc.record({
			seen: spike,
			proven: spike,
			calm: fc.boolean(),
			features: fc.option(fc.array(fc.constantFrom(...FEATURES), { maxLength: 3 }), { nil: undefined }),
			bystander: fc.constantFrom(true, undefined),
		}),
		{ maxLength: 4 },
	);
	const tidy = (given: readonly object[]) =>
		given.map((part) => Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)));

	test("the order of words does not matter", () => {
		fc.assert(
			fc.property(words, fc.boolean(), (given, blind) => {
				const [said, back] = [tidy(given), tidy(given).toReversed()];
				const feature = blind ? BLIND : {};
				const { reasons: _, ...one } = judge({ feature, words: said });
				const { reasons: __, ...other } = judge({ feature, words: back });
				expect(one).toEqual(other);
			}),
		);
	});

	test("a feature that own probes see well is at most unreliable, and only where strong reports name it", () => {
		fc.assert(
			fc.property(words, (given) => {
				const said = tidy(given) as Partial<ReportsWord>[];
				const { level } = judge({ hosts: WELL, words: said });
				const named = said.some(
					({ proven, features, bystander }) =>
						proven === "strong" && features?.includes("messaging") && bystander === undefined,
				);
				expect(level).toBe(named ? "degraded" : "operational");
			}),
		);
	});

	test("no reports make anything operational, or better than it is without them", () => {
		fc.assert(
			fc.property(words, fc.constantFrom({}, WELL, { a: FAIL3, b: FAIL3 }, { a: FAIL3, b: ["ok"] }), (given, hosts) => {
				const all = { hosts: hosts as Case["hosts"] & object, feature: {} };
				const without = judge({ ...all, words: [] }).level;
				expect(compareLevels(judge({ ...all, words: tidy(given) }).level, without)).toBeGreaterThanOrEqual(0);
				const blind = judge({ feature: BLIND, words: tidy(given) }).level;
				expect(blind).not.toBe("operational");
			}),
		);
	});
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProbeEvidence } from "../../src/core/evidence.ts";
import { fuse, type OfficialWord } from "../../src/core/fuse.ts";
import { compareLevels, type Level } from "../../src/core/level.ts";
import { witnesses } from "../../src/core/streak.ts";
import type { Verdict } from "../../src/core/verdict.ts";
import { type Answer, MINUTE, run, runs, SECOND, T0 } from "../helpers/evidence.ts";

const FAIL3 = ["timeout", "timeout", "timeout"] as const;
const FAIL5 = [...FAIL3, "timeout", "timeout"] as const;
const FAIL2 = ["reset", "reset"] as const;

interface Case {
	readonly name: string;
	/** Answers per host, the newest first. */
	readonly hosts: Readonly<Record<string, readonly Answer[]>>;
	readonly official?: readonly Partial<OfficialWord>[];
	readonly vouched?: number | null;
	readonly blind?: string;
	readonly level: Level;
	readonly standing: Verdict["standing"];
}

const word = (part: Partial<OfficialWord>): OfficialWord => ({
	page: "S",
	level: "operational",
	whole: false,
	at: T0,
	...part,
});

function judge({
	hosts,
	official = [],
	vouched = T0,
	blind,
}: Pick<Case, "hosts" | "official" | "vouched" | "blind">): Verdict {
	const evidence = Object.entries(hosts).flatMap(([host, answers]) => runs(host, answers, T0));
	return fuse({
		feature: { name: "messaging", ...(blind && { blind }) },
		owner: "meta",
		witnesses: witnesses(evidence, 0, T0),
		official: official.map(word),
		...(vouched !== null && { vouchedAt: vouched }),
		now: T0,
	});
}

const CASES: readonly Case[] = [
	{ name: "nothing seen yet", hosts: {}, level: "unknown", standing: "none" },
	{ name: "all hosts pass", hosts: { a: ["ok"], b: ["ok", "ok"] }, level: "operational", standing: "settled" },
	{
		name: "a first failure on one host of two",
		hosts: { a: ["timeout", "ok"], b: ["ok"] },
		level: "operational",
		standing: "suspected",
	},
	{
		name: "a first failure on both hosts",
		hosts: { a: ["timeout"], b: ["reset"] },
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "two failures on both hosts",
		hosts: { a: ["timeout", "timeout"], b: ["reset", "reset"] },
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "three on one host while the other fails too",
		hosts: { a: FAIL3, b: FAIL2 },
		level: "major_outage",
		standing: "proven",
	},
	{
		name: "three on one host while the other has failed once: chance brings that about too often",
		hosts: { a: FAIL3, b: ["timeout", "ok"] },
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "four of five on one host while the other fails too",
		hosts: { a: ["timeout", "timeout", "ok", "timeout", "timeout"], b: FAIL2 },
		level: "major_outage",
		standing: "proven",
	},
	{
		name: "three of four on one host while the other fails too",
		hosts: { a: ["timeout", "timeout", "ok", "timeout"], b: FAIL2 },
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "a second host that has just passed by luck after three failures",
		hosts: { a: FAIL3, b: ["ok", "timeout", "timeout", "timeout"] },
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "a second host that has passed after two failures: no quorum",
		hosts: { a: FAIL3, b: ["ok", "timeout", "timeout"] },
		level: "operational",
		standing: "suspected",
	},
	{
		name: "both hosts passed just now after many failures: nothing fails at the moment",
		hosts: { a: ["ok", ...FAIL5], b: ["ok", ...FAIL5] },
		level: "operational",
		standing: "recovering",
	},
	{
		name: "two failures on each of three hosts: none is certain",
		hosts: { a: FAIL2, b: FAIL2, c: FAIL2 },
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "one certain and one doubtful host among three: the third passes",
		hosts: { a: FAIL3, b: FAIL2, c: ["ok"] },
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "one certain host, two that failed once: no second witness",
		hosts: { a: FAIL5, b: ["timeout", "ok"], c: ["timeout", "ok"] },
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "one certain host is enough where the page admits trouble of the whole",
		hosts: { a: FAIL3, b: ["ok"] },
		official: [{ level: "degraded", whole: true }],
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "a page that admits trouble does not replace the proof",
		hosts: { a: FAIL2, b: FAIL2 },
		official: [{ level: "major_outage", whole: true }],
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "three on one host while another passes: no quorum",
		hosts: { a: FAIL3, b: ["ok"] },
		level: "operational",
		standing: "suspected",
	},
	{
		name: "one dead host among passing ones, for long: our list may be old",
		hosts: { a: FAIL5, b: ["ok"], c: ["ok"] },
		level: "operational",
		standing: "suspected",
	},
	{
		name: "two of three hosts down",
		hosts: { a: FAIL3, b: FAIL3, c: ["ok"] },
		level: "partial_outage",
		standing: "proven",
	},
	{ name: "a single host needs more than three", hosts: { a: FAIL3 }, level: "unknown", standing: "suspected" },
	{ name: "a single host is believed after five", hosts: { a: FAIL5 }, level: "major_outage", standing: "proven" },
	{
		name: "a single host with four of five is not: they must be in a row",
		hosts: { a: ["timeout", "timeout", "ok", ...FAIL5] },
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "a second host that only refuses us bears nothing out",
		hosts: { a: FAIL5, b: ["blocked"] },
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "a single host is believed after three when the page admits it",
		hosts: { a: FAIL3 },
		official: [{ level: "degraded", whole: true }],
		level: "major_outage",
		standing: "proven",
	},
	{
		name: "controls did not pass at all",
		hosts: { a: FAIL5, b: FAIL5 },
		vouched: null,
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "controls passed before the last failure only",
		hosts: { a: FAIL3, b: FAIL3 },
		vouched: T0 - 5000,
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "controls passed at the very moment of the last failure",
		hosts: { a: FAIL3, b: FAIL3 },
		vouched: T0 - SECOND,
		level: "major_outage",
		standing: "proven",
	},
	{
		name: "a host that refuses us is up",
		hosts: { a: ["blocked"], b: ["ok"] },
		level: "operational",
		standing: "settled",
	},
	{
		name: "every host refuses us: cannot tell",
		hosts: { a: ["blocked"], b: ["blocked"] },
		level: "unknown",
		standing: "none",
	},
	{ name: "nothing could be tried through the proxy", hosts: { a: ["skipped"] }, level: "unknown", standing: "none" },
	{
		name: "one pass after failures is not yet recovery",
		hosts: { a: ["ok", "timeout", "timeout"], b: ["ok"] },
		level: "operational",
		standing: "recovering",
	},
	{
		name: "the page alone says down",
		hosts: { a: ["ok"], b: ["ok"] },
		official: [{ level: "major_outage" }],
		level: "major_outage",
		standing: "proven",
	},
	{
		name: "the page says well while probes prove trouble",
		hosts: { a: FAIL3, b: FAIL3 },
		official: [{ level: "operational" }],
		level: "major_outage",
		standing: "proven",
	},
	{
		name: "planned work explains failures",
		hosts: { a: FAIL3, b: FAIL3 },
		official: [{ level: "maintenance" }],
		level: "maintenance",
		standing: "proven",
	},
	{
		name: "the whole service in trouble, this feature well",
		hosts: { a: ["ok"], b: ["ok"] },
		official: [{ level: "major_outage", whole: true }],
		level: "operational",
		standing: "settled",
	},
	{ name: "blind, and the page is silent", hosts: {}, blind: "cannot be seen", level: "unknown", standing: "none" },
	{
		name: "blind, and the page says well",
		hosts: {},
		blind: "cannot be seen",
		official: [{}],
		level: "operational",
		standing: "settled",
	},
	{
		name: "blind, and the page says partly down",
		hosts: {},
		blind: "cannot be seen",
		official: [{ level: "partial_outage" }],
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "the page uses a word nobody knows",
		hosts: {},
		official: [{ level: "unknown" }],
		level: "unknown",
		standing: "none",
	},
];

describe("fuse", () => {
	test.each(CASES)("$name: $level, $standing", (each) => {
		const verdict = judge(each);
		expect({ level: verdict.level, standing: verdict.standing }).toEqual({
			level: each.level,
			standing: each.standing,
		});
	});

	test("trouble at the owner's is the owner's, and says how sure it is", () => {
		const verdict = judge({ hosts: { a: FAIL3, b: FAIL3 } });
		expect(verdict).toMatchObject({ cause: "service", culprit: "meta" });
		expect(verdict.confidence).toBeGreaterThan(0.95);
		expect(judge({ hosts: {} }).confidence).toBe(0);
	});

	test("an official admission makes us surer, an official denial only a little less sure", () => {
		const alone = judge({ hosts: { a: FAIL3, b: FAIL2 } }).confidence;
		const admitted = judge({ hosts: { a: FAIL3, b: FAIL2 }, official: [{ level: "degraded" }] }).confidence;
		const denied = judge({ hosts: { a: FAIL3, b: FAIL2 }, official: [{ level: "operational" }] }).confidence;
		expect(admitted).toBeGreaterThan(alone);
		expect(denied).toBeLessThan(alone);
		expect(alone - denied).toBeLessThan(0.05);
	});

	test("reasons come in order of weight: admissions, failures, passes, the rest", () => {
		const verdict = judge({
			hosts: { a: ["ok"], b: ["timeout"], c: FAIL3, d: ["blocked"] },
			official: [{ level: "operational" }, { level: "degraded", title: "Trouble" }],
		});
		expect(verdict.reasons.map((reason) => ("host" in reason ? `${reason.kind} ${reason.host}` : reason.kind))).toEqual(
			["official", "host_fails c", "host_fails b", "host_passes a", "host_refuses_us d", "official"],
		);
	});

	test("stale runs, runs from before a doubtful time and runs from the future do not count", () => {
		const counts = (runsGiven: ProbeEvidence[], trustedSince: number) => witnesses(runsGiven, trustedSince, T0).length;
		expect(counts([run("a", "timeout", T0 - 13 * MINUTE)], 0)).toBe(0);
		expect(counts([run("a", "timeout", T0 - MINUTE)], T0 - 30_000)).toBe(0);
		expect(counts([run("a", "timeout", T0 + MINUTE)], 0)).toBe(0);
		expect(counts([run("a", "timeout", T0 - MINUTE)], 0)).toBe(1);
	});

	test("a host fails only when all its checks fail", () => {
		const web = run("a", "timeout", T0, { checkId: "a:443" });
		const chat = run("a", "ok", T0, { checkId: "a:5222" });
		expect(witnesses([web, chat], 0, T0)).toMatchObject([{ host: "a", says: "passes" }]);
		expect(witnesses([web, run("a", "reset", T0, { checkId: "a:5222" })], 0, T0)).toMatchObject([
			{ says: "fails", inRow: 1 },
		]);
	});

	test("a provider is suspected only when every failing host sits behind it and the origin is not to blame", () => {
		const suspects = (evidence: ProbeEvidence[]) =>
			fuse({ feature: { name: "web" }, owner: "o", witnesses: witnesses(evidence, 0, T0), official: [], now: T0 })
				.suspects;
		const behind = (host: string, status: number, edge: string) => run(host, "http", T0, { status, edge });
		expect(suspects([behind("a", 502, "cloudflare"), behind("b", 502, "cloudflare")])).toEqual(["cloudflare"]);
		expect(suspects([behind("a", 502, "cloudflare"), run("b", "timeout", T0)])).toEqual([]);
		expect(suspects([behind("a", 522, "cloudflare"), behind("b", 522, "cloudflare")])).toEqual([]);
		expect(suspects([run("a", "timeout", T0, { upstream: "fastly" })])).toEqual(["fastly"]);
	});
});

const answers = fc.array(fc.constantFrom<Answer>("ok", "timeout", "reset", "blocked", "skipped"), {
	minLength: 1,
	maxLength: 6,
});
const worlds = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), answers);

describe("fuse, whatever the evidence", () => {
	test("does not depend on its order", () => {
		fc.assert(
			fc.property(worlds, fc.infiniteStream(fc.nat()), (hosts, keys) => {
				const evidence = Object.entries(hosts).flatMap(([host, list]) => runs(host, list, T0));
				const shuffled = evidence
					.map((item) => ({ item, key: keys.next().value as number }))
					.sort((x, y) => x.key - y.key)
					.map(({ item }) => item);
				const seen = (list: ProbeEvidence[]) =>
					fuse({
						feature: { name: "web" },
						owner: "o",
						witnesses: witnesses(list, 0, T0),
						official: [],
						vouchedAt: T0,
						now: T0,
					});
				expect(seen(shuffled)).toEqual(seen(evidence));
			}),
		);
	});

	test("one more failing host never makes it look better", () => {
		fc.assert(
			fc.property(worlds, (hosts) => {
				const before = judge({ hosts });
				const after = judge({ hosts: { ...hosts, e: FAIL5 } });
				const known = before.level !== "unknown" && after.level !== "unknown";
				if (known) expect(compareLevels(after.level, before.level)).toBeGreaterThanOrEqual(0);
			}),
		);
	});

	test("does not depend on the order of checks that share a host", () => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom("a", "b"), fc.tuple(answers, answers)), (hosts) => {
				const ofCheck = (host: string, port: number, list: readonly Answer[]) =>
					runs(host, list, T0 - port * SECOND).map((each) => ({ ...each, checkId: `${host}:${port}` }));
				const evidence = Object.entries(hosts).flatMap(([host, [web, chat]]) => [
					...ofCheck(host, 1, web),
					...ofCheck(host, 2, chat),
				]);
				expect(witnesses([...evidence].reverse(), 0, T0)).toEqual(witnesses(evidence, 0, T0));
			}),
		);
	});

	test("is never green without a pass, nor red without two hosts in doubt, one of them beyond it", () => {
		let proven = 0;
		fc.assert(
			fc.property(worlds, (hosts) => {
				const verdict = judge({ hosts });
				const lists = Object.values(hosts);
				if (verdict.level === "operational") expect(lists.some(([newest]) => newest === "ok")).toBe(true);
				if (verdict.standing !== "proven") return;
				proven += 1;
				expect(lists.some(isBeyondDoubt)).toBe(true);
				if (lists.length === 1) expect(lists[0]?.slice(0, 5).every(failed)).toBe(true);
				else expect(lists.filter(isDoubtful).length).toBeGreaterThanOrEqual(2);
			}),
			{ numRuns: 2000 },
		);
		expect(proven).toBeGreaterThan(10);
	});
});

function failed(answer: Answer | undefined): boolean {
	return answer === "timeout" || answer === "reset";
}

/** Of its newest runs that tell anything three in a row failed, or four with a pass or two between, the newest too. */
function isBeyondDoubt(list: readonly Answer[]): boolean {
	const told = list.filter((answer) => failed(answer) || answer === "ok");
	return failed(list[0]) && (told.slice(0, 3).filter(failed).length === 3 || told.filter(failed).length >= 4);
}

/** Two failures more than passes somewhere among its newest runs, or two in a row. */
function isDoubtful(list: readonly Answer[]): boolean {
	const told = list.filter((answer) => failed(answer) || answer === "ok");
	return told.some((_, n) => {
		const newest = told.slice(0, n + 1);
		const fails = newest.filter(failed).length;
		return fails === 2 ? newest.length === 2 : fails > 2;
	});
}

test("a line that loses a tenth of its runs needs twice the proof; one that loses half proves nothing", () => {
	const standing = (failures: number, loss: number) => {
		const answers = Array.from({ length: failures }, (): Answer => "timeout");
		const evidence = ["a", "b"].flatMap((host) => runs(host, answers, T0));
		const input = { feature: { name: "web" }, owner: "o", official: [], vouchedAt: T0, now: T0 } as const;
		return fuse({ ...input, witnesses: witnesses(evidence, 0, T0), loss }).standing;
	};
	expect([standing(3, 0.02), standing(3, 0.1), standing(6, 0.1), standing(8, 0.5)]).toEqual([
		"proven",
		"suspected",
		"proven",
		"suspected",
	]);
});

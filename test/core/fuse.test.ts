import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProbeEvidence } from "../../src/core/evidence.ts";
import { fuse, type OfficialWord } from "../../src/core/fuse.ts";
import { compareLevels, isProblem, type Level } from "../../src/core/level.ts";
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
	/** Likewise, of the owner's other features. */
	readonly kin?: Readonly<Record<string, readonly Answer[]>>;
	readonly known?: boolean;
	readonly loss?: number;
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

const heard = (hosts: Case["hosts"]) =>
	witnesses(
		Object.entries(hosts).flatMap(([host, answers]) => runs(host, answers, T0)),
		0,
		T0,
	);

function judge({
	hosts,
	kin,
	known,
	loss,
	official = [],
	vouched = T0,
	blind,
}: Omit<Case, "name" | "level" | "standing">): Verdict {
	return fuse({
		feature: { name: "messaging", ...(blind && { blind }) },
		owner: "meta",
		witnesses: heard(hosts),
		official: official.map(word),
		...(kin && { kin: heard(kin) }),
		...(known !== undefined && { known }),
		...(loss !== undefined && { loss }),
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
		name: "a second host that has passed once after two failures",
		hosts: { a: FAIL3, b: ["ok", "timeout", "timeout"] },
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "a second host that has passed twice after two failures: no quorum",
		hosts: { a: FAIL3, b: ["ok", "ok", "timeout", "timeout"] },
		level: "operational",
		standing: "suspected",
	},
	{
		name: "a second host that fails every other time: it is on and off, and not all is down",
		hosts: { a: FAIL5, b: ["timeout", "ok", "timeout"] },
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "a second host that fails three times of four is down",
		hosts: { a: FAIL5, b: ["timeout", "timeout", "ok", "timeout"] },
		level: "major_outage",
		standing: "proven",
	},
	{
		name: "both hosts fail two times of three, one of them long enough",
		hosts: { a: ["timeout", "timeout", "ok", "timeout", "ok", "timeout"], b: ["timeout", "ok", "timeout"] },
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "one host among passing ones, borne out by another feature of its owner",
		hosts: { a: FAIL3, b: ["ok"] },
		kin: { k: FAIL3 },
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "a single host, borne out by another feature of its owner",
		hosts: { a: FAIL3 },
		kin: { k: ["timeout", "timeout", "ok", "timeout"] },
		level: "major_outage",
		standing: "proven",
	},
	{
		name: "kin that has failed twice bears nothing out: there is much of it",
		hosts: { a: FAIL3, b: ["ok"] },
		kin: { k: FAIL2, l: FAIL2 },
		level: "operational",
		standing: "suspected",
	},
	{
		name: "kin that passed three times among three failures bears nothing out",
		hosts: { a: FAIL3, b: ["ok"] },
		kin: { k: ["timeout", "ok", "ok", "ok", "timeout", "timeout"] },
		level: "operational",
		standing: "suspected",
	},
	{
		name: "kin on the same host is the same witness twice",
		hosts: { a: FAIL5, b: ["ok"] },
		kin: { a: FAIL5 },
		level: "operational",
		standing: "suspected",
	},
	{
		name: "a single host is no surer for its own kin",
		hosts: { a: FAIL3 },
		kin: { a: FAIL5 },
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "kin that is down proves nothing of a feature that is only suspected",
		hosts: { a: FAIL2, b: ["ok"] },
		kin: { k: FAIL5, l: FAIL5 },
		level: "operational",
		standing: "suspected",
	},
	{
		name: "kin that is down makes nothing of a feature that is well",
		hosts: { a: ["ok"], b: ["ok"] },
		kin: { k: FAIL5, l: FAIL5 },
		level: "operational",
		standing: "settled",
	},
	{
		name: "in known trouble one host that is down needs nobody to bear it out",
		hosts: { a: FAIL3, b: ["ok"] },
		known: true,
		level: "partial_outage",
		standing: "proven",
	},
	{
		name: "in known trouble two failures are still no proof",
		hosts: { a: FAIL2, b: FAIL2 },
		known: true,
		level: "unknown",
		standing: "suspected",
	},
	{
		name: "on a line that loses a tenth kin must have failed twice as often",
		hosts: { a: [...FAIL3, ...FAIL3], b: ["ok"] },
		kin: { k: FAIL3 },
		loss: 0.1,
		level: "operational",
		standing: "suspected",
	},
	{
		name: "on a line that loses half of its runs nothing is proven, known or not",
		hosts: { a: [...FAIL3, ...FAIL3], b: [...FAIL3, ...FAIL3] },
		known: true,
		loss: 0.5,
		level: "unknown",
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

	test("official words make us surer in the order denial, mumbling as silence, trouble of the whole, trouble of this", () => {
		const sure = (...official: Partial<OfficialWord>[]) =>
			judge({ hosts: { a: FAIL3, b: FAIL2 }, official }).confidence;
		const whole = sure({ level: "degraded", whole: true });
		expect(sure({ level: "operational", whole: true })).toBeLessThan(sure());
		expect(sure({ level: "unknown" })).toBe(sure());
		expect(whole).toBeGreaterThan(sure());
		expect(sure({ level: "operational" }, { level: "degraded", whole: true })).toBe(whole);
		expect(sure({ level: "degraded" })).toBeGreaterThan(whole);
	});

	test("planned work is certain, and each pass makes us surer that all is well", () => {
		expect(judge({ hosts: { a: FAIL3, b: FAIL3 }, official: [{ level: "maintenance" }] }).confidence).toBe(1);
		const well = (...answers: Answer[]) => judge({ hosts: { a: answers } }).confidence;
		expect(well("ok", "ok")).toBeGreaterThan(well("ok"));
	});

	test("hosts that are slow speak for trouble, and not against it", () => {
		const slow = heard({ a: ["ok", "ok", "ok"], b: ["ok", "ok", "ok"] }).map((each) => ({ ...each, usualMs: 100 }));
		const input = { feature: { name: "media" as const }, owner: "meta", official: [], vouchedAt: T0, now: T0 };
		const verdict = fuse({ ...input, witnesses: slow, othersQuickAt: T0 - SECOND });
		expect(verdict).toMatchObject({ level: "degraded", standing: "proven", cause: "service", culprit: "meta" });
		expect(verdict.confidence).toBeGreaterThan(0.9);
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
		expect([519, 520, 526, 527].filter((status) => suspects([behind("a", status, "cloudflare")]).length === 0)).toEqual(
			[520, 526],
		);
		expect(suspects([run("a", "timeout", T0, { upstream: "fastly" })])).toEqual(["fastly"]);
	});

	test("a host that has failed once does not clear a provider behind which others have failed again and again", () => {
		const suspects = (...lists: ProbeEvidence[][]) =>
			fuse({ feature: { name: "web" }, owner: "o", witnesses: witnesses(lists.flat(), 0, T0), official: [], now: T0 })
				.suspects;
		const behind = (host: string, times: number, upstream?: string) =>
			runs(
				host,
				Array.from({ length: times }, () => "timeout" as const),
				T0,
			).map((each) => (upstream ? { ...each, upstream } : each));
		expect(suspects(behind("a", 2, "fastly"), behind("b", 1))).toEqual(["fastly"]);
		expect(suspects(behind("a", 2, "fastly"), behind("b", 1, "akamai"))).toEqual(["fastly"]);
		expect(suspects(behind("a", 2, "fastly"), behind("b", 2, "akamai"))).toEqual([]);
		expect(suspects(behind("a", 1, "fastly"), behind("b", 1))).toEqual([]);
	});

	test("is calm again once enough passes and two quiet minutes lie behind the last failure", () => {
		const standing = (answers: readonly Answer[], sinceFailure: number) => {
			const firstPass = answers.indexOf("timeout");
			const evidence = answers.map((answer, n) =>
				run("a", answer, n < firstPass ? T0 - n * 1000 : T0 - sinceFailure - (n - firstPass) * 10_000),
			);
			const heardOf = witnesses(evidence, 0, T0);
			return fuse({ feature: { name: "web" }, owner: "o", witnesses: heardOf, official: [], now: T0 }).standing;
		};
		expect(standing(["ok", "ok", "timeout"], 2 * MINUTE - 1)).toBe("recovering");
		expect(standing(["ok", "ok", "timeout"], 2 * MINUTE)).toBe("settled");
		expect(standing(["ok", "timeout"], 10 * MINUTE)).toBe("recovering");
		const shaky = ["timeout", "ok", "timeout"] as const;
		expect(standing(["ok", "ok", "ok", "ok", ...shaky], 10 * MINUTE)).toBe("recovering");
		expect(standing(["ok", "ok", "ok", "ok", "ok", ...shaky], 2 * MINUTE)).toBe("settled");
	});
});

const answers = fc.array(fc.constantFrom<Answer>("ok", "timeout", "reset", "blocked", "skipped"), {
	minLength: 1,
	maxLength: 6,
});
const worlds = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), answers);

const plain = fc.array(fc.constantFrom<Answer>("ok", "timeout", "reset"), { minLength: 1, maxLength: 8 });
const hosts = fc.dictionary(fc.constantFrom("a", "b", "c"), plain);
const scenes = fc.record({
	hosts,
	kin: hosts,
	known: fc.boolean(),
	loss: fc.constantFrom(0.02, 0.05, 0.1, 0.3, 0.5),
	official: fc.array(
		fc.record({
			level: fc.constantFrom<Level>("operational", "unknown", "maintenance", "degraded", "partial_outage"),
			whole: fc.boolean(),
		}),
		{ maxLength: 3 },
	),
});

/** Of two verdicts the first speaks at least as heavily for trouble. */
function expectNoLess(more: Verdict, less: Verdict): void {
	const level = (verdict: Verdict) => (isProblem(verdict.level) ? verdict.level : "unknown");
	expect(compareLevels(level(more), level(less))).toBeGreaterThanOrEqual(0);
	const standing = (verdict: Verdict) => ["suspected", "proven"].indexOf(verdict.standing);
	expect(standing(more)).toBeGreaterThanOrEqual(standing(less));
	const [high, low] = [troubleIn(more), troubleIn(less)];
	if (high !== undefined && low !== undefined) expect(high).toBeGreaterThanOrEqual(low - 1e-12);
}

/** The probability of trouble that a verdict implies, where it claims to know. */
function troubleIn({ level, confidence }: Verdict): number | undefined {
	if (isProblem(level)) return confidence;
	return level === "operational" ? 1 - confidence : undefined;
}

describe("fuse, whatever the evidence", () => {
	test("does not depend on its order", () => {
		fc.assert(
			fc.property(scenes, fc.infiniteStream(fc.nat()), (scene, keys) => {
				const shuffled = <T>(list: readonly T[]): T[] =>
					list
						.map((item) => ({ item, key: keys.next().value as number }))
						.sort((x, y) => x.key - y.key)
						.map(({ item }) => item);
				const evidence = Object.entries(scene.hosts).flatMap(([host, list]) => runs(host, list, T0));
				const seen = (order: <T>(list: readonly T[]) => T[]) => {
					const { reasons, ...rest } = fuse({
						feature: { name: "web" },
						owner: "o",
						witnesses: order(witnesses(order(evidence), 0, T0)),
						kin: order(heard(scene.kin)),
						official: order(scene.official.map(word)),
						known: scene.known,
						loss: scene.loss,
						vouchedAt: T0,
						now: T0,
					});
					return { ...rest, reasons: reasons.map((reason) => JSON.stringify(reason)).sort() };
				};
				expect(seen(shuffled)).toEqual(seen((list) => [...list]));
				expect(witnesses(shuffled(evidence), 0, T0)).toEqual(witnesses(evidence, 0, T0));
			}),
		);
	});

	test("one more failure of a host never makes trouble look less, nor one more pass more", () => {
		fc.assert(
			fc.property(
				scenes,
				plain,
				fc.constantFrom("a", "b", "c"),
				fc.constantFrom("hosts", "kin" as const),
				(scene, own, host, of) => {
					const told = (newest: readonly Answer[]) =>
						judge({ ...scene, [of]: { ...scene[of], [host]: [...newest, ...own] } });
					const before = told([]);
					expectNoLess(told(["timeout"]), before);
					expectNoLess(before, told(["ok"]));
				},
			),
			{ numRuns: 1000 },
		);
	});

	test("more kin that fails, or trouble that is known already, never makes trouble look less, nor a worse line more", () => {
		fc.assert(
			fc.property(scenes, plain, (scene, more) => {
				const before = judge(scene);
				expectNoLess(judge({ ...scene, kin: { ...scene.kin, another: more } }), before);
				expectNoLess(judge({ ...scene, known: true }), before);
				expectNoLess(before, judge({ ...scene, loss: scene.loss + 0.1 }));
			}),
			{ numRuns: 500 },
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

/** Of its newest runs that tell anything two failed with one pass at most among or after them, or three. */
function isDoubtful(list: readonly Answer[]): boolean {
	const told = list.filter((answer) => failed(answer) || answer === "ok");
	return told.some((_, n) => {
		const newest = told.slice(0, n + 1);
		const fails = newest.filter(failed).length;
		return fails === 2 ? newest.length <= 3 : fails > 2;
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

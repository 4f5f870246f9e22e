import { describe, expect, test } from "vitest";
import { PROOF, RECOVERED, SECOND_WITNESS } from "../../src/core/confidence.ts";
import { failure } from "../../src/core/failure.ts";
import { type Witness, witnesses } from "../../src/core/streak.ts";
import { type Answer, MINUTE, run, runs, SECOND, T0 } from "../helpers/evidence.ts";

const one = (answers: readonly Answer[]): Witness | undefined => witnesses(runs("a", answers, T0), 0, T0)[0];

describe("witnesses", () => {
	test.each<{ answers: readonly Answer[]; says: Witness["says"]; inRow: number }>([
		{ answers: ["ok"], says: "passes", inRow: 1 },
		{ answers: ["ok", "ok", "timeout"], says: "passes", inRow: 2 },
		{ answers: ["timeout", "reset", "refused", "ok"], says: "fails", inRow: 3 },
		{ answers: ["blocked", "timeout"], says: "blocked", inRow: 1 },
		{ answers: ["skipped", "skipped"], says: "skipped", inRow: 2 },
	])("a host that answered $answers, newest first, $says, $inRow in a row", ({ answers, says, inRow }) => {
		expect(one(answers)).toMatchObject({ host: "a", says, inRow, at: T0, startedAt: T0 - SECOND, tookMs: SECOND });
	});

	test("remember the newest failure, its kind only while it lasts", () => {
		expect(one(["ok", "ok", "timeout", "reset"])).toMatchObject({ lastFailureAt: T0 - 20 * SECOND });
		expect(one(["ok", "timeout"])).not.toHaveProperty("failure");
		expect(one(["reset", "timeout"])?.failure?.kind).toBe("reset");
		expect(one(["ok", "ok"])).not.toHaveProperty("lastFailureAt");
	});

	test.each<{ answers: readonly Answer[]; least: number; below: number }>([
		{ answers: ["ok", "ok"], least: 0, below: 0.001 },
		{ answers: ["timeout"], least: 1, below: SECOND_WITNESS },
		{ answers: ["timeout", "ok", "ok", "timeout"], least: 1, below: SECOND_WITNESS },
		{ answers: ["timeout", "ok", "timeout"], least: SECOND_WITNESS, below: PROOF },
		{ answers: ["reset", "timeout"], least: SECOND_WITNESS, below: PROOF },
		{ answers: ["ok", "timeout", "timeout", "timeout"], least: SECOND_WITNESS, below: PROOF },
		{ answers: ["reset", "timeout", "refused"], least: PROOF, below: 10 },
		{ answers: ["blocked", "timeout", "skipped", "timeout", "timeout"], least: PROOF, below: 10 },
	])("$answers, newest first, weigh at least $least and less than $below", ({ answers, least, below }) => {
		expect(one(answers)?.weight).toBeGreaterThanOrEqual(least);
		expect(one(answers)?.weight).toBeLessThan(below);
	});

	test.each<{ answers: readonly Answer[]; share: number }>([
		{ answers: ["ok", "ok"], share: 0 },
		{ answers: ["timeout"], share: 1 },
		{ answers: ["timeout", "reset", "refused", "ok", "ok"], share: 1 },
		{ answers: ["ok", "ok", "timeout", "timeout"], share: 1 },
		{ answers: ["timeout", "ok", "timeout"], share: 2 / 3 },
		{ answers: ["timeout", "ok", "timeout", "timeout"], share: 3 / 4 },
		{ answers: ["ok", "timeout", "ok", "timeout", "ok"], share: 2 / 3 },
		{ answers: ["timeout", "ok", "ok", "timeout"], share: 1 / 2 },
		{ answers: ["timeout", "ok", "ok", "ok", "timeout"], share: 1 },
		{ answers: ["timeout", "timeout", "ok", "ok", "ok", "ok", "timeout"], share: 1 },
		{ answers: ["timeout", "blocked", "skipped", "timeout"], share: 1 },
	])("$answers, newest first: while it was failing, $share of its runs did", ({ answers, share }) => {
		expect(one(answers)?.share).toBeCloseTo(share, 9);
	});

	test.each<{ answers: readonly Answer[]; well: boolean }>([
		{ answers: ["ok"], well: true },
		{ answers: ["timeout"], well: false },
		{ answers: ["ok", "timeout"], well: false },
		{ answers: ["ok", "ok", "timeout", "timeout", "timeout"], well: true },
		{ answers: ["ok", "ok", "timeout", "ok", "timeout"], well: false },
		{ answers: ["ok", "ok", "ok", "ok", "timeout", "ok", "timeout"], well: false },
		{ answers: ["ok", "ok", "ok", "ok", "ok", "timeout", "ok", "timeout"], well: true },
		{ answers: ["ok", "ok", "timeout", "ok", "ok", "ok", "timeout"], well: true },
		{ answers: ["blocked", "ok", "skipped", "ok", "timeout"], well: true },
	])("$answers, newest first: its passes make it well again: $well", ({ answers, well }) => {
		expect((one(answers)?.recovery ?? 0) >= RECOVERED).toBe(well);
	});

	test("weigh the runs in the order of time, not of arrival", () => {
		const luck = runs("a", ["timeout", "timeout", "timeout", "ok", "ok", "ok", "ok"], T0);
		expect(witnesses([...luck].reverse(), 0, T0)).toEqual(witnesses(luck, 0, T0));
		expect(witnesses(luck, 0, T0)[0]?.weight).toBeGreaterThanOrEqual(PROOF);
	});

	test("say why a run was skipped", () => {
		expect(one(["skipped"])?.why).toBe("the proxy carries web pages only");
	});

	test("believe the answer's own signature before the catalogue", () => {
		const [edge] = witnesses([run("a", "http", T0, { upstream: "fastly", edge: "cloudflare" })], 0, T0);
		expect(edge?.upstream).toBe("cloudflare");
		const [told] = witnesses([run("a", "http", T0, { upstream: "fastly" })], 0, T0);
		expect(told?.upstream).toBe("fastly");
	});

	test.each<{ first: Answer; second: Answer; says: Witness["says"] }>([
		{ first: "timeout", second: "ok", says: "passes" },
		{ first: "timeout", second: "blocked", says: "blocked" },
		{ first: "timeout", second: "skipped", says: "skipped" },
		{ first: "skipped", second: "blocked", says: "blocked" },
		{ first: "timeout", second: "reset", says: "fails" },
	])("of two checks of one host, $first and $second, the kinder is believed: it $says", ({ first, second, says }) => {
		const given = [run("a", first, T0, { checkId: "1" }), run("a", second, T0, { checkId: "2" })];
		expect(witnesses(given, 0, T0)).toMatchObject([{ says }]);
		expect(witnesses([...given].reverse(), 0, T0)).toMatchObject([{ says }]);
		const swapped = [run("a", first, T0, { checkId: "2" }), run("a", second, T0, { checkId: "1" })];
		expect(witnesses(swapped, 0, T0)).toMatchObject([{ says }]);
	});

	test("a host that fails on one port is as well as the other port says", () => {
		const given = [run("a", "ok", T0, { checkId: "1" }), run("a", "timeout", T0, { checkId: "2" })];
		const [witness] = witnesses(given, 0, T0);
		expect(witness).toMatchObject({ says: "passes", weight: 0, recovery: Number.POSITIVE_INFINITY });
		expect(witness).not.toHaveProperty("lastFailureAt");
	});

	test("two checks of one host that say the same count as the one with the shorter row, and remember either's failure", () => {
		const early = { checkId: "1" };
		const given = [
			run("a", "ok", T0, early),
			run("a", "ok", T0 - MINUTE, early),
			run("a", "timeout", T0 - 2 * MINUTE, early),
			run("a", "ok", T0 - SECOND, { checkId: "2" }),
		];
		const expected = [{ says: "passes", inRow: 1, lastFailureAt: T0 - 2 * MINUTE }];
		expect(witnesses(given, 0, T0)).toMatchObject(expected);
		expect(witnesses([...given].reverse(), 0, T0)).toMatchObject(expected);
		const other = { "1": "2", "2": "1" } as Record<string, string>;
		const swapped = given.map((each) => ({ ...each, checkId: other[each.checkId] as string }));
		expect(witnesses(swapped, 0, T0)).toMatchObject(expected);
		const calm = [run("a", "ok", T0, early), run("a", "ok", T0, { checkId: "2" })];
		expect(witnesses(calm, 0, T0)[0]).not.toHaveProperty("lastFailureAt");
	});

	test("two checks of one host weigh as the one that fails less", () => {
		const often = (at: number) => runs("a", ["timeout", "ok", "timeout", "timeout", "timeout"], at);
		const seldom = runs("a", ["reset"], T0);
		const given = [
			...often(T0).map((each) => ({ ...each, checkId: "1" })),
			...seldom.map((each) => ({ ...each, checkId: "2" })),
		];
		const alone = witnesses(seldom, 0, T0)[0]?.weight as number;
		expect(witnesses(given, 0, T0)).toMatchObject([{ says: "fails", inRow: 1, weight: alone }]);
		expect(witnesses([...given].reverse(), 0, T0)).toEqual(witnesses(given, 0, T0));
	});

	test("two checks of one host are on and off as the one that fails less often", () => {
		const share = (...checks: readonly (readonly Answer[])[]) => {
			const given = checks.flatMap((answers, n) =>
				runs("a", answers, T0).map((each) => ({ ...each, checkId: `${n}` })),
			);
			return witnesses(given, 0, T0)[0]?.share;
		};
		const shaky = ["timeout", "timeout", "ok", "timeout", "ok", "timeout"] as const;
		expect(share(["timeout", "timeout", "timeout"], shaky)).toBeCloseTo(2 / 3, 9);
		expect(share(shaky, ["timeout"])).toBeCloseTo(2 / 3, 9);
	});

	test("two checks of one host are well again when both are: one that never failed neither hastens nor delays it", () => {
		const well = (...checks: readonly (readonly Answer[])[]) => {
			const given = checks.flatMap((answers, n) =>
				runs("a", answers, T0 - n).map((each) => ({ ...each, checkId: `${n}` })),
			);
			const [witness] = witnesses(given, 0, T0);
			expect(witness?.lastFailureAt).toBeDefined();
			return (witness?.recovery ?? 0) >= RECOVERED;
		};
		expect(well(["ok", "ok", "timeout"], ["ok"])).toBe(true);
		expect(well(["ok", "timeout"], ["ok", "ok", "ok", "ok"])).toBe(false);
		expect(well(["ok", "ok", "timeout"], ["ok", "timeout"])).toBe(false);
		expect(well(["ok", "ok", "timeout"], ["ok", "ok", "timeout"])).toBe(true);
		expect(well(["ok", "ok", "ok", "timeout", "ok", "timeout"], ["ok", "ok", "timeout"])).toBe(false);
	});

	test("a proxy that cannot be used says nothing of the host: the run might as well not have been tried", () => {
		const outcome = { kind: "failed", failure: failure("refused", "the proxy is away", { phase: "proxy" }) } as const;
		const [witness] = witnesses([run("a", "ok", T0, { outcome }), run("a", "ok", T0 - MINUTE)], 0, T0);
		expect(witness).toMatchObject({ says: "skipped", why: "the proxy is away", weight: 0, inRow: 1 });
		expect(witness).not.toHaveProperty("failure");
	});

	test("the newest run is the one that ended last, of those the one that began last", () => {
		const long = run("a", "timeout", T0, { startedAt: T0 - MINUTE });
		expect(witnesses([run("a", "ok", T0 - SECOND), long], 0, T0)).toMatchObject([{ says: "fails", tookMs: MINUTE }]);
		expect(witnesses([long, run("a", "ok", T0)], 0, T0)).toMatchObject([{ says: "passes", tookMs: SECOND }]);
	});

	test("runs that ended at the same moment do not depend on the order in which they came", () => {
		const given = [run("a", "ok", T0), run("a", "timeout", T0)];
		expect(witnesses(given, 0, T0)).toEqual(witnesses([...given].reverse(), 0, T0));
	});

	test("hosts come in the order of their names", () => {
		const given = ["c", "a", "b"].flatMap((host) => runs(host, ["ok"], T0));
		expect(witnesses(given, 0, T0).map(({ host }) => host)).toEqual(["a", "b", "c"]);
	});

	test("a run counts from the very moment of trust on, and until it is twelve minutes old", () => {
		const heard = (at: number, trustedSince: number) => witnesses([run("a", "ok", at)], trustedSince, T0).length;
		expect(heard(T0, T0 - SECOND)).toBe(1);
		expect(heard(T0, T0 - SECOND + 1)).toBe(0);
		expect(heard(T0 - 12 * MINUTE, 0)).toBe(1);
		expect(heard(T0 - 12 * MINUTE - 1, 0)).toBe(0);
	});
});

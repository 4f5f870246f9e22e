import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { heard, type Line, lossOf, UNKNOWN_LINE } from "../../src/core/line.ts";
import { controlRun, HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";

type Run = readonly [vendor: string, answer: "ok" | "timeout", at: number];
const VENDORS = ["a", "b", "c", "d", "e", "f"];

const learn = (runs: readonly Run[], line: Line = UNKNOWN_LINE): Line =>
	runs.reduce((known, [vendor, answer, at]) => heard(known, controlRun(vendor, "http", answer, T0 + at)), line);
/** A round of one run of each vendor every so often, in which every nth run fails. */
const rounds = (count: number, every: number, nth: number, from = 0): Run[] =>
	Array.from({ length: count * VENDORS.length }, (_, n) => [
		VENDORS[n % VENDORS.length] as string,
		(n + 1) % nth === 0 ? "timeout" : "ok",
		from + Math.floor(n / VENDORS.length) * every,
	]);

describe("what the line loses", () => {
	test("is what an ordinary line loses where nothing is known", () => {
		expect(lossOf(UNKNOWN_LINE, T0)).toBeCloseTo(0.02);
		expect(lossOf(learn(rounds(30, MINUTE, 1e9)), T0 + 30 * MINUTE)).toBeLessThan(0.02);
	});

	test("is learnt within a minute where every third run is lost, though the controls passed before", () => {
		const calm = learn(rounds(6, 5 * MINUTE, 1e9, -30 * MINUTE));
		const now = learn(rounds(5, 12 * SECOND, 3), calm);
		expect(lossOf(calm, T0)).toBeLessThan(0.02);
		expect(lossOf(now, T0 + MINUTE)).toBeGreaterThan(0.14);
	});

	test("is not told by one vendor that is blocked, however often it is asked", () => {
		const blocked = rounds(20, MINUTE, 1e9).map(
			([vendor, answer, at]): Run => [vendor, vendor === "a" ? "timeout" : answer, at],
		);
		const often: Run[] = Array.from({ length: 50 }, (_, n) => ["a", "timeout", n * 10 * SECOND]);
		expect(lossOf(learn([...blocked, ...often]), T0 + 20 * MINUTE)).toBeLessThan(0.02);
	});

	test("is remembered for hours of what it is known for, and forgotten at last", () => {
		const bad = learn(rounds(60, 5 * MINUTE, 10));
		const lossAfter = (hours: number) => lossOf(bad, T0 + 5 * HOUR + hours * HOUR);
		expect(lossAfter(0)).toBeGreaterThan(0.06);
		expect(lossAfter(3)).toBeGreaterThan(0.05);
		expect(lossAfter(48)).toBeLessThan(0.03);
	});

	test("lies between nothing and all, grows with every loss of a vendor that is not the worst, and falls with every pass", () => {
		const run = fc.tuple(fc.constantFrom(...VENDORS), fc.constantFrom("ok" as const, "timeout" as const), fc.nat(HOUR));
		fc.assert(
			fc.property(fc.array(run, { maxLength: 60 }), fc.constantFrom(...VENDORS), (runs, vendor) => {
				const inOrder = runs.toSorted(([, , a], [, , b]) => a - b);
				const line = learn(inOrder);
				const loss = lossOf(line, T0 + HOUR);
				expect(loss).toBeGreaterThan(0);
				expect(loss).toBeLessThan(1);
				expect(lossOf(learn([[vendor, "timeout", HOUR]], line), T0 + HOUR)).toBeGreaterThanOrEqual(loss - 0.05);
				expect(lossOf(learn([[vendor, "ok", HOUR]], line), T0 + HOUR)).toBeLessThanOrEqual(loss + 0.05);
			}),
		);
	});
});

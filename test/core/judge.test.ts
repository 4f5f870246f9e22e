import { describe, expect, test } from "vitest";
import { judge } from "../../src/core/judge.ts";
import { type Witness, witnesses } from "../../src/core/streak.ts";
import { type Answer, runs, SECOND, T0 } from "../helpers/evidence.ts";

const heard = (hosts: readonly (readonly Answer[])[]): Witness[] =>
	witnesses(
		hosts.flatMap((answers, n) => runs(`h${n}`, answers, T0)),
		0,
		T0,
	);

/** So many hosts that pass, the first of them slow; all began a second before T0. */
const passing = (count: number, slow: number): Witness[] =>
	heard(Array.from({ length: count }, () => ["ok"])).map((witness, n) =>
		n < slow ? { ...witness, usualMs: 100 } : witness,
	);

function judged(witnesses: readonly Witness[], more: { othersQuickAt?: number; loss?: number; known?: boolean } = {}) {
	const input = { feature: { name: "media" as const }, owner: "meta", official: [], vouchedAt: T0, now: T0 };
	const { level, standing } = judge({ ...input, witnesses, ...more });
	return `${level}, ${standing}`;
}

describe("hosts that answer slowly", () => {
	const othersQuickAt = T0 - SECOND;

	test.each([
		{ count: 2, slow: 2, says: "degraded, proven" },
		{ count: 6, slow: 2, says: "degraded, proven" },
		{ count: 7, slow: 2, says: "operational, settled" },
		{ count: 2, slow: 1, says: "operational, settled" },
		{ count: 1, slow: 1, says: "operational, settled" },
	])("are trouble where they are two and a third of those that answer: $slow of $count are $says", (each) => {
		expect(judged(passing(each.count, each.slow), { othersQuickAt })).toBe(each.says);
	});

	test("are only suspected while nobody has seen others to be quick", () => {
		expect(judged(passing(3, 3))).toBe("operational, suspected");
	});

	test("are proven by the first that is slow still, in a run that began when others had been seen to be quick", () => {
		expect(judged(passing(3, 3), { othersQuickAt: T0 - SECOND + 1 })).toBe("operational, suspected");
		const [first, ...others] = passing(3, 3) as [Witness, ...Witness[]];
		const later = { ...first, startedAt: T0 - SECOND + 1 };
		expect(judged([later, ...others], { othersQuickAt: T0 - SECOND + 1 })).toBe("degraded, proven");
	});
});

describe("hosts that fail", () => {
	test("do not make everything down while one of them has failed once only", () => {
		const [certain, second] = [["timeout", "timeout", "timeout"] as const, ["reset", "reset"] as const];
		expect(judged(heard([certain, second]))).toBe("major_outage, proven");
		expect(judged(heard([certain, second, ["timeout"]]))).toBe("partial_outage, proven");
	});

	test("alone must fail twice as often in a row where the line loses a tenth of its runs", () => {
		const failing = (times: number) => heard([Array.from({ length: times }, () => "timeout" as const)]);
		expect(judged(failing(9), { loss: 0.1 })).toBe("unknown, suspected");
		expect(judged(failing(11), { loss: 0.1 })).toBe("major_outage, proven");
	});
});

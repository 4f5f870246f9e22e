import { describe, expect, test } from "vitest";
import { connectivity } from "../../src/core/connectivity.ts";
import { freshFor, isFresh, PROBE_FRESH_MS } from "../../src/core/freshness.ts";
import { fuse } from "../../src/core/fuse.ts";
import { witnesses } from "../../src/core/streak.ts";
import { controlRun, MINUTE, run, runs, SECOND, T0 } from "../helpers/evidence.ts";

describe("freshness", () => {
	test("ends with the age limit, and what seems to come from the future has none", () => {
		expect(isFresh(T0, T0, MINUTE)).toBe(true);
		expect(isFresh(T0 - MINUTE, T0, MINUTE)).toBe(true);
		expect(isFresh(T0 - MINUTE - 1, T0, MINUTE)).toBe(false);
		expect(isFresh(T0 + 1, T0, MINUTE)).toBe(false);
	});

	test("of a run lasts two of its own intervals and a little more: twelve minutes at the usual pace", () => {
		expect(freshFor(5 * MINUTE)).toBe(12 * MINUTE);
		expect(PROBE_FRESH_MS).toBe(12 * MINUTE);
		expect(freshFor(60 * MINUTE)).toBe(122 * MINUTE);
	});

	test("goes by the pace of each check", () => {
		const slow = (id: string) => (id === "slow" ? 30 * MINUTE : MINUTE);
		const old = T0 - 20 * MINUTE;
		const heard = witnesses([run("a", "ok", old, { checkId: "slow" }), run("b", "ok", old)], 0, T0, slow);
		expect(heard.map(({ host }) => host)).toEqual(["a"]);
		const controls = ["a", "b", "c"].map((vendor) => controlRun(vendor, "http", "ok", old));
		expect(connectivity(controls, T0, () => 30 * MINUTE).state).toBe("online");
		expect(connectivity(controls, T0).state).toBe("unknown");
	});
});

describe("what is vouched for", () => {
	test("is nothing while fewer than three vendors passed, though most controls did", () => {
		const passed = ["http", "dns", "ip", "doh"] as const;
		const runsOfThree = [
			...passed.map((kind) => controlRun("a", kind, "ok", T0)),
			controlRun("b", "http", "timeout", T0),
			controlRun("c", "http", "timeout", T0),
		];
		const found = connectivity(runsOfThree, T0);
		expect(found).toMatchObject({ state: "online", passed: 4 });
		expect(found).not.toHaveProperty("vouchedAt");
	});
});

describe("a verdict", () => {
	test("does not depend on the order of its witnesses and words", () => {
		const heard = witnesses(
			[
				...runs("a", ["ok"], T0),
				...runs("b", ["ok"], T0),
				...runs("c", ["timeout"], T0),
				...runs("d", ["timeout"], T0 - SECOND),
			],
			0,
			T0,
		);
		const judged = (list: typeof heard) =>
			fuse({ feature: { name: "web" }, owner: "o", witnesses: list, official: [], now: T0 });
		expect(judged([...heard].reverse())).toEqual(judged(heard));
		expect(judged(heard).reasons.map((reason) => ("host" in reason ? reason.host : ""))).toEqual(["c", "d", "a", "b"]);
	});
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Check } from "../../src/core/check.ts";
import { randomFrom } from "../../src/core/random.ts";
import { type Slot, spread } from "../../src/core/spread.ts";
import { MINUTE } from "../helpers/evidence.ts";
import { CONTROLS, twelveServices, watched } from "../helpers/watched.ts";

const INTERVAL = 5 * MINUTE;

function slotsOf(watch: readonly ReturnType<typeof watched>[], controls: readonly Check[] = [], seed = 1) {
	const services = new Map(watch.map(({ service }) => [service.id, service]));
	return spread([...controls, ...watch.flatMap(({ checks }) => checks)], services, INTERVAL, randomFrom(seed));
}

/** The distances between neighbouring phases around the circle, the last to the first included. */
function gaps(slots: Iterable<Slot>): number[] {
	const phases = [...slots].map(({ phase }) => phase).sort((a, b) => a - b);
	return phases.map((phase, n) =>
		n === 0 ? phase + 1 - (phases.at(-1) as number) : phase - (phases[n - 1] as number),
	);
}

describe("spread", () => {
	test("the probes of one owner come evenly, whichever service they are of", () => {
		const slots = slotsOf(twelveServices());
		const meta = [...slots].filter(([id]) => /^s[a-e]\//.test(id)).map(([, slot]) => slot);
		expect(meta).toHaveLength(20);
		for (const gap of gaps(meta)) expect(gap).toBeCloseTo(1 / 20, 9);
	});

	test("the hosts of one feature are as far apart as can be", () => {
		const slots = slotsOf([watched("sa", { features: { messaging: ["a", "b", "c"], media: ["d", "e", "f"] } })]);
		for (const feature of ["messaging", "media"]) {
			const own = [...slots].filter(([id]) => id.startsWith(`sa/${feature}`)).map(([, slot]) => slot);
			for (const gap of gaps(own)) expect(gap).toBeCloseTo(1 / 3, 9);
		}
	});

	test("checks that share a host share its allowance", () => {
		const slots = slotsOf([
			watched("sa", { features: { messaging: ["shared", "own"] } }),
			watched("sb", { features: { feed: ["shared"], media: ["shared"] } }),
		]);
		expect(slots.get("sa/messaging/own")?.intervalMs).toBe(INTERVAL);
		for (const id of ["sa/messaging/shared", "sb/feed/shared", "sb/media/shared"])
			expect(slots.get(id)?.intervalMs).toBe(3 * INTERVAL);
	});

	test("controls are asked a quarter as often", () => {
		const slots = slotsOf([], CONTROLS);
		expect([...slots.values()].map(({ intervalMs }) => intervalMs)).toEqual(CONTROLS.map(() => 4 * INTERVAL));
		for (const gap of gaps(slots.values())) expect(gap).toBeCloseTo(1 / CONTROLS.length, 9);
	});

	test("sources are spread among themselves, apart from probes", () => {
		const plan = { owner: "meta", features: { feed: ["a", "b"] }, official: { Feed: "feed" } } as const;
		const slots = slotsOf([watched("sa", plan), watched("sb", plan)]);
		const sources = ["sa", "sb"].map((id) => slots.get(`${id}/official`) as Slot);
		for (const gap of gaps(sources)) expect(gap).toBeCloseTo(0.5, 9);
	});

	test("each install begins elsewhere, the same seed at the same place", () => {
		const watch = twelveServices();
		expect(slotsOf(watch, CONTROLS, 5)).toEqual(slotsOf(watch, CONTROLS, 5));
		expect(slotsOf(watch, CONTROLS, 5)).not.toEqual(slotsOf(watch, CONTROLS, 6));
	});

	test("a check of a service that is not listed is spread with its own service", () => {
		const { checks } = watched("stray", { features: { web: ["a", "b"] } });
		const slots = spread(checks, new Map(), INTERVAL, randomFrom(1));
		for (const gap of gaps(slots.values())) expect(gap).toBeCloseTo(0.5, 9);
	});

	test("whatever is watched, every check has a slot within the interval, and owners are spread evenly", () => {
		const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 });
		const plans = fc.array(fc.record({ owner: fc.constantFrom("x", "y"), feed: names, media: names }), {
			maxLength: 6,
		});
		fc.assert(
			fc.property(plans, fc.integer(), (list, seed) => {
				const watch = list.map(({ owner, feed, media }, n) => watched(`s${n}`, { owner, features: { feed, media } }));
				const slots = slotsOf(watch, [], seed);
				expect(slots.size).toBe(watch.flatMap(({ checks }) => checks).length);
				for (const { phase, intervalMs } of slots.values()) {
					expect(phase >= 0 && phase < 1).toBe(true);
					expect(intervalMs % INTERVAL).toBe(0);
				}
				for (const owner of ["x", "y"]) {
					const ids = watch.filter(({ service }) => service.owner.id === owner).flatMap(({ checks }) => checks);
					const own = ids.map(({ id }) => slots.get(id) as Slot);
					for (const gap of gaps(own)) expect(gap).toBeCloseTo(1 / own.length, 9);
				}
			}),
		);
	});
});

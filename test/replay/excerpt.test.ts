import { describe, expect, test } from "vitest";
import { excerptOf } from "../../src/replay/excerpt.ts";
import { allChecks, MINUTE, scenarioOf, smallCatalogue, T0 } from "./loopback/stage.ts";

const checks = allChecks(smallCatalogue());
const day = { from: T0, until: T0 + 24 * 60 * MINUTE };
const at = (minutes: number) => T0 + minutes * MINUTE;
const span = (from: number, until: number) => ({ from: at(from), until: at(until) });

describe("the excerpt that a demonstration shows", () => {
	test("begins ten minutes before something happens and ends a quarter of an hour after", () => {
		const scenario = scenarioOf(
			[
				{ probe: {}, ...span(300, 320), answer: { http: 503 } },
				{ control: {}, ...span(310, 330), answer: { fail: "timeout" } },
				{ device: "interface-changed", from: at(340) },
			],
			day,
		);
		expect(excerptOf(scenario, checks)).toMatchObject(span(290, 355));
	});

	test("stays within the scenario, and is all of it where nothing happens", () => {
		const early = scenarioOf([{ probe: {}, from: at(5), answer: { http: 503 } }], day);
		expect(excerptOf(early, checks)).toMatchObject(day);
		expect(excerptOf(scenarioOf([], day), checks)).toMatchObject(day);
	});

	test("pages that nobody reads and reports do not count", () => {
		const scenario = scenarioOf(
			[
				{ reports: {}, ...span(10, 900), answer: { perHour: 9, baseline: 1 } },
				{ official: { service: ["elsewhere"] }, ...span(20, 800), answer: { level: "degraded" } },
				{ official: { service: ["chat"] }, ...span(300, 320), answer: { level: "degraded" } },
			],
			day,
		);
		expect(excerptOf(scenario, checks)).toMatchObject(span(290, 335));
	});
});

import { describe, expect, test } from "vitest";
import { type Matter, type NotificationRule, wants, wantsConnection, wantsEnd } from "../../src/core/notice-rules.ts";

const MATTER: Matter = { service: "wa", feature: "messaging", level: "major_outage", cause: "service", alone: true };

describe("who has chosen nothing", () => {
	test.each<[Partial<Matter>, boolean]>([
		[{ level: "major_outage" }, true],
		[{ level: "partial_outage" }, true],
		[{ level: "partial_outage", feature: "ads" }, true],
		[{ level: "partial_outage", feature: "search" }, true],
		[{ level: "degraded" }, false],
		[{ level: "degraded", alone: false }, true],
	])("is told of %o: %s", (more, told) => {
		expect(wants([], { ...MATTER, ...more })).toBe(told);
	});
});

describe("rules", () => {
	test.each<[string, NotificationRule, Partial<Matter>, boolean]>([
		["name services", { services: ["ig", "wa"], notify: false }, { service: "ig" }, false],
		["leave other services alone", { services: ["ig"], notify: false }, {}, true],
		["name features", { features: ["ads"], notify: false }, { feature: "ads" }, false],
		["name levels", { levels: ["partial_outage"], notify: false }, { level: "partial_outage" }, false],
		["name causes", { causes: ["upstream"], notify: false }, { cause: "upstream" }, false],
		["know what stands alone", { alone: true, notify: false }, { alone: false }, true],
		["are met only as a whole", { services: ["wa"], features: ["ads"], notify: false }, {}, true],
		["ask for more than is usual", { levels: ["degraded"], notify: true }, { level: "degraded" }, true],
		["that name nothing speak of everything", { notify: false }, {}, false],
	])("%s", (_, rule, more, told) => {
		expect(wants([rule], { ...MATTER, ...more })).toBe(told);
	});

	test("are read to the end: the last that matches decides", () => {
		const quiet: NotificationRule = { notify: false };
		const but: NotificationRule = { services: ["wa"], notify: true };
		expect([wants([quiet, but], MATTER), wants([but, quiet], MATTER)]).toEqual([true, false]);
	});

	test("speak of the connection where they name nothing but causes", () => {
		expect(wantsConnection([], "isp")).toBe(true);
		expect(wantsConnection([{ notify: false }], "isp")).toBe(false);
		expect(wantsConnection([{ causes: ["captive_portal"], notify: false }], "captive_portal")).toBe(false);
		expect(wantsConnection([{ causes: ["captive_portal"], notify: false }], "isp")).toBe(true);
		expect(wantsConnection([{ causes: ["isp"], services: ["wa"], notify: false }], "isp")).toBe(true);
	});

	test("of the connection say nothing of services, and rules of ends nothing of trouble", () => {
		const rules: NotificationRule[] = [
			{ connection: true, notify: false },
			{ end: true, notify: false },
		];
		expect(wants(rules, MATTER)).toBe(true);
		expect(wantsConnection([{ connection: true, end: true, notify: false }], "isp")).toBe(true);
		expect(wantsConnection(rules, "unknown")).toBe(false);
		expect([wantsEnd(rules), wantsEnd(rules, "wa")]).toEqual([false, false]);
		expect([wantsEnd([{ services: ["wa"], end: true, notify: false }])]).toEqual([true]);
		expect([wantsEnd([{ connection: true, end: true, notify: false }], "wa")]).toEqual([true]);
	});
});

import { describe, expect, test } from "vitest";
import type { Service } from "../../src/core/model.ts";
import type { Notice } from "../../src/core/notice.ts";
import { accountOf, type Truth } from "../../src/replay/account.ts";
import type { Scenario } from "../../src/replay/scenario.ts";
import { MINUTE, scenarioOf, T0 } from "./loopback/stage.ts";

const SERVICES = new Map(
	["chat", "sibling", "other"].map((id): [string, Service] => {
		const owner = id === "other" ? "other" : "chat";
		return [id, { id, name: id, kind: "service", owner: { id: owner, name: owner }, upstreams: [], features: [] }];
	}),
);
const told = (scenario: Scenario, notices: readonly Notice[]) => accountOf(scenario, notices, SERVICES);
const at = (minutes: number) => T0 + minutes * MINUTE;

const PICTURES: Truth = {
	services: ["chat"],
	features: ["media"],
	from: at(10),
	until: at(60),
	cause: "service",
	culprit: "chat",
	seen: ["probe"],
};

function notice(
	kind: "opened" | "worsened" | "closed",
	minutes: number,
	feature: "media" | "web",
	incident = "i1",
): Notice {
	return {
		kind,
		at: at(minutes),
		incident,
		cause: "service",
		culprit: "chat",
		openedAt: at(11),
		features: [{ service: "chat", feature, level: "major_outage", since: at(11) }],
	} as Notice;
}

describe("what happened beside what was told", () => {
	test("is told by the first notice that names one of its features, and over by that incident's end after its own", () => {
		const notices = [
			notice("opened", 5, "media"),
			notice("opened", 11, "web", "i2"),
			notice("worsened", 12, "media"),
			notice("closed", 40, "media"),
			notice("closed", 61, "web", "i2"),
			notice("closed", 63, "media"),
		];
		const [account] = told(scenarioOf([], { truth: [PICTURES] }), notices);
		expect(account).toEqual({ truth: PICTURES, toldAt: at(12), overAt: at(63) });
	});

	test("is over by the first notice of its incident that names it no more, while others go on", () => {
		const notices = [notice("opened", 11, "media"), notice("worsened", 50, "web"), notice("worsened", 70, "web")];
		expect(told(scenarioOf([], { truth: [PICTURES] }), notices)[0]).toMatchObject({ toldAt: at(11), overAt: at(70) });
	});

	test("was told by nobody where no notice names it", () => {
		const [account] = told(scenarioOf([], { truth: [PICTURES] }), [notice("opened", 12, "web")]);
		expect(account).toEqual({ truth: PICTURES });
		const [whole] = told(scenarioOf([], { truth: [{ ...PICTURES, features: ["*"] }] }), [notice("opened", 12, "web")]);
		expect(whole?.toldAt).toBe(at(12));
	});

	test("lost connections are nobody's incident", () => {
		const truth: Truth = { ...PICTURES, services: [], features: [], cause: "captive_portal" };
		const lost: Notice = { kind: "connection_lost", at: at(11), cause: "captive_portal", since: at(10) };
		const back: Notice = { kind: "connection_back", at: at(62), cause: "captive_portal", since: at(10) };
		expect(told(scenarioOf([], { truth: [truth] }), [notice("opened", 10, "media"), lost, back])).toEqual([
			{ truth, toldAt: at(11), overAt: at(62) },
		]);
	});

	test("was admitted when a page of the services or of the culprit first spoke of trouble", () => {
		const page = (service: string, from: number, level: "degraded" | "operational" = "degraded") => ({
			official: { service: [service] },
			from: at(from),
			until: at(90),
			answer: { level },
		});
		const scenario = (...world: ReturnType<typeof page>[]) => scenarioOf(world, { truth: [PICTURES] });
		expect(told(scenario(page("other", 12), page("chat", 40), page("chat", 30)), [])[0]?.admittedAt).toBe(at(30));
		expect(told(scenario(page("sibling", 40)), [])[0]?.admittedAt).toBe(at(40));
		expect(told(scenario(page("chat", 5)), [])[0]?.admittedAt).toBe(at(10));
		expect(told(scenario(page("chat", 30, "operational")), [])[0]).toEqual({ truth: PICTURES });
	});
});

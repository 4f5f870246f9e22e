import { describe, expect, test } from "vitest";
import { project } from "../../src/core/snapshot.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { officialPage, type Story, sourceEvidence, tell } from "../helpers/story.ts";
import { watched } from "../helpers/watched.ts";

const WATCH = [
	watched("wa", { owner: "meta", features: { messaging: ["a", "b"], login: [] }, official: { Login: "login" } }),
	watched("canva", { features: { web: ["c", "d"] } }),
];
const WA = ["wa/messaging/a", "wa/messaging/b"];
const [paged] = WATCH;
const NAMES = { meta: "Meta", wa: "WhatsApp" };

function online(): Story {
	const story = tell(WATCH, { names: NAMES });
	story.controls(SECOND);
	return story;
}
function fail(story: Story, at: number) {
	for (const later of [0, 15, 30]) {
		story.probes(at + later * SECOND, "timeout", ...WA);
		story.controls(at + later * SECOND + 2 * SECOND);
	}
}
const features = (story: Story) => project(story.state).services.flatMap((service) => service.features);

describe("a snapshot", () => {
	test("at the start knows nothing and claims nothing", () => {
		const { level, connection, services, incidents, round, at, names } = project(tell(WATCH, { names: NAMES }).state);
		expect(level).toBe("unknown");
		expect(connection).toEqual({ state: "unknown", since: T0, passed: 0, failed: [] });
		expect(services.map(({ id, level: own }) => [id, own])).toEqual([
			["wa", "unknown"],
			["canva", "unknown"],
		]);
		expect({ incidents, round, at, names }).toEqual({
			incidents: [],
			round: { done: 0, total: 6 },
			at: T0,
			names: NAMES,
		});
	});

	test("shows of each feature the level, since when, why and how sure", () => {
		const story = online();
		story.probes(2 * SECOND, "ok", ...WA);
		const [messaging, login] = features(story);
		expect(messaging).toMatchObject({
			feature: "messaging",
			level: "operational",
			since: T0 + 2 * SECOND,
			suspected: false,
		});
		expect(messaging?.confidence).toBeGreaterThan(0.99);
		expect(messaging?.reasons.map(({ kind }) => kind)).toEqual(["host_passes", "host_passes"]);
		expect(login).toMatchObject({ level: "unknown", since: T0, blind: "cannot be seen", confidence: 0 });
		expect(login?.reasons).toEqual([{ kind: "blind", why: "cannot be seen" }]);
	});

	test("a suspicion is marked, and not shown as trouble", () => {
		const story = online();
		story.probes(2 * SECOND, "ok", ...WA);
		story.probes(MINUTE, "timeout", WA[0] as string);
		expect(features(story)[0]).toMatchObject({ level: "operational", suspected: true, cause: "unknown" });
		expect(project(story.state).level).toBe("operational");
	});

	test("an outage names its culprit; its service and the whole are as bad as their worst", () => {
		const story = online();
		story.probes(2 * SECOND, "ok", "canva/web/c", "canva/web/d");
		fail(story, MINUTE);
		const { level, services, incidents } = project(story.state);
		expect([level, services[0]?.level, services[1]?.level]).toEqual(["major_outage", "major_outage", "operational"]);
		expect(services[0]?.features[0]).toMatchObject({ cause: "service", culprit: "meta" });
		expect(incidents).toMatchObject([{ id: "i1", culprit: "meta" }]);
	});

	test("while what is shown lags behind what is seen it is no more than half sure", () => {
		const story = online();
		fail(story, MINUTE);
		story.probes(2 * MINUTE, "ok", ...WA);
		expect(features(story)[0]).toMatchObject({ level: "major_outage" });
		expect(features(story)[0]?.confidence).toBeLessThanOrEqual(0.5);
	});

	test("without a connection nothing is known, and the reason is the connection", () => {
		const story = online();
		fail(story, MINUTE);
		story.controls(5 * MINUTE, "unreachable");
		const snapshot = project(story.state);
		expect(snapshot.level).toBe("unknown");
		expect(snapshot.connection).toMatchObject({ state: "trouble", cause: "device", since: T0 + 5 * MINUTE, passed: 0 });
		expect(snapshot.services[0]?.features[0]).toEqual({
			feature: "messaging",
			level: "unknown",
			since: T0 + MINUTE + 32 * SECOND,
			cause: "device",
			confidence: 0,
			suspected: false,
			reasons: [{ kind: "no_connection", cause: "device" }],
		});
		expect(snapshot.incidents).toMatchObject([{ id: "i1" }]);
	});

	test("tells the health of a source apart from what it says", () => {
		const story = online();
		const source = () => project(story.state).services[0]?.sources[0];
		const url = "https://status.wa.test/api/v2/summary.json";
		expect(source()).toEqual({ url, level: "unknown" });
		story.page(2 * SECOND, "wa/official", { Login: "operational" }, "operational");
		const read = { url, level: "operational", page: "Status", readAt: T0 + 2 * SECOND };
		expect(source()).toEqual({ ...read, format: "statuspage" });
		story.page(MINUTE, "wa/official");
		expect(source()).toEqual({ ...read, failure: { kind: "timeout", detail: "no answer", phase: "connect" } });
		const incident = {
			id: "1",
			title: "Login fails",
			level: "degraded",
			state: "open",
			open: true,
			components: [],
		} as const;
		const page = { ...officialPage({ Login: "operational" }, "degraded"), incidents: [incident] };
		story.evidence(2 * MINUTE, sourceEvidence("wa/official", T0 + 2 * MINUTE, page));
		expect(source()).toMatchObject({ level: "degraded", title: "Login fails" });
	});

	test("lists open incidents first, the newest first among each, without those that another took in", () => {
		const closed = (id: string, openedAt: number) => ({
			...({ id, cause: "service", culprit: id, openedAt: T0 + openedAt, closedAt: T0 + openedAt + 1 } as const),
			features: [{ service: "wa", feature: "login", level: "degraded", since: T0, until: T0 + openedAt + 1 } as const],
		});
		const book = {
			nextNumber: 6,
			incidents: [
				closed("i1", -4 * HOUR),
				{
					...({ id: "i2", cause: "service", culprit: "meta", openedAt: T0 - 3 * HOUR } as const),
					features: [{ service: "wa", feature: "messaging", level: "degraded", since: T0 } as const],
				},
				closed("i3", -2 * HOUR),
				{ ...closed("i4", -HOUR), mergedInto: "i2" },
				{
					...({ id: "i5", cause: "service", culprit: "canva", openedAt: T0 - MINUTE } as const),
					features: [{ service: "canva", feature: "web", level: "degraded", since: T0 } as const],
				},
			],
		};
		const { incidents } = project(tell(WATCH, { book }).state);
		expect(incidents.map(({ id }) => id)).toEqual(["i5", "i2", "i3", "i1"]);
	});

	test("shows the status page of a service that has one", () => {
		const service = { ...(paged as (typeof WATCH)[number]).service, page: "https://status.wa.test/" };
		const [view] = project(tell([{ service, checks: [] }]).state).services;
		expect(view?.page).toBe("https://status.wa.test/");
	});

	test("is plain data", () => {
		const story = online();
		fail(story, MINUTE);
		story.page(2 * MINUTE, "wa/official", { Login: "degraded" });
		const snapshot = project(story.state);
		expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
	});
});

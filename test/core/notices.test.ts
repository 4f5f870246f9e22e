import { describe, expect, test } from "vitest";
import type { Incident } from "../../src/core/incidents.ts";
import { CONNECTION_GRACE_MS, connectionNotice, incidentNotices } from "../../src/core/notices.ts";
import type { Connection } from "../../src/core/state.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";

const INCIDENT: Incident = {
	id: "i7",
	cause: "service",
	culprit: "meta",
	openedAt: T0,
	features: [
		{ service: "wa", feature: "media", level: "degraded", since: T0, until: T0 + 1 },
		{ service: "ig", feature: "feed", level: "major_outage", since: T0 },
	],
};

describe("the notice of an incident", () => {
	test.each(["opened", "worsened", "eased"] as const)("that %s names what is in trouble now", (kind) => {
		expect(incidentNotices([{ kind, incident: INCIDENT, at: T0 + MINUTE }])).toEqual([
			{
				kind,
				at: T0 + MINUTE,
				incident: "i7",
				cause: "service",
				culprit: "meta",
				openedAt: T0,
				features: [INCIDENT.features[1]],
			},
		]);
	});

	test("that closed names all that it held", () => {
		const [notice] = incidentNotices([{ kind: "closed", incident: INCIDENT, at: T0 }]);
		expect(notice?.features).toEqual(INCIDENT.features);
	});

	test("comes once for each change", () => {
		expect(incidentNotices([])).toEqual([]);
	});
});

describe("the notice of the connection", () => {
	const connection = (more: Partial<Connection>): Connection => ({
		state: "trouble",
		passed: 0,
		failed: [],
		since: T0,
		...more,
	});
	const told = { cause: "dns", since: T0 - MINUTE } as const;

	test("comes after three quarters of a minute of trouble, not before", () => {
		const lost = connection({ cause: "captive_portal" });
		expect(connectionNotice(lost, T0 + CONNECTION_GRACE_MS - 1)).toBeUndefined();
		expect(connectionNotice(lost, T0 + CONNECTION_GRACE_MS)).toEqual({
			kind: "connection_lost",
			at: T0 + CONNECTION_GRACE_MS,
			cause: "captive_portal",
			since: T0,
		});
	});

	test("comes once: while people know, nothing more is said", () => {
		expect(connectionNotice(connection({ announced: told }), T0 + 60 * MINUTE)).toBeUndefined();
	});

	test("says that it is back to those who were told, since when it had been lost", () => {
		expect(connectionNotice(connection({ state: "online", announced: told }), T0)).toEqual({
			kind: "connection_back",
			at: T0,
			...told,
		});
		expect(connectionNotice(connection({ state: "online" }), T0 + MINUTE)).toBeUndefined();
	});

	test("says nothing while it is not known how the connection is", () => {
		expect(connectionNotice(connection({ state: "unknown" }), T0 + 60 * MINUTE)).toBeUndefined();
		expect(connectionNotice(connection({ state: "unknown", announced: told }), T0 + 60 * MINUTE)).toBeUndefined();
	});

	test("does without a cause where none is known", () => {
		expect(connectionNotice(connection({}), T0 + MINUTE)?.cause).toBe("unknown");
	});
});

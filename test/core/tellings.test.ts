import { expect, test } from "vitest";
import type { Incident, IncidentFeature } from "../../src/core/incidents.ts";
import { afterUnseen, forgetting, type Telling, toldNow, toldOver, withoutService } from "../../src/core/tellings.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";

const held = (service: string, level: IncidentFeature["level"] = "major_outage"): IncidentFeature => ({
	service,
	feature: "feed",
	level,
	since: T0,
});
const incident = (culprit: string, ...features: IncidentFeature[]): Incident => ({
	id: "i1",
	cause: "service",
	culprit,
	openedAt: T0,
	features,
});
const FIRST = toldNow(undefined, incident("meta", held("wa")), T0);

test("culprits are remembered once each, the latest last", () => {
	const then = toldNow(FIRST, incident("cdn", held("wa")), T0 + MINUTE);
	expect(then.culprits).toEqual(["meta", "cdn"]);
	expect(toldNow(then, incident("meta", held("wa")), T0 + 2 * MINUTE).culprits).toEqual(["cdn", "meta"]);
});

test("what is told to be over was as bad as it had got, and nobody believes in it any more", () => {
	const over = toldOver(FIRST, incident("meta", held("ig", "degraded")), T0 + MINUTE);
	expect(over.features).toEqual({ "wa/feed": "major_outage", "ig/feed": "degraded" });
	expect(over).toMatchObject({ believed: [], closedAt: T0 + MINUTE });
	expect(toldNow(over, incident("meta", held("ig")), T0 + 2 * MINUTE)).toMatchObject({
		believed: ["ig"],
		cameBack: true,
	});
});

test("a service that is taken out is no longer believed in, the others are, and who was never in it changes nothing", () => {
	const both = toldNow(FIRST, incident("meta", held("wa"), held("ig")), T0);
	expect(withoutService(both, "wa")).toMatchObject({ believed: ["ig"], features: { "ig/feed": "major_outage" } });
	expect(withoutService(both, "x")).toBe(both);
});

test("what is over already is not forgotten a second time", () => {
	const over = toldOver(FIRST, incident("meta", held("wa")), T0 + MINUTE);
	expect(forgetting(over, () => true, T0 + 2 * MINUTE)).toBe(over);
	expect(forgetting(FIRST, () => true, T0 + 2 * MINUTE)).toMatchObject({ closedAt: T0 + 2 * MINUTE });
});

test("news that a clock set back has put into the future is news since now", () => {
	const late: Telling = { ...FIRST, newsSince: T0 + MINUTE };
	expect(afterUnseen(new Map([["i1", late]]), 0, T0).get("i1")?.newsSince).toBe(T0);
});

import { describe, expect, test } from "vitest";
import { hearing } from "../../src/core/hearing.ts";
import type { Incident, IncidentFeature } from "../../src/core/incidents.ts";
import type { Mute } from "../../src/core/mutes.ts";
import { type Telling, toldNow } from "../../src/core/tellings.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";

const held = (service: string, feature: "feed" | "media", more: Partial<IncidentFeature> = {}): IncidentFeature => ({
	service,
	feature,
	level: "major_outage",
	since: T0,
	...more,
});
const incident = (features: readonly IncidentFeature[], more: Partial<Incident> = {}): Incident => ({
	id: "i1",
	cause: "service",
	culprit: "meta",
	openedAt: T0,
	features,
	...more,
});
const told = (...features: IncidentFeature[]): Telling => toldNow(undefined, incident(features), T0);
const UNMUTED = { rules: [], mutes: [] };
const muting = (...services: string[]) => ({
	rules: [],
	mutes: services.map((service): Mute => ({ service, until: { kind: "resolved" } })),
});
const OVER = { until: T0 + MINUTE };

describe("what people hear of an incident", () => {
	test("is the very same incident where nothing is left out", () => {
		const whole = incident([held("wa", "feed"), held("ig", "feed")]);
		expect(hearing(whole, undefined, UNMUTED)).toEqual({ incident: whole });
		expect(hearing(whole, undefined, UNMUTED).incident).toBe(whole);
	});

	test("is nothing where one feature alone is unreliable, though another was in trouble before", () => {
		const weak = held("wa", "feed", { level: "degraded" });
		expect(hearing(incident([weak]), undefined, UNMUTED)).toEqual({});
		expect(hearing(incident([held("wa", "media", { ...OVER, level: "degraded" }), weak]), undefined, UNMUTED)).toEqual(
			{},
		);
	});

	test("is that one feature where it has company, or had it before all was over, or many people report it", () => {
		const weak = held("wa", "feed", { level: "degraded" });
		const heard = (...given: Parameters<typeof incident>) => hearing(incident(...given), undefined, UNMUTED).incident;
		expect(heard([weak, held("ig", "feed", { level: "degraded" })])).toBeDefined();
		expect(heard([weak], { reported: true })).toBeDefined();
		const ended = [weak, held("ig", "feed", { level: "degraded" })].map((each) => ({ ...each, ...OVER }));
		expect(heard(ended, { closedAt: T0 + MINUTE })).toBeDefined();
	});

	test("began with the first and ended with the last of what is not left out", () => {
		const early = held("ig", "feed", { since: T0 + MINUTE, until: T0 + 3 * MINUTE });
		const late = held("ig", "media", { since: T0 + 2 * MINUTE, until: T0 + 5 * MINUTE });
		const others = held("wa", "feed");
		const wanted = { rules: [{ services: ["wa"], notify: false }], mutes: [] };
		const heard = hearing(incident([others, late, early]), undefined, wanted).incident;
		expect(heard).toMatchObject({ openedAt: T0 + MINUTE, closedAt: T0 + 5 * MINUTE, features: [late, early] });
	});
});

describe("what is muted", () => {
	test("stays as people know it while it goes on", () => {
		const known = told(held("wa", "feed", { level: "degraded" }));
		const { incident: heard, silent } = hearing(incident([held("wa", "feed")]), known, muting("wa"));
		expect(heard?.features).toEqual([held("wa", "feed", { level: "degraded" })]);
		expect(silent).toBe(true);
	});

	test("makes no silence where anything else goes on", () => {
		const both = [held("wa", "feed"), held("ig", "feed")];
		expect(hearing(incident(both), told(...both), muting("wa"))).not.toHaveProperty("silent");
		expect(hearing(incident(both), told(...both), muting("wa", "ig"))).toHaveProperty("silent", true);
	});

	test("is left out as far as it is over", () => {
		const both = [held("wa", "feed"), held("wa", "media")] as const;
		const now = incident([{ ...both[0], ...OVER }, both[1], held("ig", "feed")]);
		expect(hearing(now, told(...both), muting("wa")).incident?.features).toEqual([both[1], held("ig", "feed")]);
	});

	test("is forgotten with its last end where nothing else was told", () => {
		const both = [held("wa", "feed"), held("wa", "media")] as const;
		const now = incident([
			{ ...both[0], ...OVER },
			{ ...both[1], until: T0 + 2 * MINUTE },
		]);
		expect(hearing(now, told(...both), muting("wa"))).toMatchObject({ telling: { closedAt: T0 + 2 * MINUTE } });
		expect(hearing(now, told(...both), muting("wa")).incident).toBeUndefined();
	});
});

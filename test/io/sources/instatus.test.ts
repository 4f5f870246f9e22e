import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerOf } from "../../../src/io/sources/describe.ts";
import { instatus } from "../../../src/io/sources/formats/instatus.ts";
import { Unreadable } from "../../../src/io/sources/source.ts";
import { fixture, NOW } from "./fixture.ts";

const read = (text: string) => instatus.parse(answerOf(text), NOW);

describe("Instatus", () => {
	it("is operational when it says so and lists nothing", () => {
		expect(read(fixture("instatus/tideline-up.json"))).toEqual({
			format: "instatus",
			page: { name: "Tideline", url: "https://status.tideline.example" },
			level: "operational",
			components: [],
			incidents: [],
			maintenances: [],
			unknownWords: [],
		});
	});

	it("reads incidents, with both ways to write a date, and takes an active one for at least a degradation", () => {
		const page = read(fixture("instatus/tideline-one-major.json"));
		expect(page.level).toBe("partial_outage");
		expect(page.incidents.map(({ title, level, open, startedAt }) => [title, level, open, startedAt])).toEqual([
			["Uploads fail", "major_outage", true, Date.parse("2026-05-12T07:40:00Z")],
			["Slow search", "degraded", true, Date.parse("2026-05-12T06:00:00Z")],
		]);
	});

	it("reads a maintenance that is going on", () => {
		expect(read(fixture("instatus/tideline-maintenance.json"))).toMatchObject({
			level: "maintenance",
			maintenances: [{ title: "Moving the archive", active: true, from: Date.parse("2026-05-12T08:00:00Z") }],
		});
	});

	it("takes words it does not know as unknown, and notes them", () => {
		const body = {
			page: { name: "T", status: "ALLFINE" },
			activeIncidents: [{ name: "I", status: "PONDERING", impact: "HUGE" }],
			activeMaintenances: [{ name: "M", status: "SOON" }],
		};
		expect(read(JSON.stringify(body))).toMatchObject({
			level: "unknown",
			incidents: [{ level: "unknown", open: true }],
			maintenances: [{ active: false }],
			unknownWords: ["ALLFINE", "HUGE", "PONDERING", "SOON"],
		});
	});

	it("throws only Unreadable, for a Statuspage summary too", () => {
		expect(() => read(fixture("statuspage/parley-operational.json"))).toThrow(Unreadable);
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
				expect(() => read(text)).toThrow(Unreadable);
			}),
		);
	});
});

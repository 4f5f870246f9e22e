import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { officialLevels } from "../../../src/core/official-levels.ts";
import { answerOf } from "../../../src/io/sources/describe.ts";
import { incidentio } from "../../../src/io/sources/formats/incidentio.ts";
import { statuspage } from "../../../src/io/sources/formats/statuspage.ts";
import { ENTRIES_LIMIT, Unreadable } from "../../../src/io/sources/source.ts";
import { fixture, NOW } from "./fixture.ts";

const read = (text: string) => statuspage.parse(answerOf(text), NOW);

/** The healthy page with some of its top-level keys replaced. */
function changed(keys: Record<string, unknown>): string {
	return JSON.stringify({ ...JSON.parse(fixture("statuspage/parley-operational.json")), ...keys });
}

function withComponents(...components: Record<string, unknown>[]) {
	return read(changed({ components })).components;
}

describe("a healthy Statuspage", () => {
	const page = read(fixture("statuspage/parley-operational.json"));

	it("is operational throughout, with groups lent to their members and no line of text taken for a component", () => {
		expect(page).toMatchObject({
			format: "statuspage",
			page: { name: "Parley", url: "https://status.parley.example" },
			level: "operational",
			incidents: [],
			unknownWords: [],
		});
		expect(page.components).toEqual([
			{ id: "c0send000001", name: "Sending and receiving", group: "Messaging", level: "operational" },
			{ id: "c0media00001", name: "Photos and videos", group: "Messaging", level: "operational" },
			{ id: "c0call000001", name: "Calls", level: "operational" },
			{ id: "c0cdn0000001", name: "EdgeCo CDN", level: "operational" },
		]);
	});

	it("lists what is planned, with times in UTC, as not active", () => {
		expect(page.maintenances).toEqual([
			{
				id: "m0planned001",
				title: "Database upgrade",
				state: "scheduled",
				active: false,
				from: Date.parse("2026-05-20T00:00:00Z"),
				until: Date.parse("2026-05-20T02:00:00Z"),
				components: ["c0call000001"],
			},
		]);
	});
});

describe("a Statuspage whose indicator is milder than its incident", () => {
	const page = read(fixture("statuspage/parley-photos-major.json"));

	it("keeps the three words apart", () => {
		expect(page.level).toBe("degraded");
		expect(page.incidents).toEqual([
			{
				id: "i0photos0001",
				title: "Photos & videos do not load",
				level: "partial_outage",
				state: "identified",
				open: true,
				startedAt: Date.parse("2026-05-12T07:51:00Z"),
				updatedAt: Date.parse("2026-05-12T08:19:30.250Z"),
				components: ["c0media00001", "c0send000001"],
			},
		]);
		expect(page.components.map(({ level }) => level)).toEqual([
			"operational",
			"partial_outage",
			"operational",
			"operational",
		]);
	});

	it("is judged by its components: photos are broken, messages are not", () => {
		const { features } = officialLevels(
			page,
			{
				format: "statuspage",
				url: "",
				components: { "Messaging / Photos and videos": "media", "Sending and receiving": "messaging" },
				speaksForWhole: true,
			},
			NOW,
		);
		expect(features.get("media")).toEqual({
			level: "partial_outage",
			title: "Photos & videos do not load",
			incidentId: "i0photos0001",
		});
		expect(features.get("messaging")).toEqual({ level: "operational" });
	});
});

describe("a Statuspage under maintenance", () => {
	const page = read(fixture("statuspage/parley-maintenance.json"));

	it("tells the one going on from the one to come", () => {
		expect(page.level).toBe("maintenance");
		expect(page.maintenances.map(({ title, active }) => [title, active])).toEqual([
			["Database upgrade", true],
			["Network work", false],
		]);
		expect(page.components.find(({ name }) => name === "Calls")?.level).toBe("maintenance");
	});

	it.each([
		["verifying", true],
		["completed", false],
		["on_hold", false],
	])("takes a maintenance that is %s as active: %s", (status, active) => {
		const [first] = JSON.parse(fixture("statuspage/parley-maintenance.json")).scheduled_maintenances;
		const page = read(changed({ scheduled_maintenances: [{ ...first, status, impact: "major" }] }));
		expect(page.maintenances[0]?.active).toBe(active);
		expect(page.unknownWords).toEqual(status === "on_hold" ? ["on_hold"] : []);
	});
});

describe("the vendor's words", () => {
	it.each([
		["operational", "operational"],
		["under_maintenance", "maintenance"],
		["degraded_performance", "degraded"],
		["partial_outage", "partial_outage"],
		["major_outage", "major_outage"],
	])("component %s is %s", (status, level) => {
		expect(withComponents({ id: "a", name: "A", status })[0]?.level).toBe(level);
	});

	it.each([
		["none", "operational"],
		["maintenance", "maintenance"],
		["minor", "degraded"],
		["major", "partial_outage"],
		["critical", "major_outage"],
	])("indicator and impact %s are %s", (word, level) => {
		const incidents = [{ id: "i", name: "I", status: "investigating", impact: word }];
		const page = read(changed({ status: { indicator: word }, incidents }));
		expect([page.level, page.incidents[0]?.level]).toEqual([level, level]);
	});

	it.each([
		["investigating", true],
		["identified", true],
		["monitoring", true],
		["resolved", false],
		["postmortem", false],
	])("an incident that is %s is open: %s", (status, open) => {
		const incidents = [{ id: "i", name: "I", status, impact: "minor" }];
		expect(read(changed({ incidents })).incidents[0]?.open).toBe(open);
	});

	it.each(["fine", "OPERATIONAL", "constructor", "__proto__", ""])(
		"an unknown word %j is unknown, and noted",
		(word) => {
			const page = read(
				changed({
					status: { indicator: word },
					components: [{ id: "a", name: "A", status: word }],
					incidents: [{ id: "i", name: "I", status: word, impact: "minor" }],
				}),
			);
			expect([page.level, page.components[0]?.level, page.incidents[0]?.open]).toEqual(["unknown", "unknown", true]);
			expect(page.unknownWords).toEqual([word || "(empty)"]);
		},
	);

	it("an incident without an impact is of unknown weight", () => {
		const incidents = [{ id: "i", name: "I", status: "investigating", impact: null }];
		expect(read(changed({ incidents }))).toMatchObject({ incidents: [{ level: "unknown" }], unknownWords: [] });
	});
});

describe("incident.io in Statuspage's shape", () => {
	it("is told by its ids, and healthy without an incidents key", () => {
		expect(read(fixture("incidentio/glimpse-operational.json"))).toMatchObject({
			format: "incidentio",
			level: "operational",
			incidents: [],
			maintenances: [],
		});
		expect(incidentio.parse(answerOf(fixture("statuspage/parley-operational.json")), NOW).format).toBe("statuspage");
	});

	it("says that the whole is in trouble where all components are green and the incident names none", () => {
		const page = incidentio.parse(answerOf(fixture("incidentio/glimpse-login-open.json")), NOW);
		const spec = { format: "incidentio", url: "", components: { Login: "login" }, speaksForWhole: true } as const;
		const said = officialLevels(page, spec, NOW);
		expect(said.features.get("login")?.level).toBe("operational");
		expect(said.whole).toEqual({
			level: "partial_outage",
			title: "🔎 Some people cannot log in",
			incidentId: "01JV1N8K3Y6D0Z4QW2C7XTRM5B",
		});
	});
});

describe("what is not a Statuspage summary", () => {
	it.each([
		["Instatus at the same address", fixture("instatus/tideline-up.json"), "found JSON with page"],
		["an error in JSON", '{"message":"Forbidden"}', "found JSON with message"],
		["an empty object", "{}", "found an empty JSON object"],
		["a list", "[]", "found a JSON list of 0"],
		["a number", "7", "found text that begins “7”"],
		["nothing", "", "found an empty body"],
		["a page for people", "<!DOCTYPE html><title>Parley\n Status</title>", "found an HTML page titled “Parley Status”"],
		["an answer cut short", fixture("statuspage/parley-operational.json").slice(0, -40), "found JSON that breaks off"],
		["no status", changed({ status: undefined }), "(status: "],
		["no components", changed({ components: undefined }), "(components: "],
		["components that are no list", changed({ components: {} }), "(components: "],
		["a component without a status", changed({ components: [{ id: "a", name: "A" }] }), "(components.0.status: "],
		[
			"a component with a number for a name",
			changed({ components: [{ id: "a", name: 1, status: "x" }] }),
			"(components.0.name",
		],
		["incidents that are no list", changed({ incidents: "none" }), "(incidents: "],
		["a page without an id", changed({ page: { name: "P" } }), "(page.id: "],
		["very deep nesting", "[".repeat(500_000), "found JSON that breaks off"],
		["a very deep but valid list", "[".repeat(5000) + "]".repeat(5000), "found "],
	])("%s is unreadable", (_what, text, saying) => {
		expect(() => read(text)).toThrow(Unreadable);
		expect(() => read(text)).toThrow("expected a Statuspage summary, ");
		expect(() => read(text)).toThrow(saying);
	});

	it("never throws anything else, whatever the JSON", () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
				expect(() => read(text)).toThrow(Unreadable);
			}),
		);
	});

	it("never throws anything else for a summary with one value replaced by any other", () => {
		const whole = JSON.parse(fixture("statuspage/parley-photos-major.json"));
		const places = [
			...Object.keys(whole).map((key) => [key]),
			...["id", "name", "url"].map((key) => ["page", key]),
			...Object.keys(whole.components[1]).map((key) => ["components", 1, key]),
			...Object.keys(whole.incidents[0]).map((key) => ["incidents", 0, key]),
		];
		fc.assert(
			fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
				const copy = structuredClone(whole);
				const last = place.at(-1) as string;
				place.slice(0, -1).reduce((inner, key) => inner[key], copy)[last] = value;
				try {
					expect(read(JSON.stringify(copy)).format).toBe("statuspage");
				} catch (error) {
					expect(error).toBeInstanceOf(Unreadable);
				}
			}),
		);
	});
});

describe("bounds", () => {
	it("reads no more components than the limit", () => {
		const components = Array.from({ length: 10_000 }, (_, n) => ({ id: `c${n}`, name: "C", status: "operational" }));
		expect(read(changed({ components })).components).toHaveLength(ENTRIES_LIMIT);
	});

	it("makes any text one short plain line", () => {
		const [only] = withComponents({
			id: "a",
			name: `A\u202e\n<img src=x>${"x".repeat(100_000)}`,
			status: "operational",
		});
		expect(only?.name).toMatch(/^A x{100,197}…$/);
		const page = read(changed({ page: { id: "p", name: "P", url: "javascript:alert(1)" } }));
		expect(page.page).toEqual({ name: "P" });
	});

	it("keeps a handful of unknown words, each short", () => {
		const components = Array.from({ length: 100 }, (_, n) => ({ id: "c", name: "C", status: `${n}${"w".repeat(99)}` }));
		const { unknownWords } = read(changed({ components }));
		expect(unknownWords).toHaveLength(20);
		expect(Math.max(...unknownWords.map((word) => word.length))).toBe(40);
	});
});

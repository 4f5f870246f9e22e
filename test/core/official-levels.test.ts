import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceSpec } from "../../src/core/check.ts";
import { LEVELS, type Level } from "../../src/core/level.ts";
import type { FeatureName } from "../../src/core/model.ts";
import type {
	OfficialComponent,
	OfficialIncident,
	OfficialMaintenance,
	OfficialPage,
} from "../../src/core/official.ts";
import { FORGOTTEN_AFTER_MS, isForgotten, officialLevels } from "../../src/core/official-levels.ts";

const NOW = Date.parse("2026-05-12T08:30:00Z");
const HOUR = 3_600_000;

function component(id: string, level: Level, name = id, group?: string): OfficialComponent {
	return { id, name, level, ...(group && { group }) };
}

function incident(more: Partial<OfficialIncident> = {}): OfficialIncident {
	return {
		id: "i1",
		title: "Trouble",
		level: "partial_outage",
		state: "investigating",
		open: true,
		updatedAt: NOW - HOUR,
		components: [],
		...more,
	};
}

function maintenance(more: Partial<OfficialMaintenance> = {}): OfficialMaintenance {
	return { id: "m1", title: "Upgrade", state: "in_progress", active: true, components: [], ...more };
}

function page(more: Partial<OfficialPage> = {}): OfficialPage {
	return {
		format: "statuspage",
		page: { name: "Parley" },
		level: "operational",
		components: [],
		incidents: [],
		maintenances: [],
		unknownWords: [],
		...more,
	};
}

function spec(components: Record<string, FeatureName> = {}, speaksForWhole = true): SourceSpec {
	return { format: "statuspage", url: "https://status.parley.example/", components, speaksForWhole };
}

describe("a mapped feature", () => {
	const feature = (said: Partial<OfficialPage>, key = "send") =>
		officialLevels(page(said), spec({ [key]: "messaging" }), NOW).features.get("messaging");

	it.each(LEVELS)("takes its component's word %s", (level) => {
		expect(feature({ components: [component("send", level)] })).toEqual({ level });
	});

	it("is unknown when the page has no such component", () => {
		expect(feature({ components: [component("other", "operational")] })).toEqual({ level: "unknown" });
	});

	it("is found by id first, then by group and name, then by name", () => {
		const components = [
			component("a", "degraded", "API"),
			component("API", "operational", "Something"),
			component("c", "major_outage", "Login", "Ads"),
			component("d", "partial_outage", "Login", "Chat"),
		];
		expect(feature({ components }, "API")?.level).toBe("operational");
		expect(feature({ components }, "Chat / Login")?.level).toBe("partial_outage");
		expect(feature({ components }, "Login")?.level).toBe("major_outage");
	});

	it("takes the worst of two components, and unknown rather than operational", () => {
		const both = spec({ a: "messaging", b: "messaging" });
		const level = (a: Level, b: Level) =>
			officialLevels(page({ components: [component("a", a), component("b", b)] }), both, NOW).features.get("messaging")
				?.level;
		expect(level("operational", "degraded")).toBe("degraded");
		expect(level("unknown", "degraded")).toBe("degraded");
		expect(level("operational", "unknown")).toBe("unknown");
	});

	it("is unknown when one of its two components is gone, unless the other is in trouble", () => {
		const both = spec({ a: "messaging", gone: "messaging" });
		const level = (a: Level) =>
			officialLevels(page({ components: [component("a", a)] }), both, NOW).features.get("messaging")?.level;
		expect(level("operational")).toBe("unknown");
		expect(level("major_outage")).toBe("major_outage");
	});

	it("is raised by an incident that names its component while every component it names is still green", () => {
		expect(
			feature({ components: [component("send", "operational")], incidents: [incident({ components: ["send"] })] }),
		).toEqual({ level: "partial_outage", title: "Trouble", incidentId: "i1" });
	});

	it("stays operational when the incident's trouble shows on another component", () => {
		expect(
			feature({
				components: [component("send", "operational"), component("photos", "partial_outage")],
				incidents: [incident({ components: ["send", "photos"] })],
			}),
		).toEqual({ level: "operational" });
	});

	it("stays operational while a fix is being watched and its component is green again", () => {
		const incidents = [incident({ components: ["send"], state: "monitoring" })];
		expect(feature({ components: [component("send", "operational")], incidents })).toEqual({ level: "operational" });
		expect(feature({ components: [component("send", "degraded")], incidents })?.level).toBe("degraded");
	});

	it("takes the level of its component and the title of the incident that goes with it", () => {
		expect(
			feature({
				components: [component("send", "degraded")],
				incidents: [
					incident({ id: "old", title: "Older", components: ["send"], updatedAt: NOW - 5 * HOUR }),
					incident({ id: "new", title: "Newer", components: ["send"] }),
					incident({ id: "mild", title: "Mild", level: "degraded", components: ["send"], updatedAt: NOW }),
				],
			}),
		).toEqual({ level: "degraded", title: "Newer", incidentId: "new" });
	});

	it("is not touched by resolved incidents, nor by those without impact", () => {
		const components = [component("send", "operational")];
		expect(feature({ components, incidents: [incident({ components: ["send"], open: false })] })?.level).toBe(
			"operational",
		);
		expect(feature({ components, incidents: [incident({ components: ["send"], level: "operational" })] })?.level).toBe(
			"operational",
		);
	});

	it("is not touched by incidents that name no component: those are about the whole", () => {
		const said = officialLevels(
			page({ components: [component("send", "operational")], incidents: [incident()] }),
			spec({ send: "messaging" }),
			NOW,
		);
		expect(said.features.get("messaging")).toEqual({ level: "operational" });
		expect(said.whole).toEqual({ level: "partial_outage", title: "Trouble", incidentId: "i1" });
	});

	it("is in maintenance only while the maintenance is active", () => {
		const components = [component("send", "operational")];
		const level = (more: Partial<OfficialMaintenance>) =>
			feature({ components, maintenances: [maintenance({ components: ["send"], ...more })] });
		expect(level({})).toEqual({ level: "maintenance", title: "Upgrade" });
		expect(level({ active: false, state: "scheduled" })).toEqual({ level: "operational" });
		expect(level({ from: NOW + HOUR })).toEqual({ level: "operational" });
		for (const from of [NOW, NOW - HOUR]) expect(level({ from })).toEqual({ level: "maintenance", title: "Upgrade" });
	});

	it("is explained by what names it alone, the latest of equals, else the one whose id comes first", () => {
		const components = [component("send", "degraded"), component("call", "degraded")];
		const named = (id: string, more: Partial<OfficialIncident>) =>
			incident({ id, title: id, level: "degraded", components: ["send"], ...more });
		const title = (...incidents: OfficialIncident[]) => feature({ components, incidents })?.title;
		expect(title(named("elsewhere", { components: ["call"] }))).toBeUndefined();
		const { updatedAt: _, ...started } = named("started", { startedAt: NOW });
		expect(title(named("a", {}), started)).toBe("started");
		expect(title(started, named("a", {}))).toBe("started");
		expect([title(named("a", {}), named("b", {})), title(named("b", {}), named("a", {}))]).toEqual(["a", "a"]);
	});
});

describe("the whole", () => {
	const whole = (said: Partial<OfficialPage>, mapping: Record<string, FeatureName> = {}) =>
		officialLevels(page(said), spec(mapping), NOW).whole;

	it("takes the page's indicator when nothing else speaks", () => {
		expect(whole({})).toEqual({ level: "operational" });
		expect(whole({ level: "unknown" })).toEqual({ level: "unknown" });
	});

	it("does not believe a minor indicator without any incident", () => {
		expect(whole({ level: "degraded" })).toEqual({ level: "operational" });
	});

	it("believes a major or critical indicator without any incident", () => {
		expect(whole({ level: "partial_outage" })).toEqual({ level: "partial_outage" });
		expect(whole({ level: "major_outage" })).toEqual({ level: "major_outage" });
	});

	it("believes a minor indicator that goes with an open incident", () => {
		const components = [component("photos", "degraded"), component("send", "operational")];
		const incidents = [incident({ components: ["photos"], level: "degraded" })];
		expect(whole({ level: "degraded", components, incidents }, { send: "messaging" })).toEqual({
			level: "degraded",
			title: "Trouble",
			incidentId: "i1",
		});
	});

	it("ignores incidents about components of other products once anything is mapped", () => {
		const components = [component("photos", "major_outage"), component("send", "operational")];
		const incidents = [incident({ components: ["photos"], level: "major_outage" })];
		expect(whole({ components, incidents }, { send: "messaging" })?.level).toBe("operational");
		expect(whole({ components, incidents })?.level).toBe("major_outage");
	});

	it("counts an incident whose components the page does not list", () => {
		expect(whole({ incidents: [incident({ components: ["a-group-row"] })] }, { send: "messaging" })?.level).toBe(
			"partial_outage",
		);
	});

	it("does not call itself operational beside an open incident of unknown weight", () => {
		expect(whole({ incidents: [incident({ level: "unknown" })] })).toEqual({ level: "unknown" });
	});

	it("forgets open incidents without an update for more than sixteen days", () => {
		expect(whole({ incidents: [incident({ updatedAt: NOW - FORGOTTEN_AFTER_MS })] })?.level).toBe("partial_outage");
		expect(whole({ incidents: [incident({ updatedAt: NOW - FORGOTTEN_AFTER_MS - 1 })] })?.level).toBe("operational");
		expect(whole({ level: "degraded", incidents: [incident({ updatedAt: 0 })] })?.level).toBe("operational");
	});

	it("names what it read, when, and whether the page speaks for the service", () => {
		const said = officialLevels(page(), spec({}, false), NOW);
		expect(said).toMatchObject({ page: "Parley", at: NOW, speaksForWhole: false });
	});
});

describe("a page without a word of its own on the whole", () => {
	const components = [component("send", "operational"), component("shop", "major_outage")];
	const whole = (said: Partial<OfficialPage>, mapping: Record<string, FeatureName> = {}) =>
		officialLevels(page({ level: "major_outage", summed: true, ...said }), spec(mapping), NOW).whole;

	it("is as bad as all it lists while nothing is mapped", () => {
		expect(whole({ components })).toEqual({ level: "major_outage" });
	});

	it("is judged by what is mapped once something is: another product's trouble is not its own", () => {
		expect(whole({ components }, { send: "messaging" })).toEqual({ level: "operational" });
		expect(whole({ components }, { shop: "web" })).toEqual({ level: "major_outage" });
		expect(whole({ components }, { gone: "web" })).toEqual({ level: "unknown" });
	});

	it("is no better than incidents that name no component", () => {
		expect(whole({ components, incidents: [incident()] }, { send: "messaging" })?.level).toBe("partial_outage");
	});

	it("is believed when it is slightly bad without any incident, for it is no indicator", () => {
		expect(whole({ level: "degraded", components: [component("send", "degraded")] })).toEqual({ level: "degraded" });
	});

	it("takes what it does not list for well only where it lists nothing but trouble", () => {
		const feature = (said: Partial<OfficialPage>) =>
			officialLevels(page({ summed: true, ...said }), spec({ calls: "calls" }), NOW).features.get("calls")?.level;
		expect(feature({})).toBe("unknown");
		expect(feature({ unlisted: "operational" })).toBe("operational");
		expect(feature({ unlisted: "unknown" })).toBe("unknown");
		expect(feature({ unlisted: "operational", components: [component("calls", "degraded")] })).toBe("degraded");
	});
});

describe("isForgotten", () => {
	it("goes by the last update, else by the start, and never forgets what has no time", () => {
		expect(isForgotten({ startedAt: 0, updatedAt: NOW }, NOW)).toBe(false);
		expect(isForgotten({ startedAt: 0 }, NOW)).toBe(true);
		expect(isForgotten({}, NOW)).toBe(false);
	});
});

describe("for any page", () => {
	const names = fc.constantFrom("a", "b", "c", "d");
	const level = fc.constantFrom(...LEVELS);
	const anyComponent = fc.record({ id: names, name: names, level });
	const anyIncident = fc.record({
		id: names,
		title: fc.constant("T"),
		level,
		state: fc.constantFrom("investigating", "monitoring", "resolved"),
		open: fc.boolean(),
		updatedAt: fc.integer({ min: NOW - 2 * FORGOTTEN_AFTER_MS, max: NOW }),
		components: fc.array(names, { maxLength: 3 }),
	});
	const anyPage = fc
		.record({
			level,
			components: fc.array(anyComponent, { maxLength: 5 }),
			incidents: fc.array(anyIncident, { maxLength: 4 }),
		})
		.map((said) => page(said));
	const anySpec = fc
		.dictionary(names, fc.constantFrom<FeatureName>("messaging", "media", "calls"))
		.map((map) => spec(map));

	it("the order of components and incidents does not matter", () => {
		fc.assert(
			fc.property(anyPage, anySpec, (said, mapping) => {
				const turned = {
					...said,
					components: [...said.components].reverse(),
					incidents: [...said.incidents].reverse(),
				};
				expect(officialLevels(turned, mapping, NOW)).toEqual(officialLevels(said, mapping, NOW));
			}),
		);
	});

	it("a component of unknown level never leaves its feature operational", () => {
		fc.assert(
			fc.property(anyPage, (said) => {
				const components = [
					...said.components.filter(({ id, name }) => id !== "x" && name !== "x"),
					component("x", "unknown"),
				];
				const words = officialLevels({ ...said, components }, spec({ x: "messaging", a: "messaging" }), NOW);
				expect(words.features.get("messaging")?.level).not.toBe("operational");
			}),
		);
	});

	it("every mapped feature gets an answer, and a title only with a level worth one", () => {
		fc.assert(
			fc.property(anyPage, anySpec, (said, mapping) => {
				const words = officialLevels(said, mapping, NOW);
				expect(new Set(words.features.keys())).toEqual(new Set(Object.values(mapping.components)));
				for (const word of [...words.features.values(), words.whole]) {
					if (word.level === "operational" || word.level === "unknown") expect(Object.keys(word)).toEqual(["level"]);
				}
			}),
		);
	});
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FEATURES } from "../../src/core/model.ts";
import { loadCatalogue } from "../../src/io/catalogue-files.ts";
import { findScenario, listScenarios } from "../../src/replay/library.ts";
import { replay } from "../../src/replay/replay.ts";
import { loadScenario, type Rule, ScenarioError } from "../../src/replay/scenario.ts";

const catalogue = loadCatalogue();
const shipped = listScenarios();
const folder = mkdtempSync(join(tmpdir(), "semaforo-scenarios-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SMALL = {
	name: "storm-2030",
	about: "Nothing much.",
	from: "2030-01-01T00:00:00Z",
	until: "2030-01-01T01:00:00Z",
	seed: 1,
	services: ["telegram"],
	world: [],
};

function keep(name: string, content: unknown = { ...SMALL, name }): void {
	writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
}

keep("storm-2030");
keep("storm-2031", { ...SMALL, name: "storm-2031", about: undefined });
keep("calm-day");
writeFileSync(join(folder, "README.md"), "not a scenario");

function sentenceOf(action: () => unknown): string {
	try {
		action();
	} catch (error) {
		if (error instanceof ScenarioError) return error.message;
		throw error;
	}
	throw new Error("expected a ScenarioError");
}

describe("the shipped scenarios", () => {
	test("are at least twelve outages and some days on which no service is at fault", () => {
		const outages = shipped.filter(({ file }) => loadScenario(file).truth.some(({ services }) => services.length > 0));
		expect(outages.length).toBeGreaterThanOrEqual(12);
		expect(shipped.length - outages.length).toBeGreaterThanOrEqual(5);
	});

	test.each(shipped)("$name is called as its file is, and says what happens in it", ({ name, about, file }) => {
		expect(loadScenario(file).name).toBe(name);
		expect(basename(file)).toBe(`${name}.json`);
		expect(about.length).toBeGreaterThan(60);
	});

	test.each(shipped)("$name names only what the catalogue knows", ({ file }) => {
		const { services, world, truth } = loadScenario(file);
		const unknown = [...services, ...world.flatMap(servicesOf)].filter((id) => !catalogue.services.has(id));
		expect(unknown).toEqual([]);
		for (const { services: blamed, features, culprit } of truth) {
			for (const id of blamed) {
				expect(services).toContain(id);
				const own = catalogue.services.get(id)?.features.map((feature) => feature.name) ?? [];
				expect(features.filter((feature) => feature !== "*" && !own.some((each) => each === feature))).toEqual([]);
			}
			const owners = [...catalogue.services.values()].flatMap(({ id, owner }) => [id, owner.id]);
			if (blamed.length > 0) expect(owners).toContain(culprit);
		}
	});

	test.each(shipped)("$name has no rule about a probe that matches none", ({ file }) => {
		const { services, world } = loadScenario(file);
		const probes = services.flatMap((id) => catalogue.checks.get(id) ?? []).filter(({ kind }) => kind === "probe");
		for (const rule of world) {
			if (!("probe" in rule)) continue;
			const { feature = [], host = [], upstream = [] } = rule.probe;
			expect(feature.filter((name) => !FEATURES.some((each) => each === name))).toEqual([]);
			expect(host.filter((name) => !probes.some((probe) => probe.host === name))).toEqual([]);
			expect(upstream.filter((id) => !probes.some((probe) => probe.kind === "probe" && probe.upstream === id))).toEqual(
				[],
			);
		}
	});

	test.each(shipped)("$name lies within its own time, rules and truth", ({ file }) => {
		const { from, until, world, truth } = loadScenario(file);
		const moments = [...world, ...truth].flatMap((span) => [
			[span.from ?? from, "until" in span ? (span.until ?? until) : until],
			...("visibleFrom" in span && span.visibleFrom !== undefined ? [[span.visibleFrom, span.until]] : []),
		]);
		for (const [begin = 0, end = 0] of moments) {
			expect(begin).toBeGreaterThanOrEqual(from);
			expect(end).toBeGreaterThanOrEqual(begin);
			expect(end).toBeLessThanOrEqual(until);
		}
		for (const { seen } of truth) expect(seen).not.toEqual([]);
	});

	test.each(["2020-12-14-google-login", "2025-07-14-one-resolver", "cdn-and-bystander", "train-with-tunnels"])(
		"%s replays to the same bytes twice",
		async (name) => {
			const scenario = loadScenario(findScenario(name).file);
			const [once, again] = [await replay(scenario, catalogue), await replay(scenario, catalogue)].map(
				({ notices, snapshot, asked }) => JSON.stringify({ notices, snapshot, asked: [...asked] }),
			);
			expect(once).toBe(again);
			expect(once).toContain(scenario.services[0]);
		},
	);
});

describe("outages that only other people see", () => {
	test.each([
		["2022-10-25-whatsapp", "whatsapp", ["messaging degraded", "calls partial_outage"]],
		["2020-12-14-google-login", "youtube", ["login partial_outage"]],
		["2020-11-11-youtube-playback", "youtube", ["media degraded"]],
	])(
		"%s is told within six minutes of their reports, and its end within a quarter of an hour of theirs",
		async (name, service, features) => {
			const scenario = loadScenario(findScenario(name).file);
			const reports = scenario.world.find((rule) => "reports" in rule);
			const { notices } = await replay(scenario, catalogue);
			const told = notices.flatMap((notice) => ("incident" in notice ? [notice] : []));
			expect(told.map(({ kind }) => kind)).toEqual(["opened", "closed"]);
			expect(told[0]?.at).toBeLessThan((reports?.from ?? 0) + 6 * 60_000);
			expect(told[0]?.features.map(({ feature, level }) => `${feature} ${level}`).sort()).toEqual([...features].sort());
			expect(told.flatMap((notice) => notice.features.filter((held) => held.service !== service))).toEqual([]);
			const { until = 0 } = reports && "until" in reports ? reports : {};
			expect((told[1]?.at ?? 0) - until).toBeLessThan(15 * 60_000);
			expect((told[1]?.at ?? 0) - until).toBeGreaterThan(0);
		},
	);

	test("are not seen by who reads no reports", async () => {
		const scenario = loadScenario(findScenario("2022-10-25-whatsapp").file);
		const { notices } = await replay({ ...scenario, world: [] }, catalogue);
		expect(notices).toEqual([]);
	});
});

describe("listing", () => {
	test("gives the scenarios of a folder in the order of their names, and nothing else that lies there", () => {
		expect(listScenarios(folder)).toEqual([
			{ name: "calm-day", about: "Nothing much.", file: join(folder, "calm-day.json") },
			{ name: "storm-2030", about: "Nothing much.", file: join(folder, "storm-2030.json") },
			{ name: "storm-2031", about: "", file: join(folder, "storm-2031.json") },
		]);
	});

	test("says which folder is missing", () => {
		const missing = join(folder, "nowhere");
		expect(sentenceOf(() => listScenarios(missing))).toBe(`${missing}: expected a folder of scenarios, found nothing`);
	});
});

describe("finding a scenario", () => {
	test("by its name, though another name begins with it", () => {
		keep("calm");
		expect(findScenario("calm", folder).name).toBe("calm");
		rmSync(join(folder, "calm.json"));
	});

	test("by a beginning that only one name has", () => {
		expect(findScenario("cal", folder).name).toBe("calm-day");
		expect(findScenario("2021-10").name).toBe("2021-10-04-facebook-names");
	});

	test("names all that begin so where there are several", () => {
		expect(sentenceOf(() => findScenario("storm", folder))).toBe(
			'expected the beginning of one name, found "storm", with which storm-2030 and storm-2031 begin',
		);
	});

	test.each([
		["strom-2031", "did you mean storm-2031?"],
		["clam", "did you mean calm-day?"],
		["2030", "did you mean storm-2030?"],
		["earthquake", "there are calm-day, storm-2030 and storm-2031"],
		["", "there are calm-day, storm-2030 and storm-2031"],
	])('answers "%s" with %s', (word, answer) => {
		expect(sentenceOf(() => findScenario(word, folder))).toBe(
			`expected the name of a scenario, found "${word}": ${answer}`,
		);
	});

	test("says that there is nothing in an empty folder", () => {
		const empty = mkdtempSync(join(folder, "empty-"));
		expect(sentenceOf(() => findScenario("x", empty))).toBe(
			'expected the name of a scenario, found "x": there are none',
		);
	});

	test("tells what is wrong with the file it found", () => {
		const broken = mkdtempSync(join(folder, "broken-"));
		writeFileSync(join(broken, "half.json"), '{ "name": "half" }');
		expect(sentenceOf(() => findScenario("half", broken))).toContain("half.json: from: expected");
	});
});

/** The services that a rule of the world speaks of, upstreams included. */
function servicesOf(rule: Rule): readonly string[] {
	if ("probe" in rule) return [...(rule.probe.service ?? []), ...(rule.probe.upstream ?? [])];
	if ("official" in rule) return rule.official.service ?? [];
	return "reports" in rule ? (rule.reports.service ?? []) : [];
}

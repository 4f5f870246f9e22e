import { existsSync, globSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadScenario, type Scenario, ScenarioError } from "../../src/replay/scenario.ts";

const folder = mkdtempSync(join(tmpdir(), "scenario-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILE = join(folder, "story.json");
const WELL = {
	name: "story",
	from: "2026-03-01T00:00:00Z",
	until: "2026-03-02T00:00:00Z",
	seed: 7,
	services: ["whatsapp"],
	world: [],
};

function load(content: unknown): Scenario {
	writeFileSync(FILE, typeof content === "string" ? content : JSON.stringify(content));
	return loadScenario(FILE);
}

/** The complaint about a scenario, a line each, without the file's name, which must begin every line. */
function complaint(content: unknown): string[] {
	try {
		load(content);
	} catch (error) {
		expect(error).toBeInstanceOf(ScenarioError);
		return (error as ScenarioError).message.split("\n").map((line) => {
			expect(line.startsWith(`${FILE}: `)).toBe(true);
			return line.slice(FILE.length + 2);
		});
	}
	return [];
}
const withRule = (rule: unknown) => ({ ...WELL, world: [{ probe: {}, answer: { ok: true } }, rule] });
const KINDS =
	'one of "timeout", "refused", "reset", "unreachable", "dns_nxdomain", "dns_servfail", "dns_timeout", "tls_untrusted", "tls_failed"';
const LEVELS = 'one of "operational", "maintenance", "degraded", "partial_outage", "major_outage"';
const A_TIME = "a time such as 2026-03-01T12:00:00Z";
const SELECTORS = 'exactly one of "probe", "official", "reports", "control", "device"';

const BROKEN: readonly (readonly [name: string, content: unknown, ...says: string[]])[] = [
	["nothing at all", "", "line 1, column 1: expected JSON, found the end"],
	["a slip of the pen", '{\n  "name": "x",,\n}', 'line 2, column 15: expected JSON, found ", }"'],
	["a list", [], "expected an object, found []"],
	["no seed", { ...WELL, seed: undefined }, "seed: expected a number, found nothing"],
	["half a seed", { ...WELL, seed: 1.5 }, "seed: expected a whole number, found 1.5"],
	["a time in words", { ...WELL, from: "yesterday" }, `from: expected ${A_TIME}, found "yesterday"`],
	[
		"a time of nowhere",
		{ ...WELL, until: "2026-03-02T00:00:00" },
		`until: expected ${A_TIME}, found "2026-03-02T00:00:00"`,
	],
	[
		"no time to pass",
		{ ...WELL, until: WELL.from },
		'until: expected a time after `from`, found "2026-03-01T00:00:00Z"',
	],
	["nobody to watch", { ...WELL, services: [] }, "services: expected at least 1 entry, found 0 entries"],
	["one service without a list", { ...WELL, services: "x" }, 'services: expected a list, found "x"'],
	["a misspelt key", { ...WELL, wrold: [] }, 'wrold: unknown key, did you mean "world"?'],
	["too much noise", { ...WELL, noise: { loss: 2 } }, "noise.loss: expected at most 1, found 2"],
	["no world", { ...WELL, world: undefined }, "world: expected a list, found nothing"],
	["a rule that is a word", withRule("outage"), 'world[1]: expected an object, found "outage"'],
	[
		"a rule about nothing",
		withRule({ answer: { ok: true } }),
		`world[1]: expected ${SELECTORS}, found {"answer":{"ok":true}}`,
	],
	[
		"a rule about two things",
		withRule({ probe: {}, control: {}, answer: { ok: true } }),
		`world[1]: expected ${SELECTORS}, found {"probe":{},"control":{},"answer":{"ok":true}}`,
	],
	[
		"a rule about something unheard of",
		withRule({ prob: {}, answer: {} }),
		`world[1]: expected ${SELECTORS}, found {"prob":{},"answer":{}}`,
	],
	["a rule without an answer", withRule({ probe: {} }), "world[1].answer: expected an object, found nothing"],
	[
		"an unknown failure",
		withRule({ probe: {}, answer: { fail: "tiemout" } }),
		`world[1].answer.fail: expected ${KINDS}, found "tiemout"`,
	],
	[
		"an impossible status",
		withRule({ probe: {}, answer: { http: 42 } }),
		"world[1].answer.http: expected at least 100, found 42",
	],
	[
		"two answers",
		withRule({ probe: {}, answer: { fail: "reset", http: 500 } }),
		"world[1].answer.http: this key does not go with the others here",
	],
	[
		"slower than never",
		withRule({ probe: {}, answer: { slow: 0 } }),
		"world[1].answer.slow: expected a number above 0, found 0",
	],
	[
		"more often than always",
		withRule({ probe: {}, answer: { ok: true }, rate: 1.5 }),
		"world[1].rate: expected at most 1, found 1.5",
	],
	[
		"a misspelt key of a rule",
		withRule({ probe: {}, answer: { ok: true }, untill: "x" }),
		'world[1].untill: unknown key, did you mean "until"?',
	],
	[
		"a misspelt selector",
		withRule({ probe: { servce: "x" }, answer: { ok: true } }),
		'world[1].probe.servce: unknown key, did you mean "service"?',
	],
	[
		"a feature that nothing has",
		withRule({ probe: { feature: "mesaging" }, answer: { ok: true } }),
		expect.stringMatching(
			/^world\[1\]\.probe\.feature: expected one of "messaging", "media", .*"dns", found "mesaging"$/,
		),
	],
	[
		"an unknown kind of control",
		withRule({ control: { kind: "tcp" }, answer: { ok: true } }),
		'world[1].control.kind: expected one of "http", "dns", "ip", "doh", found "tcp"',
	],
	[
		"a level in other words",
		withRule({ official: {}, answer: { level: "down" } }),
		`world[1].answer.level: expected ${LEVELS}, found "down"`,
	],
	[
		"a page that says what no page says",
		withRule({ official: {}, answer: { level: "unknown" } }),
		`world[1].answer.level: expected ${LEVELS}, found "unknown"`,
	],
	[
		"a rule that ends before it begins",
		withRule({ probe: {}, answer: { ok: true }, from: "2026-03-01T09:00:00Z", until: "2026-03-01T08:00:00Z" }),
		'world[1].until: expected a time after `from`, found "2026-03-01T08:00:00Z"',
	],
	[
		"a sleep without an end",
		withRule({ device: "asleep", from: WELL.from }),
		`world[1].until: expected ${A_TIME}, found nothing`,
	],
	[
		"a sleep that ends before it begins",
		withRule({ device: "asleep", from: WELL.until, until: WELL.from }),
		'world[1].until: expected a time after `from`, found "2026-03-01T00:00:00Z"',
	],
	[
		"a device that does something else",
		withRule({ device: "sleeping", from: WELL.from }),
		'world[1].device: expected one of "asleep", "interface-changed", found "sleeping"',
	],
	[
		"fewer reports than none",
		withRule({ reports: {}, answer: { perHour: -1, baseline: 1 } }),
		"world[1].answer.perHour: expected at least 0, found -1",
	],
	[
		"a truth of unknown cause",
		{ ...WELL, truth: [{ services: [], features: [], from: WELL.from, until: WELL.until, cause: "fate", seen: [] }] },
		'truth[0].cause: expected one of "device", "network", "captive_portal", "dns", "proxy", "isp", "service", "upstream", "unknown", found "fate"',
	],
	[
		"several mistakes at once",
		{ ...WELL, seed: "7", services: [], noise: { los: 0.1 } },
		'seed: expected a number, found "7"',
		"services: expected at least 1 entry, found 0 entries",
		'noise.los: unknown key, did you mean "loss"?',
	],
];

describe("a scenario", () => {
	test.each(BROKEN)(
		"with %s is refused, and the sentence says where, what was expected and what was found",
		(_, content, ...says) => {
			expect(complaint(content)).toEqual(says);
		},
	);

	test("that is not there, or no file, is refused in the same way", () => {
		const absent = join(folder, "absent.json");
		expect(() => loadScenario(absent)).toThrow(new ScenarioError(`${absent}: expected a scenario, found nothing`));
		expect(() => loadScenario(folder)).toThrow(new ScenarioError(`${folder}: expected a scenario, found EISDIR`));
	});

	test("has times as moments, single words as lists, and no noise unless it says so", () => {
		const scenario = load({
			...WELL,
			from: "2026-03-01T01:00:00+01:00",
			world: [
				{
					from: WELL.from,
					probe: { service: "whatsapp", feature: ["media", "feed"] },
					answer: { fail: "reset" },
					rate: 0.5,
				},
			],
		});
		expect(scenario).toEqual({
			...WELL,
			from: Date.parse(WELL.from),
			until: Date.parse(WELL.until),
			noise: { loss: 0 },
			truth: [],
			world: [
				{
					from: Date.parse(WELL.from),
					probe: { service: ["whatsapp"], feature: ["media", "feed"] },
					answer: { fail: "reset" },
					rate: 0.5,
				},
			],
		});
	});

	test("may have rules that last no time, and rules without times", () => {
		const from = "2026-03-01T09:00:00Z";
		expect(load(withRule({ control: {}, answer: { ok: true }, from, until: from })).world).toHaveLength(2);
	});

	test("written as people save files, with a byte order mark, is read", () => {
		expect(load(`\uFEFF${JSON.stringify(WELL)}`).name).toBe("story");
	});
});

const ours = globSync(join(import.meta.dirname, "../../{src/replay,test/fixtures}/scenarios/*.json")).sort();
const shared = join(import.meta.dirname, "../../../shared/scenarios");
const theirs = existsSync(shared) ? readdirSync(shared).filter((name) => name.endsWith(".json")) : [];

test.each([...ours, ...theirs.map((name) => join(shared, name))])("%s can be read", (file) => {
	expect(loadScenario(file).services.length).toBeGreaterThan(0);
});

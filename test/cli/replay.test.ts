import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { LEVELS } from "../../src/core/level.ts";
import { CAUSES, FEATURES } from "../../src/core/model.ts";
import { ended, semaforo, start } from "../helpers/run-semaforo.ts";

const folder = mkdtempSync(join(tmpdir(), "semaforo-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const own = (name: string) => join(import.meta.dirname, "../fixtures/scenarios", `${name}.json`);

const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
const feature = z.strictObject({ service: z.string(), feature: z.enum(FEATURES), level: z.enum(LEVELS) });
const words = { title: z.string().min(1).max(60), body: z.string().min(1).max(160) };
const aboutIncident = z.strictObject({
	at: moment,
	kind: z.enum(["opened", "worsened", "eased", "closed"]),
	incident: z.string().regex(/^i\d+$/),
	features: z.array(feature).min(1),
	cause: z.enum(CAUSES),
	culprit: z.string(),
	...words,
});
const aboutConnection = z.strictObject({
	at: moment,
	kind: z.enum(["connection_lost", "connection_back"]),
	incident: z.literal("connection"),
	features: z.array(feature).max(0),
	cause: z.enum(CAUSES),
	...words,
});
/** What `replay --json` prints, and nothing besides. */
const printed = z.strictObject({
	scenario: z.string(),
	notices: z.array(z.union([aboutIncident, aboutConnection])),
	incidents: z.array(
		z.strictObject({
			id: z.string(),
			openedAt: moment,
			closedAt: moment.optional(),
			features: z.array(feature).min(1),
			cause: z.enum(CAUSES),
			culprit: z.string(),
		}),
	),
	requests: z.record(z.string(), z.strictObject({ count: z.int().min(1), peakPerMinute: z.int().min(1) })),
	virtualSeconds: z.int().positive(),
	wallMs: z.int().min(0),
});

async function json(name: string) {
	const { stdout, stderr, code } = await semaforo("replay", own(name), "--json");
	expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
	return printed.parse(JSON.parse(stdout));
}

describe.concurrent("semaforo replay", { timeout: 60_000 }, () => {
	test("--json prints what was told, what happened and what it cost, in the documented shape", async () => {
		const result = await json("pictures-of-one-owner");
		expect(result).toMatchObject({ scenario: "pictures-of-one-owner", virtualSeconds: 5 * 3600 });
		expect(result.notices.map(({ kind, incident }) => `${kind} ${incident}`)).toEqual([
			"opened i1",
			"worsened i1",
			"closed i1",
		]);
		expect(result.notices[0]).toMatchObject({ cause: "service", culprit: "meta" });
		expect(result.notices[0]?.title).toMatch(
			/^Photos and videos (are not loading|load only at times) on (WhatsApp|Instagram|Facebook)$/,
		);
		expect(result.notices[2]).toMatchObject({
			body: expect.stringMatching(/^It lasted 2 hours and \d+ minutes?\. The trouble was at Meta\.$/),
		});
		expect(result.incidents).toMatchObject([{ id: "i1", culprit: "meta", closedAt: result.notices[2]?.at }]);
		const perHour = Object.values(result.requests).map(({ count }) => count / 5);
		expect(Math.max(...perHour)).toBeLessThanOrEqual(30);
		expect(Math.max(...Object.values(result.requests).map(({ peakPerMinute }) => peakPerMinute))).toBeLessThanOrEqual(
			4,
		);
		expect(Object.keys(result.requests)).toContain("mmg.whatsapp.net");
	});

	test("--json tells of a lost connection without any service", async () => {
		const { notices, incidents } = await json("laptop-on-the-move");
		expect(notices.map(({ kind, cause }) => `${kind} ${cause}`)).toEqual([
			"connection_lost captive_portal",
			"connection_back captive_portal",
		]);
		expect(notices[0]).toMatchObject({ title: "This network wants you to log in first" });
		expect(incidents).toEqual([]);
	});

	test("--json lists every feature that the incident holds, not only the new ones", async () => {
		const { notices } = await json("carrier-and-bystanders");
		const [opened, worsened] = notices.map(({ features }) => features.map((each) => `${each.service}/${each.feature}`));
		expect(opened?.length).toBeGreaterThan(0);
		expect(worsened).toEqual(expect.arrayContaining(opened ?? []));
		expect(worsened?.length).toBeGreaterThan(opened?.length ?? 0);
	});

	test("prints the same twice but for the time it took", async () => {
		const [first, second] = await Promise.all([json("page-before-probes"), json("page-before-probes")]);
		expect({ ...second, wallMs: 0 }).toEqual({ ...first, wallMs: 0 });
	});

	test("without --json reads as a story: what it is, a line for each notice, what it cost", async () => {
		const { stdout, stderr, code } = await semaforo("replay", own("page-before-probes"));
		expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
		const lines = stdout.trimEnd().split("\n");
		expect(lines[0]).toMatch(/^page-before-probes: 6 h in \d+ ms$/);
		expect(lines[1]).toBe(
			"  A page admits that signing in fails, which no probe can see, and takes it back an hour later; later it says a word about the whole service.",
		);
		expect(lines.slice(3, 5).map((line) => line.replace(/^2030-06-03 \d\d:\d\d:\d\d {2}/, "AT "))).toEqual([
			"AT Signing in to Discord does not work. It is not just you: the trouble is at Discord. You will hear when it is over.",
			expect.stringMatching(/^AT Discord works again after (5\d minutes|1 hour|1 hour and \d minutes?)\.$/),
		]);
		expect(lines.slice(-2)).toEqual([
			"",
			expect.stringMatching(/^The busiest host was asked \d+\.\d times an hour\.$/),
		]);
	});

	test("speaks the language asked for, else that of the environment; JSON is English unless one is asked for", async () => {
		const file = own("page-before-probes");
		const italian = "Non si riesce ad accedere a Discord. Non dipende da te: il problema è di Discord.";
		const asked = await semaforo("replay", file, "--language", "it");
		expect(asked.stdout).toContain(italian);
		expect(asked.stdout).toMatch(/L'indirizzo più interrogato: \d+\.\d richieste all'ora\.\n$/);
		const roman = { LC_ALL: "", LC_MESSAGES: "it_IT.UTF-8", LANG: "en_GB.UTF-8" };
		expect((await ended(start(["replay", file], roman))).stdout).toContain(italian);
		const english = await ended(start(["replay", file, "--language", "en"], roman));
		expect(english.stdout).toContain("Signing in to Discord does not work.");
		const titles = async (...args: string[]) => {
			const { stdout } = await ended(start(["replay", file, "--json", ...args], roman));
			return printed.parse(JSON.parse(stdout)).notices.map(({ title }) => title);
		};
		expect((await titles())[0]).toBe("Signing in to Discord does not work");
		expect((await titles("--language", "it"))[0]).toBe("Non si riesce ad accedere a Discord");
	});

	test("says so where nothing was worth telling", async () => {
		const quiet = {
			...{ name: "quiet", seed: 1, services: ["telegram"], world: [] },
			...{ from: "2030-01-01T00:00:00Z", until: "2030-01-01T01:00:00Z" },
		};
		const file = join(folder, "quiet.json");
		writeFileSync(file, JSON.stringify(quiet));
		const { stdout, code } = await semaforo("replay", file);
		expect(code).toBe(0);
		expect(stdout).toMatch(
			/^quiet: 1 h in \d+ ms\n\nNothing was worth telling\.\n\nThe busiest host was asked \d+\.\d times an hour\.\n$/,
		);
	});

	test.each<[name: string, content: unknown, says: string]>([
		["slip.json", "{ nope", 'line 1, column 3: expected JSON, found "nope"'],
		[
			"seed.json",
			{ name: "x", from: "2030-01-01T00:00:00Z", until: "2030-01-02T00:00:00Z", services: ["x"], world: [] },
			"seed: expected a number, found nothing",
		],
		[
			"rule.json",
			{
				...{ name: "x", from: "2030-01-01T00:00:00Z", until: "2030-01-02T00:00:00Z", seed: 1, services: ["x"] },
				world: [{ probe: {}, answer: { http: 42 } }],
			},
			"world[0].answer.http: expected at least 100, found 42",
		],
	])("complains about %s in a sentence and ends with 3", async (name, content, says) => {
		const file = join(folder, name);
		writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
		expect(await semaforo("replay", file, "--json")).toEqual({ stdout: "", stderr: `${file}: ${says}\n`, code: 3 });
	});

	test("complains about a service that nobody knows and about a file that is not there", async () => {
		const file = join(folder, "nobody.json");
		writeFileSync(
			file,
			JSON.stringify({
				...{ name: "x", seed: 1, services: ["nobody"], world: [] },
				...{ from: "2030-01-01T00:00:00Z", until: "2030-01-02T00:00:00Z" },
			}),
		);
		const unknown = await semaforo("replay", file);
		expect(unknown).toMatchObject({ stdout: "", code: 3 });
		expect(unknown.stderr).toContain('services: expected a service of the catalogue, found "nobody"');
		const absent = await semaforo("replay", join(folder, "absent.json"));
		expect(absent).toMatchObject({ stdout: "", code: 3 });
		expect(absent.stderr).toContain("absent.json");
		expect(absent.stderr).toContain("expected");
	});
});

test("a scenario that comes with Semaforo is known by the beginning of its name; without one all are listed", async () => {
	const listed = await semaforo("replay");
	expect(listed.code).toBe(0);
	expect(listed.stdout.split("\n").filter((line) => /^\S/.test(line)).length).toBeGreaterThanOrEqual(10);
	expect(listed.stdout).toContain("2019-07-03-meta-pictures\n  Pictures, videos and voice messages fail");
	const unknown = await semaforo("replay", "no-such-day");
	expect(unknown.code).toBe(3);
	expect(unknown.stderr).toMatch(/^expected the name of a scenario, found "no-such-day": there are /);
});

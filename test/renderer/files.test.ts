import { describe, expect, test } from "vitest";
import { csvOf } from "../../src/renderer/details/csv.ts";
import { incidentFiles, serviceFiles } from "../../src/renderer/details/files.ts";
import { shareWritten } from "../../src/renderer/details/times.ts";
import { withShownNames } from "../../src/words/window.ts";
import { wordsIn } from "../../src/words/words.ts";
import { NOW } from "./gallery/build.ts";
import { DETAILS } from "./gallery/details.ts";

const words = wordsIn("en");

/** What the service page of a scene offers. */
function offered(scene: string, language: "en" | "it" = "en") {
	const { given: found, answers = {} } = DETAILS[scene]?.() ?? { given: "silent" };
	if (typeof found === "string") throw new Error(`expected a snapshot in ${scene}`);
	const given = withShownNames(found);
	const [service] = given.services.filter(({ id }) => id === "instagram" || id === "script");
	if (!service) throw new Error(`expected a service in ${scene}`);
	const { history, checks } = answers;
	const shown = { names: given.names, now: NOW, locale: language === "en" ? "en-GB" : "it-IT" };
	const files = serviceFiles(
		{ ...shown, service, history, checks, incidents: history?.incidents ?? [], span: "day" },
		wordsIn(language),
	);
	return async (type: string) => String(await files.find((each) => each.type === type)?.content());
}

describe("a table to keep", () => {
	test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "|calc", "%0A=1"])("is no formula: %j", (cell) => {
		expect(csvOf(["a"], [{ a: cell }])).toBe(`"a"\r\n"'${cell}"\r\n`);
	});

	test("quotes what needs it, leaves numbers numbers, and empty what is not there", () => {
		expect(csvOf(["a", "b", "c"], [{ a: 'say "x", y', b: -1.5 }])).toBe('"a","b","c"\r\n"say ""x"", y",-1.5,\r\n');
	});

	test("has the levels, the points and the outages of a service, times in UTC", async () => {
		const rows = (await offered("outage")("csv")).split("\r\n");
		const of = (kind: string) => rows.filter((row) => row.startsWith(`"${kind}",`));
		expect(of("level")[0]).toMatch(/^"level","Instagram","feed","\d{4}-\d\d-\d\dT[\d:.]+Z","[^"]+Z","operational",/);
		expect(of("point").length).toBeGreaterThan(300);
		expect(of("outage").some((row) => row.includes('"Meta"'))).toBe(true);
		expect(new Set(rows.filter((row) => row !== "").map((row) => row.split(",").length))).toEqual(new Set([13]));
	});
});

describe("a report to keep", () => {
	test("tells a service in words, with its features, its outages and how late the page was", async () => {
		const text = await offered("outage")("md");
		expect(text).toMatch(/^# Instagram\n\nFeed and posting down/);
		expect(text).toContain("| Feed | down: www.instagram.com fails: error 500, 6 times in a row | 94.31% |");
		expect(text).toContain("Meta said so 50 min after the first failure seen from here.");
		expect(text).toContain("- Where the trouble is: **Meta**");
		expect(await offered("outage", "it")("md")).toContain("- Dov'è il problema: **Meta**");
		expect(text).not.toMatch(/undefined|NaN|\[object|\{\{/);
	});

	test("tells an outage in words", async () => {
		const { given } = DETAILS["incident"]?.() ?? { given: "silent" };
		const [incident] = typeof given === "string" ? [] : given.incidents;
		if (!incident || typeof given === "string") throw new Error("expected an outage");
		const files = incidentFiles({ incident, names: given.names, now: NOW, locale: "en-GB" }, words);
		const text = String(await files.find(({ type }) => type === "md")?.content());
		expect(text).toMatch(/^# Trouble on /);
		expect(text).toContain("| Instagram | Feed | down |");
		expect(text).toContain("goes on");
	});

	test("stays text, whatever a name says", async () => {
		const text = await offered("hostile")("md");
		expect(text).not.toMatch(/(?<!\\)<img/);
		expect(text).toContain("\\<img src=x");
		expect(text.length).toBeLessThan(20_000);
	});
});

describe("data to keep", () => {
	test("are what the page shows, for another program to read", async () => {
		const data = JSON.parse(await offered("outage")("json"));
		expect(data).toMatchObject({
			service: { id: "instagram" },
			history: { stepMs: 900_000 },
			checks: { owner: "Meta" },
		});
	});
});

test("a share of nearly all is not all", () => {
	expect(shareWritten(0.99999, "en-GB")).toBe("99.99%");
	expect(shareWritten(1, "en-GB")).toBe("100%");
	expect(shareWritten(0.5, "it-IT")).toBe("50%");
});

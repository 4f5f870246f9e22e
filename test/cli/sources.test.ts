import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Evidence } from "../../src/core/evidence.ts";
import { failure } from "../../src/core/failure.ts";
import { openHistory } from "../../src/io/history/history-db.ts";
import { ended, start } from "../helpers/run-semaforo.ts";

const folder = mkdtempSync(join(tmpdir(), "semaforo-sources-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.now();
const PAGES = {
	parley: "https://status.parley.example/api/v2/summary.json",
	loft: "https://loft.example/status",
} as const;

const config = join(folder, "settings.json");
writeFileSync(
	config,
	JSON.stringify({
		services: ["parley", "loft"],
		own: Object.entries(PAGES).map(([id, url]) => ({
			id,
			name: id === "parley" ? "Parley" : "Loft",
			sources: [{ format: "statuspage", url }],
			features: { web: { blind: "Nobody can see it." } },
		})),
		history: { folder },
	}),
);

function source(
	id: keyof typeof PAGES,
	at: number,
	outcome: "read" | { status: number },
	format = "statuspage",
): Evidence {
	const page = { format, page: { name: "Parley Status" }, level: "operational" } as const;
	return {
		kind: "source",
		checkId: `${id}/official/${PAGES[id]}`,
		service: id,
		startedAt: at,
		at,
		outcome:
			outcome === "read"
				? {
						kind: "read",
						fresh: true,
						page: { ...page, components: [], incidents: [], maintenances: [], unknownWords: [] },
					}
				: { kind: "failed", failure: failure("http", `HTTP ${outcome.status}`, outcome) },
	};
}

const run = (...args: string[]) => ended(start(["sources", "--config", config, ...args], { SEMAFORO_IODA: "" }));

describe("semaforo sources", () => {
	test("says what is known of sources before anything was read, and begins no history", async () => {
		const { stdout, code } = await run();
		expect(code).toBe(0);
		expect(stdout.split("\n")).toEqual([
			"The 2 official sources of what you watch",
			"",
			"Parley  status.parley.example  not read yet",
			"Loft    loft.example           not read yet",
			"",
			'Nothing has been read yet: "semaforo watch" reads them and remembers how it went.',
			"",
		]);
		expect(existsSync(join(folder, "history.db"))).toBe(false);
	});

	test("tells how each has been read, what to do where it cannot be, and how late it is", async () => {
		const history = openHistory({ file: join(folder, "history.db"), now: () => NOW, onTrouble: () => {} });
		history.append([
			source("parley", NOW - 50 * HOUR, "read"),
			source("parley", NOW - 26 * HOUR, "read", "instatus"),
			source("parley", NOW - 5 * MINUTE, "read", "instatus"),
			source("loft", NOW - 3 * HOUR, { status: 404 }),
			source("loft", NOW - 2 * HOUR, { status: 404 }),
		]);
		const held = { service: "parley", feature: "web", level: "degraded", since: NOW } as const;
		const incident = {
			cause: "service",
			culprit: "parley",
			openedAt: NOW - 40 * HOUR,
			closedAt: NOW,
			features: [held],
		} as const;
		const seenAt = NOW - 40 * HOUR;
		history.saveIncidents([
			{ ...incident, id: "i1", seenAt, admissions: [{ at: seenAt + 12 * MINUTE, page: "Parley Status" }] },
			{ ...incident, id: "i2", seenAt },
		]);
		history.close();
		const { stdout } = await run();
		expect(stdout.split("\n").map((line) => line.replace(/(?<=ago) +/, "  "))).toEqual([
			"The 2 official sources of what you watch",
			"",
			"Parley  status.parley.example  read 5 min ago  2 outages, 12 min late in the middle, 12 min at worst, silent in 1",
			"    For 26 h it has answered in the format instatus; before, in statuspage.",
			"Loft    loft.example           cannot be read for 3 h: error 404, 2 times in a row",
			"    Nothing is there any more: look on the vendor's site for where the page has gone.",
			"",
		]);
		const italian = await run("loft", "--language", "it");
		expect(italian.stdout).toContain("non si riesce a leggerla da 3 h");
	});

	test("tells it to programs with moments in RFC 3339", async () => {
		const { stdout } = await run("parley", "--json");
		expect(JSON.parse(stdout)).toEqual({
			sources: [
				{
					service: "parley",
					url: PAGES.parley,
					expectedFormat: "statuspage",
					since: new Date(NOW - 50 * HOUR).toISOString(),
					readAt: new Date(NOW - 5 * MINUTE).toISOString(),
					page: "Parley Status",
					format: "instatus",
					changed: { from: "statuspage", to: "instatus", at: new Date(NOW - 26 * HOUR).toISOString() },
					lag: { outages: 2, first: 0, missed: 1, lateMs: { middle: 12 * MINUTE, worst: 12 * MINUTE } },
				},
			],
		});
	});

	test("lists whose reports are read where there is a key, and shows no key", async () => {
		const key = "s3cret-of-the-user";
		const env = { SEMAFORO_STATUSGATOR_TOKEN: key, SEMAFORO_DOWNDETECTOR_TOKEN: " " };
		for (const more of [[], ["--json"]]) {
			const { stdout, stderr } = await ended(start(["sources", "--config", config, "loft", ...more], env));
			expect(stdout).toMatch(/statusgator/i);
			expect(stdout).not.toMatch(/downdetector/i);
			expect(stdout + stderr).not.toContain(key);
		}
	});

	test("says which service it does not know", async () => {
		const { stderr, code } = await run("parly");
		expect(stderr).toContain('Did you mean "parley"?');
		expect(code).toBe(3);
	});
});

import { stripVTControlCharacters, styleText } from "node:util";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { exitCode } from "../../src/cli/exit-code.ts";
import { snapshotJson } from "../../src/cli/json.ts";
import type { Paint } from "../../src/cli/paint.ts";
import { cut, renderSnapshot } from "../../src/cli/table.ts";
import { failure } from "../../src/core/failure.ts";
import type { Level } from "../../src/core/level.ts";
import type { FeatureView, Snapshot } from "../../src/core/snapshot.ts";
import { wordsIn } from "../../src/words/words.ts";
import { T0 } from "../helpers/evidence.ts";

const en = wordsIn("en");

const plain: Paint = (_, text) => text;
const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });

const feature = (name: FeatureView["feature"], level: Level, more: Partial<FeatureView> = {}): FeatureView => ({
	feature: name,
	level,
	since: T0,
	cause: "unknown",
	confidence: 0.99,
	suspected: false,
	reasons: [],
	...more,
});

function snapshot(features: readonly FeatureView[], more: Partial<Snapshot> = {}): Snapshot {
	return {
		at: T0 + 90_000,
		level: features.find(({ level }) => level !== "operational")?.level ?? "operational",
		connection: { state: "online", since: T0, passed: 12, failed: [] },
		services: [{ id: "wa", name: "WhatsApp", level: "operational", features, sources: [] }],
		incidents: [],
		round: { done: 4, total: 4 },
		names: { wa: "WhatsApp", meta: "Meta" },
		...more,
	};
}

const broken = feature("media", "major_outage", {
	cause: "service",
	culprit: "meta",
	reasons: [
		{
			kind: "host_fails",
			host: "mmg.whatsapp.net",
			failure: failure("http", "503", { status: 503 }),
			inRow: 4,
			at: T0,
		},
	],
});
const blind = feature("calls", "unknown", {
	blind: "no",
	reasons: [
		{ kind: "blind", why: "Calls use relays whose names are handed out per call; they cannot be tried from outside." },
	],
});

describe("the table", () => {
	test("says what fails, for how long, whose fault it is and why", () => {
		expect(renderSnapshot(snapshot([feature("messaging", "operational"), broken]), 200, plain, en)).toEqual([
			"■ Photos and videos are not loading on WhatsApp. It is not just you: your connection is fine.",
			"  Your connection is fine: 12 of 12 controls passed.",
			"",
			"WhatsApp  ● messages  works                        not checked yet",
			"          ■ media     down   Meta, almost certain  for 1 min: mmg.whatsapp.net fails: error 503, 4 times in a row",
		]);
	});

	test.each([50, 72, 100, 160])("fits into %i columns, coloured or not", (width) => {
		const picture = snapshot([feature("messaging", "operational"), broken, blind]);
		for (const paint of [plain, coloured]) {
			for (const line of renderSnapshot(picture, width, paint, en)) {
				expect(stringWidth(stripVTControlCharacters(line))).toBeLessThanOrEqual(width);
			}
		}
	});

	test("without a connection names the controls and no service", () => {
		const failed = [{ checkId: "c", vendor: "google", control: "http", what: "portal", at: T0 }] as const;
		const picture = snapshot([broken], {
			level: "unknown",
			connection: { state: "trouble", cause: "captive_portal", since: T0, passed: 0, failed },
		});
		expect(renderSnapshot(picture, 80, plain, en)).toEqual([
			"◌ This network wants you to log in first. No service was judged.",
			"  This control failed: Google (web).",
		]);
	});

	test("says of a failure that it is not proven, not that it is an outage", () => {
		const doubtful = feature("media", "operational", { suspected: true, reasons: broken.reasons });
		expect(renderSnapshot(snapshot([doubtful]), 120, plain, en).at(-1)).toContain(
			"works  not proven: mmg.whatsapp.net fails",
		);
	});

	test("measures letters as terminals do", () => {
		expect(cut("メッセージ messages", 10)).toBe("メッセー…");
		expect(cut("short", 10)).toBe("short");
	});
});

describe("the exit code", () => {
	test.each<[readonly Level[], number]>([
		[["operational", "operational"], 0],
		[["operational", "degraded"], 1],
		[["operational", "maintenance"], 1],
		[["partial_outage", "operational"], 2],
		[["unknown", "major_outage"], 2],
		[["unknown", "degraded"], 1],
		[["operational", "unknown"], 3],
		[[], 3],
	])("of %j is %i", (levels, code) => {
		expect(exitCode(snapshot(levels.map((level) => feature("feed", level))))).toBe(code);
	});

	test("does not count what nobody can see, and is 3 without a connection", () => {
		expect(exitCode(snapshot([feature("feed", "operational"), blind]))).toBe(0);
		expect(exitCode(snapshot([blind]))).toBe(3);
		const lost = { state: "trouble", cause: "network", since: T0, passed: 0, failed: [] } as const;
		expect(exitCode(snapshot([feature("feed", "major_outage")], { connection: lost }))).toBe(3);
	});
});

test("JSON gives moments as RFC 3339, with headline and exit code", () => {
	const parsed = JSON.parse(snapshotJson(snapshot([broken]), en));
	expect(parsed).toMatchObject({ exitCode: 2, at: "2026-03-01T12:01:30.000Z", level: "major_outage" });
	expect(parsed.services[0].features[0].since).toBe("2026-03-01T12:00:00.000Z");
	expect(parsed.headline).toContain("not loading on WhatsApp");
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { DEFAULT_NOTIFICATIONS } from "../../src/core/settings.ts";
import { loadSettings } from "../../src/io/settings-file.ts";

const folder = mkdtempSync(join(tmpdir(), "semaforo-settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "settings.json");

function loaded(notifications: unknown) {
	writeFileSync(file, JSON.stringify({ notifications }));
	return loadSettings(file).settings.notifications;
}

/** What the file is said to get wrong, without its name. */
function complaints(notifications: unknown): string[] {
	try {
		loaded(notifications);
	} catch (error) {
		return (error as Error).message.split("\n").map((line) => line.replace(`${file}: notifications.`, ""));
	}
	throw new Error("expected a complaint");
}

describe("what people want to be told of", () => {
	test("is what everybody is told of where the file says nothing", () => {
		expect(loaded(undefined)).toEqual(DEFAULT_NOTIFICATIONS);
	});

	test("is taken as written", () => {
		const rules = [
			{ levels: ["degraded"], notify: true },
			{ services: ["slack"], features: ["calls"], causes: ["service"], alone: true, notify: false },
		];
		const quietHours = {
			windows: [{ days: ["mon", "fri"], from: "22:00", to: "07:00" }],
			zone: "Europe/Rome",
			through: "major_outage",
		};
		expect(loaded({ rules, quietHours })).toEqual({ rules, quietHours });
	});

	test("is quiet on all days where none is named", () => {
		expect(loaded({ quietHours: { windows: [{ from: "00:00", to: "23:59" }] } }).quietHours?.windows).toEqual([
			{ days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", to: "23:59" },
		]);
	});
});

describe("a mistake in it is said in a sentence", () => {
	const night = { from: "22:00", to: "07:00" };
	test.each<[string, unknown, string]>([
		["an unknown key", { rule: [] }, 'rule: unknown key, did you mean "rules"?'],
		["a rule that decides nothing", { rules: [{}] }, "rules[0].notify: expected true or false, found nothing"],
		[
			"a level that is no trouble",
			{ rules: [{ levels: ["operational"], notify: true }] },
			'rules[0].levels[0]: expected one of "degraded", "partial_outage", "major_outage", found "operational"',
		],
		[
			"a list of nothing",
			{ rules: [{ services: [], notify: false }] },
			"rules[0].services: expected at least 1 entry, found 0 entries",
		],
		[
			"no time of day",
			{ quietHours: { windows: [{ from: "24:00", to: "07:00" }] } },
			'quietHours.windows[0].from: expected a time of day such as 22:00, found "24:00"',
		],
		[
			"no day",
			{ quietHours: { windows: [{ ...night, days: ["monday"] }] } },
			'quietHours.windows[0].days[0]: expected one of "mon", "tue", "wed", "thu", "fri", "sat", "sun", found "monday"',
		],
		[
			"no zone",
			{ quietHours: { windows: [night], zone: "Rome" } },
			'quietHours.zone: expected a time zone such as Europe/Rome, found "Rome"',
		],
		["no window", { quietHours: { windows: [] } }, "quietHours.windows: expected at least 1 entry, found 0 entries"],
		[
			"no level to come through",
			{ quietHours: { windows: [night], through: "all" } },
			'quietHours.through: expected one of "degraded", "partial_outage", "major_outage", found "all"',
		],
	])("%s", (_, notifications, sentence) => {
		expect(complaints(notifications)).toEqual([sentence]);
	});
});

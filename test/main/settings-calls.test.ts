import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WebContents } from "electron";
import { afterAll, describe, expect, test } from "vitest";
import { type SettingsCallParts, settingsHandlers } from "../../src/main/settings-calls.ts";
import { type Kept, SettingsStore } from "../../src/main/settings-store.ts";
import { Troubles } from "../../src/main/troubles.ts";
import { wordsIn } from "../../src/words/words.ts";

const folder = mkdtempSync(join(tmpdir(), "semaforo-settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ASKER = {} as WebContents;
const NOBODY: Kept = { read: () => undefined, write() {}, setAside() {} };

function put(name: string, content: string): string {
	const file = join(folder, name);
	writeFileSync(file, content);
	return file;
}

interface Circumstances {
	/** The file that people pick. */
	readonly picks?: string;
	/** What they answer to a question: the index of a button. */
	readonly answers?: number;
	readonly broken?: boolean;
	readonly locked?: object;
}

function desk({ picks, answers = 1, broken = false, locked = {} }: Circumstances = {}) {
	const opened: string[] = [];
	const asked: { message: string; detail?: string }[] = [];
	let forgotten = 0;
	const troubles = new Troubles(
		() => 1,
		() => {},
		"/home/anna",
	);
	const handlers = settingsHandlers({
		electron: {
			app: {
				getPath: (name: string) => `/${name}`,
				getVersion: () => "1.2.3",
				getAppMetrics: () => [
					{ memory: { workingSetSize: 1000 }, cpu: { cumulativeCPUUsage: 1.5 } },
					{ memory: { workingSetSize: 24 }, cpu: {} },
				],
			},
			dialog: {
				showOpenDialog: () =>
					Promise.resolve({ canceled: picks === undefined, filePaths: picks === undefined ? [] : [picks] }),
				showMessageBox: (options: { message: string }) => {
					asked.push(options);
					return Promise.resolve({ response: answers });
				},
			},
			shell: {
				openPath: (path: string) => {
					opened.push(path);
					return Promise.resolve(path === "/logs" ? "nothing opens folders here" : "");
				},
			},
		},
		process: { versions: { ...process.versions, electron: "45.0.0", chrome: "140.0" } },
		keeper: {
			historyFile: join(folder, "history.db"),
			now: () => 1,
			objections: () => [],
			forget: () => {
				forgotten += 1;
				return broken ? Promise.reject(new Error("the disk is gone")) : Promise.resolve();
			},
		},
		settings: new SettingsStore(NOBODY, { suggested: {}, locked }, () => {}),
		troubles,
		startedAt: 1,
		words: () => wordsIn("en"),
	} as unknown as SettingsCallParts);
	return { handlers, opened, asked, troubles, forgotten: () => forgotten };
}

describe("a settings file that people pick", () => {
	const pick = (picks: string | undefined, locked = {}) =>
		desk({ ...(picks !== undefined && { picks }), locked }).handlers.pickSettings(ASKER);

	test("is told by what it would change", async () => {
		const file = put("good.json", JSON.stringify({ version: 1, settings: { theme: "dark", updates: false } }));
		expect(await pick(file, { updates: true })).toEqual({
			kind: "usable",
			patch: { theme: "dark" },
			locked: ["updates"],
		});
		expect(await pick(undefined)).toEqual({ kind: "none" });
	});

	test.each([
		["no JSON", "{", /no settings file/],
		["another version", '{"version":2,"settings":{}}', /no settings file/],
		["a choice that cannot be", '{"version":1,"settings":{"intervalMinutes":1}}', /^intervalMinutes: /],
		["a choice that nobody knows", '{"version":1,"settings":{"__proto__x":1}}', /no such setting/],
		["a million lines", `{"version":1,"settings":{}}${" ".repeat(1024 * 1024)}`, /larger/],
	])("is refused for %s", async (_, content, why) => {
		expect(await pick(put("bad.json", content))).toEqual({ kind: "unusable", problems: [expect.stringMatching(why)] });
	});

	test("that is none at all is refused too", async () => {
		expect(await pick(folder)).toMatchObject({ kind: "unusable" });
		expect(await pick(join(folder, "gone.json"))).toMatchObject({ kind: "unusable" });
	});
});

describe("a certificate that people pick", () => {
	test("is refused before it is chosen where it is none", async () => {
		const picks = put("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
		const picked = await desk({ picks }).handlers.pickCertificate(ASKER);
		expect(picked).toEqual({ kind: "unusable", why: expect.stringContaining("number 1 broken") });
	});
});

describe("the history", () => {
	test("is deleted only after a yes", async () => {
		const no = desk({ answers: 1 });
		expect([await no.handlers.forgetHistory(ASKER), no.forgotten()]).toEqual([false, 0]);
		expect(no.asked[0]?.detail).toContain("Outages that go on now are kept");
		const yes = desk({ answers: 0 });
		expect([await yes.handlers.forgetHistory(ASKER), yes.forgotten()]).toEqual([true, 1]);
	});

	test("that cannot be deleted is a trouble, and nobody is told that it is gone", async () => {
		const { handlers, troubles } = desk({ answers: 0, broken: true });
		expect(await handlers.forgetHistory(ASKER)).toBe(false);
		expect(troubles.list()).toMatchObject([{ part: "history", why: "the disk is gone" }]);
	});
});

test("only the app's own folders are opened, and a failure is said", async () => {
	const { handlers, opened } = desk();
	expect([await handlers.openFolder(ASKER, "data"), await handlers.openFolder(ASKER, "log")]).toEqual([true, false]);
	expect(opened).toEqual(["/userData", "/logs"]);
});

test("what the app takes is summed over its processes, in bytes and ms", () => {
	expect(desk().handlers.facts(ASKER)).toMatchObject({
		version: "1.2.3",
		electron: "45.0.0",
		memoryBytes: 1024 * 1024,
		cpuMs: 1500,
	});
	expect(existsSync(join(folder, "history.db"))).toBe(false);
});

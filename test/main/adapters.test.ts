import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { HIDDEN, setAutostart } from "../../src/main/autostart.ts";
import { type KeyShelf, Keys } from "../../src/main/keys.ts";
import { type Kept, type Policy, SettingsStore } from "../../src/main/settings-store.ts";
import { setShortcut } from "../../src/main/shortcut.ts";
import { hasTrayHost } from "../../src/main/tray-host.ts";
import { canUpdate } from "../../src/main/updates.ts";

const folder = mkdtempSync(join(tmpdir(), "semaforo-adapters-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("settings in layers", () => {
	const kept = (user: object): Kept => ({ read: () => ({ version: 1, settings: user }), write() {}, setAside() {} });
	const open = (user: object, policy: Policy) => new SettingsStore(kept(user), policy, () => {});
	const accepting = () => [];

	test("what is suggested gives way to the user, what is locked does not", () => {
		const policy = { suggested: { intervalMinutes: 15, language: "it" }, locked: { updates: false } };
		const store = open({ language: "en", updates: true }, policy);
		expect(store.current()).toMatchObject({ intervalMinutes: 15, language: "en", updates: false, notify: true });
		expect(store.locked()).toEqual(["updates"]);
	});

	test("nothing of a change that touches a lock is made", () => {
		const store = open({}, { suggested: {}, locked: { updates: false } });
		expect(store.change({ updates: true, language: "it" }, accepting)).toHaveLength(1);
		expect(store.current()).toMatchObject({ updates: false, language: "system" });
	});

	test("a change that cannot be written is not in force either", () => {
		const full: Kept = {
			...kept({}),
			write() {
				throw new Error("ENOSPC");
			},
		};
		const told: unknown[] = [];
		const store = new SettingsStore(full, { suggested: {}, locked: {} }, (error) => void told.push(error));
		expect(store.change({ language: "it" }, accepting)).toEqual(["the settings could not be written"]);
		expect(store.current().language).toBe("system");
		expect(told).toHaveLength(1);
	});
});

describe("keys", () => {
	const lock = (backend: "basic_text" | "kwallet6", works = true) => ({
		isEncryptionAvailable: () => true,
		getSelectedStorageBackend: () => backend,
		encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`locked ${text}`)),
		decryptStringAsync: () =>
			works
				? Promise.resolve({ shouldReEncrypt: false, result: "open" })
				: Promise.reject(new Error("another user's key store")),
	});

	function shelf(kept: unknown = {}): KeyShelf & { kept: unknown } {
		return {
			kept,
			read() {
				return this.kept;
			},
			write(locked) {
				this.kept = locked;
			},
		};
	}

	test("are not written at all where the system would not lock them", async () => {
		const own = shelf();
		await expect(new Keys(own, lock("basic_text")).keep("radar", "secret")).rejects.toThrow("no key store");
		expect(own.kept).toEqual({});
	});

	test("that cannot be unlocked are told and stay where they are", async () => {
		const own = shelf({ radar: "AAAA" });
		const keys = new Keys(own, lock("kwallet6", false));
		const told: unknown[] = [];
		await keys.load((error) => void told.push(error));
		expect(told).toHaveLength(1);
		expect(keys.known()).toEqual([]);
		expect(own.kept).toEqual({ radar: "AAAA" });
	});
});

describe("autostart", () => {
	const env = { XDG_CONFIG_HOME: folder, APPIMAGE: '/opt/a "b" $c%d/Semaforo.AppImage' };
	const calls: unknown[] = [];
	const app = { isPackaged: true, setLoginItemSettings: (settings: unknown) => void calls.push(settings) };
	const parts = { app, env, home: "/nowhere", execPath: "/opt/semaforo" };
	const file = join(folder, "autostart/semaforo.desktop");

	test("on Linux is a desktop entry that names the AppImage, quoted, and goes when it is not wanted", () => {
		setAutostart(true, { ...parts, platform: "linux" });
		expect(readFileSync(file, "utf8")).toContain(`Exec="/opt/a \\\\"b\\\\" \\\\$c%%d/Semaforo.AppImage" ${HIDDEN}\n`);
		setAutostart(false, { ...parts, platform: "linux" });
		setAutostart(false, { ...parts, platform: "linux" });
		expect(existsSync(file)).toBe(false);
	});

	test("elsewhere is the system's, with the switch that keeps windows closed; from the sources there is none", () => {
		setAutostart(true, { ...parts, platform: "win32" });
		expect(calls).toEqual([{ openAtLogin: true, args: [HIDDEN] }]);
		setAutostart(true, { ...parts, platform: "win32", app: { ...app, isPackaged: false } });
		expect(calls).toHaveLength(1);
	});
});

test("a shortcut that another program has, or that is none, is a trouble and no crash", () => {
	const none = { unregisterAll() {}, register: () => false };
	expect(() => setShortcut(none, "Control+S", () => {})).toThrow("cannot be used");
	const throwing = {
		unregisterAll() {},
		register(): boolean {
			throw new TypeError("conversion failure");
		},
	};
	expect(() => setShortcut(throwing, "nonsense", () => {})).toThrow("cannot be used");
	expect(() => setShortcut(throwing, "", () => {})).not.toThrow();
});

test("only an installation that says where updates come from updates itself, on Linux only an AppImage", () => {
	const where = { isPackaged: true, resourcesPath: folder, env: {} };
	expect(canUpdate({ ...where, platform: "win32" })).toBe(false);
	writeFileSync(join(folder, "app-update.yml"), "");
	expect(canUpdate({ ...where, platform: "win32" })).toBe(true);
	expect(canUpdate({ ...where, platform: "linux" })).toBe(false);
	expect(canUpdate({ ...where, platform: "linux", env: { APPIMAGE: "/x" } })).toBe(true);
	expect(canUpdate({ ...where, isPackaged: false, platform: "win32" })).toBe(false);
});

test("a desktop that cannot be asked has a place for icons; one that says no has none", async () => {
	expect(await hasTrayHost("win32", "/nowhere")).toBe(true);
	expect(await hasTrayHost("linux", "/nowhere")).toBe(true);
	const no = join(folder, "gdbus");
	writeFileSync(no, "#!/bin/sh\necho '(false,)'\n", { mode: 0o755 });
	expect(await hasTrayHost("linux", no)).toBe(process.platform === "win32");
});

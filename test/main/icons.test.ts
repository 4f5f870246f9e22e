import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { iconFile, TRAY_ICONS } from "../../src/main/tray-icon.ts";

const ROOT = join(import.meta.dirname, "../..");
const ASSETS = join(ROOT, "assets");
const folder = mkdtempSync(join(tmpdir(), "semaforo-icons-"));
execFileSync(process.execPath, [join(ROOT, "scripts/icons.ts"), folder]);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const drawn = ["icon.png", ...readdirSync(join(folder, "tray")).map((name) => `tray/${name}`)];

describe("the icons in assets", () => {
	test.each(drawn)("%s is as the script draws it", (name) => {
		expect(readFileSync(join(ASSETS, name)).equals(readFileSync(join(folder, name)))).toBe(true);
	});

	test("are all drawn by the script", () => {
		expect(readdirSync(join(ASSETS, "tray"))).toEqual(readdirSync(join(folder, "tray")));
	});

	test.each(["win32", "darwin", "linux"] as const)("%s finds one for each state, light and dark", (platform) => {
		for (const icon of TRAY_ICONS) {
			for (const dark of [true, false]) expect(drawn).toContain(`tray/${iconFile(icon, { platform, dark })}`);
		}
	});

	test("differ by shape alone", () => {
		const masks = TRAY_ICONS.map((icon) => readFileSync(join(folder, `tray/${icon}Template@2x.png`), "base64"));
		expect(new Set(masks).size).toBe(TRAY_ICONS.length);
	});

	test("a Windows icon holds every size that a tray may ask for", () => {
		const bytes = readFileSync(join(folder, "tray/down-dark.ico"));
		const sizes = Array.from({ length: bytes.readUInt16LE(4) }, (_, index) => bytes[6 + 16 * index]);
		expect(sizes).toEqual([16, 20, 24, 32, 48]);
	});
});

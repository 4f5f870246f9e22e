import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { absence, electronBinary, hasDisplay } from "./host/real/binary.ts";
import { realElectron } from "./host/real/open.ts";

if (realElectron.absent !== undefined) process.stdout.write(`real Electron: skipped, ${realElectron.absent}\n`);

const folder = mkdtempSync(join(tmpdir(), "semaforo-no-electron-"));

function program(name: string, script: string): string {
	const file = join(folder, name);
	writeFileSync(file, script);
	chmodSync(file, 0o755);
	return file;
}

describe("real Electron as a host", () => {
	beforeAll(() => {
		program("electron", "#!/bin/sh\nexit 0\n");
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test("is looked for where it is given, and nothing is downloaded where it is not", () => {
		expect(electronBinary({ ELECTRON_OVERRIDE_DIST_PATH: folder }, "linux")).toBe(join(folder, "electron"));
		expect(electronBinary({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, "nothing") }, "linux")).toBeUndefined();
		expect(electronBinary({ ELECTRON_OVERRIDE_DIST_PATH: folder }, "darwin")).toBeUndefined();
		expect(absence({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, "nothing") })).toBe("binary not available");
	});

	test.skipIf(process.platform !== "linux")("needs a display, or the means to make one", () => {
		const given = { ELECTRON_OVERRIDE_DIST_PATH: folder };
		expect(hasDisplay({})).toBe(false);
		expect(absence({ ...given, PATH: folder })).toBe("no display, and no Xvfb to make one");
		expect(absence({ ...given, DISPLAY: ":0" })).toBeUndefined();
		program("Xvfb", "#!/bin/sh\n");
		expect(absence({ ...given, PATH: folder })).toBeUndefined();
		rmSync(join(folder, "Xvfb"));
	});

	// all of the way up to the start is gone: the driver is built, Playwright is asked, and what comes back is told
	test.skipIf(process.platform === "win32")(
		"that cannot be started says from where and why",
		{ timeout: 60_000 },
		() => {
			const broken = program(
				"broken",
				"#!/bin/sh\necho 'cannot open shared object file: libgtk-3.so.0' >&2\nexit 127\n",
			);
			const absent = join(folder, "absent");
			const said = attempts([broken, absent]);
			expect(said[0]).toContain(`real Electron could not be started from ${broken}`);
			expect(said[0]).toContain("cannot open shared object file: libgtk-3.so.0");
			expect(said[1]).toContain(`real Electron could not be started from ${absent}`);
			expect(said[1]).toContain("ENOENT");
		},
	);

	test.skipIf(process.platform === "win32")(
		"is driven by one file of plain JavaScript, which asks for nothing but Electron and Node",
		() => {
			const driver = readFileSync(join(folder, "driver.mjs"), "utf8");
			const wanted = [...driver.matchAll(/^import\b[^;]*?["']([^"']+)["'];/gm)].map(([, name]) => name);
			expect(wanted).toContain("electron");
			expect(wanted.filter((name) => name !== "electron" && !name?.startsWith("node:"))).toEqual([]);
		},
	);
});

function attempts(binaries: readonly string[]): string[] {
	const script = join(import.meta.dirname, "host/real/attempts.ts");
	const args = ["--unhandled-rejections=none", script, folder, ...binaries];
	const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, DISPLAY: ":0" } });
	return JSON.parse(stdout) as string[];
}

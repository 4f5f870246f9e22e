import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../scripts/start.mjs");
const folder = mkdtempSync(join(tmpdir(), "semaforo-start-"));

function put(name: string, text: string): string {
	const file = join(folder, name);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	return file;
}

beforeAll(() => {
	mkdirSync(join(folder, "scripts"));
	cpSync(SCRIPT, join(folder, "scripts/start.mjs"));
	for (const name of ["out/main/main.js", "out/preload/preload.cjs", "out/renderer/popover.html"]) put(name, "");
	put("package.json", '{ "type": "module" }');
	put("out/cli/semaforo.js", 'console.log("terminal", ...process.argv.slice(2)); process.exit(3);');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(env: Record<string, string>) {
	const ran = spawnSync(process.execPath, [join(folder, "scripts/start.mjs"), "discord"], {
		env: { PATH: process.env["PATH"], ...env },
		encoding: "utf8",
	});
	return { stdout: ran.stdout, stderr: ran.stderr, status: ran.status };
}

describe.skipIf(process.platform !== "linux")("npm start", () => {
	test("without a display says so in one line, and watches in the terminal, whose code is its own", () => {
		expect(start({})).toEqual({
			stdout: "terminal watch discord\n",
			stderr: "No tray app: there is no display. Watching in the terminal instead.\n",
			status: 3,
		});
	});

	test("without Electron's binary says so, and downloads nothing", () => {
		const { stdout, stderr } = start({ DISPLAY: ":9" });
		expect(stderr).toMatch(/^No tray app: the Electron binary is not here \(.*\)\. Watching .*\n$/);
		expect(stdout).toBe("terminal watch discord\n");
	});

	test("with both starts the tray app", () => {
		const binary = put("dist/electron", '#!/bin/sh\necho "tray $1 $2"\n');
		chmodSync(binary, 0o755);
		const ran = start({ WAYLAND_DISPLAY: "wayland-0", ELECTRON_OVERRIDE_DIST_PATH: join(folder, "dist") });
		expect(ran).toEqual({ stdout: `tray ${join(folder, "out/main/main.js")} discord\n`, stderr: "", status: 0 });
	});
});

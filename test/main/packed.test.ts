import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readParts } from "../../src/io/catalogue-files.ts";
import { PACKED, pack } from "../../src/io/packed-catalogue.ts";
import { WINDOWS } from "../../src/ipc/contract.ts";
import { built, newHome } from "../e2e/host/program.ts";
import { MINUTE, NOON, OUTAGE, WATCHED } from "../e2e/host/stage.ts";
import { standIn } from "../e2e/host/stand-in/open.ts";

const ROOT = join(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
const builder = require.resolve("electron-builder/cli.js");
const lib = createRequire(createRequire(require.resolve("electron-builder")).resolve("app-builder-lib"));
const { extractAll, listPackage } = lib("@electron/asar") as {
	extractAll(archive: string, to: string): void;
	listPackage(archive: string, options: object): string[];
};
const { getCurrentFuseWire, FuseV1Options } = lib("@electron/fuses") as {
	getCurrentFuseWire(file: string): Promise<Readonly<Record<string, number>>>;
	FuseV1Options: Readonly<Record<string, string | number>>;
};

/** What `@electron/fuses` looks for in a binary: a mark, a version, and a place for each fuse. */
const FUSES = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009${"0".repeat(9)}`;
/** What lies about in a folder like this one, and must not be packed. */
const DECOYS = [
	...[".env", "README.md", "src/main/main.ts", "test/x.test.ts", "docs/app.md", "scripts/x.ts", "release/old.zip"],
	...["out/cli/semaforo.js", "out/.tsc/x.js", "node_modules/undici/index.js", "node_modules/undici/package.json"],
	...["assets/drawing.svg", "electron-builder.env", "keys/private.pem"],
];

function put(folder: string, name: string, text: string): void {
	mkdirSync(dirname(join(folder, name)), { recursive: true });
	writeFileSync(join(folder, name), text);
}

/** Electron's own files, as far as a package is put together from them: nothing of it can be run. */
function hollowElectron(folder: string): string {
	for (const name of [
		"LICENSE",
		"LICENSES.chromium.html",
		"version",
		"resources.pak",
		"locales/en-US.pak",
		"chrome-sandbox",
	])
		put(folder, name, "45.0.0");
	mkdirSync(join(folder, "resources"));
	put(folder, "electron", `#!/bin/sh\n${FUSES}\n`);
	chmodSync(join(folder, "electron"), 0o755);
	return folder;
}

describe.skipIf(process.platform !== "linux")("the app as it is packed, Electron's own files apart", () => {
	const folder = mkdtempSync(join(tmpdir(), "semaforo-packed-"));
	const unpacked = join(folder, "release/linux-unpacked");
	let program: string;
	let said: string;
	let files: string[];

	beforeAll(async () => {
		program = await built();
		const outDir = join(program, "out/renderer");
		await build({ configFile: join(ROOT, "vite.renderer.config.ts"), logLevel: "error", build: { outDir } });
		rmSync(join(program, "out/catalogue"), { recursive: true });
		put(program, `out/catalogue/${PACKED}`, pack(readParts(join(ROOT, "src/catalogue"))));
		for (const name of ["package.json", "electron-builder.yml"]) cpSync(join(ROOT, name), join(program, name));
		for (const decoy of DECOYS) put(program, decoy, "{}");
		const options = [
			...["--linux", "dir", "--x64", "--publish", "never", "--projectDir", program],
			`-c.electronDist=${hollowElectron(join(folder, "electron"))}`,
			`-c.directories.output=${join(folder, "release")}`,
		];
		// within tests it would say nothing
		const { VITEST: _, NODE_ENV: __, ...env } = process.env;
		const ran = spawnSync(process.execPath, [builder, ...options], { encoding: "utf8", cwd: program, env });
		said = ran.stdout + ran.stderr;
		files = listPackage(join(unpacked, "resources/app.asar"), {})
			.map((name) => name.replaceAll("\\", "/").slice(1))
			.filter((name) => /\.\w+$/.test(name));
	}, 60_000);
	afterAll(() => {
		rmSync(folder, { recursive: true, force: true });
		rmSync(program, { recursive: true, force: true });
	});

	test("is put together without a download", () => {
		expect(said).toContain("using custom unpacked Electron distribution");
		expect(said).not.toMatch(/downloading|⨯/);
		expect(readdirSync(unpacked)).toContain("semaforo-app");
	});

	test("holds what the program needs, and nothing else", () => {
		const kinds = files.map((name) =>
			name
				.replace(/^out\/main\/[\w.-]+\.js$/, "out/main/*.js")
				.replace(/^out\/renderer\/assets\/[\w.-]+\.(js|css)$/, "out/renderer/assets/*.$1")
				.replace(/^assets\/tray\/[\w@.-]+\.(png|ico)$/, "assets/tray/*.$1"),
		);
		expect([...new Set(kinds)].sort()).toEqual(
			[
				...["assets/icon.png", "assets/tray/*.ico", "assets/tray/*.png", `out/catalogue/${PACKED}`, "out/main/*.js"],
				...["out/preload/preload.cjs", "out/renderer/assets/*.css", "out/renderer/assets/*.js", "package.json"],
				...["popover", ...WINDOWS].map((page) => `out/renderer/${page}.html`),
			].sort(),
		);
		const icons = readdirSync(join(ROOT, "assets/tray")).map((name) => `assets/tray/${name}`);
		expect(files.filter((name) => name.startsWith("assets/tray/")).sort()).toEqual(icons.sort());
	});

	test("runs from what was packed alone", { timeout: 30_000 }, async () => {
		const taken = join(folder, "taken");
		extractAll(join(unpacked, "resources/app.asar"), taken);
		const about = JSON.parse(readFileSync(join(taken, "package.json"), "utf8")) as Record<string, unknown>;
		expect(about).toMatchObject({ main: "out/main/main.js", type: "module" });
		expect(about).not.toHaveProperty("devDependencies");
		const { home, remove } = newHome(WATCHED);
		const host = await standIn.open({ program: taken, home, world: OUTAGE, at: NOON });
		try {
			await host.advance(6 * MINUTE);
			expect((await host.state()).icon).toBe("well");
			expect(await host.page("app://semaforo/popover.html")).toMatchObject({ status: 200 });
		} finally {
			await host.kill();
			remove();
		}
	});

	test("19: has every fuse set as it is written", async () => {
		const wire = await getCurrentFuseWire(join(unpacked, "semaforo-app"));
		const states = Object.entries(FuseV1Options)
			.filter(([name]) => Number.isNaN(Number(name)))
			.map(([name, index]) => [name, String.fromCharCode(wire[String(index)] ?? 0)]);
		expect(Object.fromEntries(states)).toMatchObject({
			RunAsNode: "0",
			EnableCookieEncryption: "1",
			EnableNodeOptionsEnvironmentVariable: "0",
			EnableNodeCliInspectArguments: "0",
			EnableEmbeddedAsarIntegrityValidation: "1",
			OnlyLoadAppFromAsar: "1",
			LoadBrowserProcessSpecificV8Snapshot: "0",
			GrantFileProtocolExtraPrivileges: "0",
		});
	});
});

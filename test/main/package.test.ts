import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { APP_ID } from "../../src/main/prepare-app.ts";

const ROOT = join(import.meta.dirname, "../..");

/** What electron-builder itself reads and checks with. */
const require = createRequire(import.meta.url);
const builder = createRequire(require.resolve("electron-builder"));
const lib = createRequire(builder.resolve("app-builder-lib"));
const { validateConfiguration } = lib("./util/config/config.js") as {
	validateConfiguration(configuration: unknown, log: { readonly isEnabled: boolean; add(): void }): Promise<void>;
};
const { load } = lib("js-yaml") as { load(text: string): Configuration };

interface Configuration {
	readonly appId: string;
	readonly files: readonly string[];
	readonly electronFuses: Readonly<Record<string, boolean>>;
	readonly extraMetadata: { readonly main: string };
	readonly msi: { readonly upgradeCode: string; readonly perMachine: boolean };
	readonly mac: { readonly extendInfo: Readonly<Record<string, unknown>> };
}

const configuration = load(readFileSync(join(ROOT, "electron-builder.yml"), "utf8"));
const check = (what: unknown) => validateConfiguration(what, { isEnabled: false, add() {} });

describe("the packages", () => {
	test("are described as electron-builder's own schema has it", async () => {
		await expect(check(configuration)).resolves.toBeUndefined();
		await expect(check({ ...configuration, msi: { ...configuration.msi, upgradeKode: "x" } })).rejects.toThrow(
			"configuration.msi",
		);
	});

	test("hold what the program needs at run time, and nothing else", () => {
		expect(configuration.files).toEqual([
			"package.json",
			"out/main/**",
			"out/preload/**",
			"out/renderer/**",
			"out/catalogue/**",
			"assets/tray/**",
			"assets/icon.png",
			"!node_modules",
		]);
		expect(configuration.extraMetadata.main).toBe("out/main/main.js");
		for (const asset of ["assets/tray", "assets/icon.png"]) expect(existsSync(join(ROOT, asset))).toBe(true);
	});

	test("19: no fuse leaves a way to run other code in the app's name", () => {
		expect(configuration.electronFuses).toEqual({
			runAsNode: false,
			enableCookieEncryption: true,
			enableNodeOptionsEnvironmentVariable: false,
			enableNodeCliInspectArguments: false,
			enableEmbeddedAsarIntegrityValidation: true,
			onlyLoadAppFromAsar: true,
			grantFileProtocolExtraPrivileges: false,
			loadBrowserProcessSpecificV8Snapshot: false,
		});
	});

	test("16: Electron is pinned to one exact version", () => {
		const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
		expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
	});

	test("are known to the systems by names that never change", () => {
		expect(configuration.appId).toBe(APP_ID);
		expect(configuration.msi).toMatchObject({ upgradeCode: "8F1C7A52-3D64-4B0E-9A41-6E2B5C90D7F3", perMachine: true });
		expect(configuration.mac.extendInfo["LSUIElement"]).toBe(true);
	});
});

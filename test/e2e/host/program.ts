import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, createBuilder } from "vite";
import { dataFolder } from "../../../src/io/folders.ts";
import { WINDOWS } from "../../../src/ipc/contract.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PLAIN = join(import.meta.dirname, "../page");

/** The program as it is built for people, in a folder of its own with a plain page for each window; made once for all tests of a file. */
export async function built(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), "semaforo-built-"));
	const builder = await createBuilder({ root: ROOT, configFile: join(ROOT, "vite.config.ts"), logLevel: "error" });
	for (const name of ["main", "preload"]) {
		const environment = builder.environments[name];
		if (!environment) throw new Error(`no environment ${name}`);
		environment.config.build.outDir = join(folder, "out", name);
		await builder.build(environment);
	}
	mkdirSync(join(folder, "out/renderer"));
	const page = readFileSync(join(PLAIN, "page.html"));
	for (const name of ["popover", ...WINDOWS]) writeFileSync(join(folder, `out/renderer/${name}.html`), page);
	cpSync(join(PLAIN, "page.js"), join(folder, "out/renderer/page.js"));
	cpSync(join(ROOT, "src/catalogue"), join(folder, "out/catalogue"), { recursive: true });
	cpSync(join(ROOT, "assets"), join(folder, "assets"), { recursive: true });
	writeFileSync(join(folder, "package.json"), '{ "name": "semaforo", "version": "0.0.0", "type": "module" }');
	return folder;
}

/** The same with the pages that people get. */
export async function builtWithPages(): Promise<string> {
	const folder = await built();
	const outDir = join(folder, "out/renderer");
	await build({ configFile: join(ROOT, "vite.renderer.config.ts"), logLevel: "error", build: { outDir } });
	return folder;
}

/** Where everything that lasts goes, for a program that is started with this. */
export function environmentOf(home: string): Record<string, string> {
	return {
		HOME: home,
		LOCALAPPDATA: home,
		XDG_DATA_HOME: home,
		XDG_CONFIG_HOME: join(home, "config"),
		// a desktop of somebody else's tells nothing about this program
		DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
	};
}

export interface Home {
	readonly home: string;
	/** Of the settings. */
	readonly file: string;
	remove(): void;
}

/** A home with these settings in it already, and a way to be rid of it. */
export function newHome(settings?: unknown): Home {
	const home = mkdtempSync(join(tmpdir(), "semaforo-home-"));
	const folder = join(dataFolder(process.platform, environmentOf(home), home), "app");
	mkdirSync(folder, { recursive: true });
	const file = join(folder, "settings.json");
	if (settings !== undefined) writeFileSync(file, typeof settings === "string" ? settings : JSON.stringify(settings));
	return { home, file, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }) };
}

/** The Chromium of this computer; absent where it has none, and then the stand-in shows no pages. */
export const chromium: string | undefined =
	process.env["CHROMIUM"] ??
	["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file));

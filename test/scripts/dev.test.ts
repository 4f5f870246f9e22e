import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
	appendFileSync,
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const DEV = join(ROOT, "scripts/dev.ts");

/** A program as small as can be, built by configurations of the same shape as the real ones. */
const PROJECT = {
	"package.json": '{ "type": "module" }',
	"vite.config.ts": `
		const part = (folder, input) => ({ consumer: "server", build: { ssr: true, outDir: "out/" + folder, rolldownOptions: { input, output: { entryFileNames: "[name].js" } } } });
		export default { environments: { main: part("main", { main: "src/main.ts" }), preload: part("preload", { preload: "src/preload.ts" }) } };
	`,
	"vite.renderer.config.ts": `
		export default { root: import.meta.dirname + "/pages", build: { outDir: import.meta.dirname + "/out/renderer", emptyOutDir: true } };
	`,
	"src/main.ts": 'console.log("first");',
	"src/preload.ts": 'console.log("preload");',
	"pages/index.html": "<p>first</p>",
	"dist/package.json": '{ "type": "commonjs" }',
	"dist/said": "",
};

/** Stands for Electron: says what it was started with, and that somebody asked for its pages; lives until it is ended. */
const ELECTRON = `#!${process.execPath}
const fs = require("node:fs");
const say = (line) => fs.appendFileSync(__dirname + "/said", line + "\\n");
const port = Number(process.argv[2].split("=")[1]);
require("node:http").createServer((request, response) => { say("asked " + request.url); response.end("[]"); }).listen(port, "127.0.0.1");
say("started " + fs.readFileSync(process.argv[3], "utf8").match(/first|second/));
process.on("SIGTERM", () => { say("ended"); process.exit(0); });
process.on("SIGUSR2", () => process.exit(7));
say("pid " + process.pid);
`;

describe.skipIf(process.platform === "win32")("npm run dev", { timeout: 60_000 }, () => {
	let folder: string;
	let dev: ChildProcess | undefined;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "semaforo-dev-"));
		for (const [name, text] of Object.entries(PROJECT)) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), text);
		}
		symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
		writeFileSync(join(folder, "dist/electron"), ELECTRON);
		chmodSync(join(folder, "dist/electron"), 0o755);
	});
	afterEach(async () => {
		if (dev && dev.exitCode === null) {
			dev.kill();
			await once(dev, "exit");
		}
		rmSync(folder, { recursive: true, force: true });
	});

	function start(env: Record<string, string>): ChildProcess {
		dev = spawn(process.execPath, [DEV], { cwd: folder, env: { PATH: process.env["PATH"], ...env } });
		return dev;
	}
	const said = () =>
		readFileSync(join(folder, "dist/said"), "utf8")
			.split("\n")
			.filter((line) => line && !line.startsWith("pid"));
	const becomes = (lines: string[]) => expect.poll(said, { timeout: 20_000 }).toEqual(lines);

	test("starts the program once all is built, anew with its own code, loads pages anew, and ends with it", async () => {
		const child = start({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, "dist"), DISPLAY: ":0" });
		await becomes(["started first"]);
		expect(existsSync(join(folder, "out/renderer/index.html"))).toBe(true);
		writeFileSync(join(folder, "pages/index.html"), "<p>second</p>");
		await becomes(["started first", "asked /json/list"]);
		writeFileSync(join(folder, "src/main.ts"), 'console.log("second");');
		await becomes(["started first", "asked /json/list", "ended", "started second"]);
		appendFileSync(join(folder, "src/preload.ts"), 'console.log("more");');
		await becomes(["started first", "asked /json/list", "ended", "started second", "ended", "started second"]);
		const pid = readFileSync(join(folder, "dist/said"), "utf8")
			.match(/pid \d+/g)
			?.at(-1)
			?.slice(4);
		process.kill(Number(pid), "SIGUSR2");
		expect(await once(child, "exit")).toEqual([7, null]);
	});

	test("goes on after code that does not build", async () => {
		const child = start({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, "dist"), DISPLAY: ":0" });
		await becomes(["started first"]);
		let complaints = "";
		child.stderr?.on("data", (data) => {
			complaints += String(data);
		});
		writeFileSync(join(folder, "src/main.ts"), "const = ;");
		await expect.poll(() => complaints, { timeout: 20_000 }).toMatch(/main: /);
		writeFileSync(join(folder, "src/main.ts"), 'console.log("second");');
		await becomes(["started first", "ended", "started second"]);
	});

	test("without Electron's binary says so in one line", async () => {
		const child = start({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, "none") });
		let told = "";
		child.stderr?.on("data", (data) => {
			told += String(data);
		});
		expect(await once(child, "exit")).toEqual([1, null]);
		expect(told).toMatch(/^No tray app: the Electron binary is not here \(npx install-electron fetches it\)\..*\n$/);
	});
});

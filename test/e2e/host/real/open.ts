import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ElectronApplication } from "playwright";
import { build } from "vite";

import { asking, ENDED, type Host, type HostKind, type HostOptions } from "../host.ts";
import { ORDERS, type Orders } from "../orders.ts";
import { environmentOf } from "../program.ts";
import { absence, electronBinary } from "./binary.ts";
import { displayFor } from "./display.ts";

const why = absence(process.env);
const DRIVER = "driver.mjs";
const LAUNCH_MS = 30_000;

/** Electron itself, started by Playwright. */
export const realElectron: HostKind = {
	name: "real Electron",
	...(why !== undefined && { absent: why }),
	showsPages: true,
	timeoutMs: 90_000,
	async open(options) {
		const binary = electronBinary(process.env) ?? "electron";
		const app = await launched(binary, options);
		const ended = once(app.process(), "exit").then(([code]) => code as number | null);
		const ask = talkTo(app, ended, lastWords(app));
		const pid = await begun(app, ask);
		return Object.assign(Object.create(asking(ask)), {
			ended,
			async kill() {
				// on Windows what Playwright started is a shell around it
				if (isAlive(app)) process.kill(pid, "SIGKILL");
				await ended;
			},
			async startAgain() {
				// not by Playwright, which takes one that ends at once for one that could not be started
				const sandbox = process.platform === "linux" ? ["--no-sandbox"] : [];
				const args = [...sandbox, options.program, ...(options.args ?? [])];
				const second = spawn(binary, args, { env: await environmentFor(options), stdio: "inherit" });
				const [code] = (await once(second, "exit")) as [number | null];
				return code;
			},
		}) as Host;
	},
};

/** Starts a binary with the program in it. Rejects with what it said where it cannot be started. */
export async function launched(binary: string, options: HostOptions): Promise<ElectronApplication> {
	const { program, args = [] } = options;
	const { _electron } = await import("playwright");
	await driverIn(program);
	const env = await environmentFor(options);
	try {
		return await _electron.launch({ executablePath: binary, args: [program, ...args], env, timeout: LAUNCH_MS });
	} catch (error) {
		throw new Error(`real Electron could not be started from ${binary}: ${wordsOf(error)}`, { cause: error });
	}
}

async function environmentFor(options: HostOptions): Promise<Record<string, string>> {
	const { program, home, world, at = 0, officialPages, ports = [], system = {} } = options;
	const file = join(home, "official-pages.json");
	if (officialPages) writeFileSync(file, JSON.stringify(officialPages));
	const orders: Orders = {
		built: join(program, "out"),
		at,
		system,
		ports,
		...(world !== undefined && { world }),
		...(officialPages && { pages: file }),
		scriptedTimers: true,
	};
	const given = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return {
		...Object.fromEntries(given),
		...environmentOf(home),
		...(await displayFor(process.env)),
		[ORDERS]: JSON.stringify(orders),
	};
}

/** The driver as plain JavaScript: whether Electron's Node reads TypeScript is nobody's promise. */
async function driverIn(program: string): Promise<void> {
	const file = join(program, DRIVER);
	if (existsSync(file)) return;
	await build({
		configFile: false,
		logLevel: "error",
		ssr: { noExternal: true },
		build: {
			ssr: join(import.meta.dirname, "run.ts"),
			target: "node24",
			outDir: program,
			emptyOutDir: false,
			rolldownOptions: { external: ["electron"], output: { entryFileNames: DRIVER } },
		},
	});
	const about = { name: "semaforo", version: "0.0.0", type: "module", main: DRIVER };
	writeFileSync(join(program, "package.json"), JSON.stringify(about));
}

type Ask = Parameters<typeof asking>[0];
type Driven = { semaforoOps?: Record<string, (...args: unknown[]) => unknown> };
type Answer = { readonly value?: unknown; readonly error?: string };

/** What it wrote last, for whoever wonders why it has ended. */
function lastWords(app: ElectronApplication): () => string {
	let words = "";
	app.process().stderr?.on("data", (data) => {
		words = (words + String(data)).slice(-2000);
	});
	return () => words;
}

function talkTo(app: ElectronApplication, ended: Promise<unknown>, words: () => string): Ask {
	const end = ended.then(() => Promise.reject(new Error(`${ENDED}: ${words()}`)));
	end.catch(() => {});
	return async (op, args) => {
		// as text: what Playwright does to look into large values takes its time
		const answering = app
			.evaluate(asked, JSON.stringify([op, args]))
			.catch((error: unknown) => unlessEnded(app, error));
		const { value, error } = (await Promise.race([answering, end])) as Answer;
		if (error !== undefined) throw new Error(error);
		return value;
	};
}

/** Runs inside Electron, and knows nothing but what is there. */
async function asked(_: unknown, question: string): Promise<Answer> {
	const [op, args] = JSON.parse(question) as [string, unknown[]];
	try {
		return { value: await (globalThis as Driven).semaforoOps?.[op]?.(...args) };
	} catch (error) {
		return { error: (error instanceof Error && error.stack) || String(error) };
	}
}

/** Whoever was asked while it ended has not answered: that it has ended is all there is to say, and said by `ended`. */
async function unlessEnded(app: ElectronApplication, error: unknown): Promise<unknown> {
	await pause(500);
	if (isAlive(app)) throw error;
	return await new Promise(() => {});
}

function isAlive(app: ElectronApplication): boolean {
	const { exitCode, signalCode } = app.process();
	return exitCode === null && signalCode === null;
}

async function begun(app: ElectronApplication, ask: Ask): Promise<number> {
	const isThere = () => app.evaluate(() => (globalThis as Driven).semaforoOps !== undefined);
	// where it ends before it is there, the question after this says so
	while (!(await isThere().catch(() => true))) await pause(20);
	await ask("begun", []);
	return await app.evaluate(() => process.pid);
}

/** What the program said of itself, in the first lines. */
function wordsOf(error: unknown): string {
	const said = error instanceof Error ? error.message : String(error);
	return said.split("\n").slice(0, 20).join("\n");
}

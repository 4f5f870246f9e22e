import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBuilder } from "vite";
import type { Ops } from "./run.ts";

const ROOT = join(import.meta.dirname, "../../..");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) =>
	existsSync(file),
);

/** The Chromium of this computer; absent where it has none, and then pages are not shown. */
export const chromium: string | undefined = process.env["CHROMIUM"] ?? CHROMIUM;

/** The program as it is built for people, in a folder of its own with a plain page; made once for all tests of a file. */
export async function built(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), "semaforo-built-"));
	const builder = await createBuilder({ root: ROOT, configFile: join(ROOT, "vite.config.ts"), logLevel: "error" });
	for (const name of ["main", "preload"]) {
		const environment = builder.environments[name];
		if (!environment) throw new Error(`no environment ${name}`);
		environment.config.build.outDir = join(folder, "out", name);
		await builder.build(environment);
	}
	cpSync(join(import.meta.dirname, "../pages"), join(folder, "out/renderer"), { recursive: true });
	cpSync(join(ROOT, "src/catalogue"), join(folder, "out/catalogue"), { recursive: true });
	cpSync(join(ROOT, "assets"), join(folder, "assets"), { recursive: true });
	return folder;
}

export interface HostOptions {
	/** What `built` gave. */
	readonly program: string;
	/** Where it keeps what lasts. */
	readonly home: string;
	/** A scenario's file; the real world where absent. */
	readonly world?: string;
	/** When it starts, by the scripted clock. */
	readonly at?: number;
	readonly env?: Readonly<Record<string, string>>;
	readonly args?: readonly string[];
	/** With pages in a real Chromium. */
	readonly pages?: boolean;
}

/** A program that runs, with all that a test may do to it. */
export interface Host {
	run<O extends keyof Ops>(op: O, ...args: Parameters<Ops[O]>): Promise<Awaited<ReturnType<Ops[O]>>>;
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
	/** Resolves with its code once it has ended by itself. */
	readonly ended: Promise<number | null>;
}

/** Starts the program over the stand-in and waits until it has begun. */
export async function openHost({
	program,
	home,
	world,
	at = 0,
	args = [],
	env = {},
	pages = false,
}: HostOptions): Promise<Host> {
	const child = fork(join(import.meta.dirname, "run.ts"), args, {
		execArgv: ["--import", join(import.meta.dirname, "register.ts")],
		stdio: ["ignore", "inherit", "inherit", "ipc"],
		env: {
			...process.env,
			XDG_DATA_HOME: home,
			XDG_CONFIG_HOME: join(home, "config"),
			DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
			SEMAFORO_TEST_BUILT: join(program, "out"),
			SEMAFORO_TEST_PRELOAD: join(program, "out/preload/preload.cjs"),
			SEMAFORO_TEST_AT: String(at),
			...(world && { SEMAFORO_TEST_WORLD: world }),
			...(pages && chromium && { SEMAFORO_TEST_CHROMIUM: chromium }),
			...env,
		},
	});
	const ended = once(child, "exit").then(([code]) => code as number | null);
	const run = talkTo(child);
	if (env["SEMAFORO_TEST_SECOND"] === undefined) await run("begun");
	return {
		run,
		ended,
		async kill() {
			child.kill("SIGKILL");
			await ended;
		},
	};
}

function talkTo(child: ChildProcess): Host["run"] {
	let next = 1;
	const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
	child.on("message", ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
		const asked = waiting.get(id);
		waiting.delete(id);
		if (error === undefined) asked?.resolve(value as never);
		else asked?.reject(new Error(error));
	});
	child.on("exit", () => {
		for (const { reject } of waiting.values()) reject(new Error("the program has ended"));
		waiting.clear();
	});
	return (op, ...args) =>
		new Promise((resolve, reject) => {
			const id = next++;
			waiting.set(id, { resolve, reject });
			child.send({ id, op, args });
		});
}

/** A home with these settings in it already, and a way to be rid of it. */
export function newHome(settings?: unknown): { home: string; remove(): void; file: string } {
	const home = mkdtempSync(join(tmpdir(), "semaforo-home-"));
	const folder = join(home, "semaforo/app");
	mkdirSync(folder, { recursive: true });
	const file = join(folder, "settings.json");
	if (settings !== undefined) writeFileSync(file, typeof settings === "string" ? settings : JSON.stringify(settings));
	return { home, file, remove: () => rmSync(home, { recursive: true, force: true }) };
}

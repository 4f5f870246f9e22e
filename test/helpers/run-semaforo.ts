import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const ENTRY = join(import.meta.dirname, "../../src/cli/semaforo.ts");

export interface Ran {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number | null;
}

/** Starts the real program as its own process; it speaks English unless the environment given says otherwise. */
export function start(
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
	const child = spawn(process.execPath, [ENTRY, ...args], {
		env: { ...process.env, NO_COLOR: "1", LC_ALL: "C", ...env },
	});
	child.stdout.setEncoding("utf8");
	child.stderr.setEncoding("utf8");
	return child;
}

/** Runs it to its end. */
export async function semaforo(...args: string[]): Promise<Ran> {
	return ended(start(args));
}

export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ran> {
	let stdout = "";
	let stderr = "";
	child.stdout.on("data", (text) => {
		stdout += text;
	});
	child.stderr.on("data", (text) => {
		stderr += text;
	});
	const [code] = await once(child, "close");
	return { stdout, stderr, code: code as number | null };
}

/** Resolves with all that was printed so far, once the given words are among it. */
export function printed(child: ChildProcessWithoutNullStreams, words: string | RegExp): Promise<string> {
	return new Promise((resolve, reject) => {
		let seen = "";
		child.stdout.on("data", (text) => {
			seen += text;
			if (typeof words === "string" ? seen.includes(words) : words.test(seen)) resolve(seen);
		});
		child.once("close", () => reject(new Error(`expected ${words}, the program printed ${JSON.stringify(seen)}`)));
	});
}

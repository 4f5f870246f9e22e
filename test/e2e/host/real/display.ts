import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { hasDisplay, xvfb } from "./binary.ts";

let display: Promise<Record<string, string>> | undefined;

/** What a program needs to know to find the display; where there is none, a virtual one is started, which ends with this process. */
export function displayFor(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
	if (hasDisplay(env)) return Promise.resolve({});
	display ??= virtualDisplay(xvfb(env) ?? "Xvfb");
	return display;
}

async function virtualDisplay(program: string): Promise<Record<string, string>> {
	const server = spawn(program, ["-displayfd", "3", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"], {
		stdio: ["ignore", "ignore", "inherit", "pipe"],
	});
	process.once("exit", () => server.kill());
	const numbers = server.stdio[3] as Readable;
	const [number] = (await Promise.race([
		once(numbers, "data"),
		once(server, "exit").then(([code]) => {
			throw new Error(`${program} ended with ${code} before it had a display`);
		}),
	])) as [Buffer];
	server.unref();
	numbers.destroy();
	return { DISPLAY: `:${number.toString().trim()}` };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { reloadPages } from "./reload.ts";

/** The program under development: one process at a time, ended and begun anew when its own code changes. */
export class Running {
	readonly #binary: string;
	readonly #args: readonly string[];
	readonly #onEnd: (code: number) => void;
	#child: ChildProcess | undefined;
	#port = 0;
	#turn: Promise<void> = Promise.resolve();

	/** `onEnd` is told once it has ended by itself. */
	constructor(binary: string, args: readonly string[], onEnd: (code: number) => void) {
		this.#binary = binary;
		this.#args = args;
		this.#onEnd = onEnd;
	}

	restart(): Promise<void> {
		return this.#next(async () => {
			await this.#end();
			this.#port = await freePort();
			const child = spawn(this.#binary, [`--remote-debugging-port=${this.#port}`, ...this.#args], { stdio: "inherit" });
			child.on("exit", (code) => {
				if (this.#child === child) this.#onEnd(code ?? 1);
			});
			child.on("error", () => this.#onEnd(1));
			this.#child = child;
		});
	}

	/** A program that has no page, or none yet, has nothing to load anew. */
	reload(): Promise<void> {
		return this.#next(async () => {
			if (this.#child) await reloadPages(this.#port).catch(() => {});
		});
	}

	end(): Promise<void> {
		return this.#next(() => this.#end());
	}

	async #end(): Promise<void> {
		const child = this.#child;
		this.#child = undefined;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		child.kill();
		await once(child, "exit");
	}

	#next(step: () => Promise<void>): Promise<void> {
		this.#turn = this.#turn.then(step);
		return this.#turn;
	}
}

async function freePort(): Promise<number> {
	const server = createServer();
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

import { createLogUpdate } from "log-update";
import type { Words } from "../words/words.ts";

/** The streams a command talks to, and the wish to stop. */
export interface Terminal {
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	/** Columns that fit: the terminal's width, or as much as is read comfortably where there is no terminal. */
	width(): number;
	/** Resolves at the first Ctrl-C or request to end. */
	readonly interrupted: Promise<void>;
}

const WITHOUT_TERMINAL = 200;

export function systemTerminal(): Terminal {
	const { stdout, stderr } = process;
	// a reader that has gone away, as in `semaforo watch | head`, is no mistake
	for (const stream of [stdout, stderr]) {
		stream.on("error", (error: NodeJS.ErrnoException) => {
			if (error.code === "EPIPE") process.exit(0);
			throw error;
		});
	}
	const interrupted = new Promise<void>((resolve) => {
		for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
	});
	return { stdout, stderr, interrupted, width: () => (stdout.isTTY ? stdout.columns : WITHOUT_TERMINAL) };
}

/** A line that says how far a round is; only where standard error is a terminal. */
export interface Progress {
	show(round: { readonly done: number; readonly total: number }): void;
	clear(): void;
}

export function terminalProgress({ stderr }: Terminal, words: Words): Progress {
	if (!stderr.isTTY) return { show() {}, clear() {} };
	const line = createLogUpdate(stderr);
	return {
		show: ({ done, total }) => line(words.t("terminal.checking", { done, total })),
		clear: () => line.clear(),
	};
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A process of its own, so that what it costs can be told from what the bench costs. It answers one question at a time. */
export interface Child<Question, Answer> {
	readonly pid: number;
	/** Rejects with what went wrong over there. */
	ask(question: Question): Promise<Answer>;
	end(): Promise<void>;
}

type Reply<Answer> = { readonly answer: Answer } | { readonly error: string };

/** Starts a file that calls `answerWith`. `nodeOptions` are Node's own, as on its command line. */
export async function startChild<Question, Answer>(
	file: string,
	nodeOptions: readonly string[] = [],
	env: Readonly<Record<string, string>> = {},
): Promise<Child<Question, Answer>> {
	const child = fork(file, {
		execArgv: [...nodeOptions],
		env: { ...process.env, ...env },
		stdio: ["ignore", "ignore", "inherit", "ipc"],
	});
	await once(child, "spawn");
	return {
		pid: child.pid ?? 0,
		ask: (question) => ask(child, question),
		async end() {
			if (child.exitCode !== null) return;
			const ended = once(child, "exit");
			child.disconnect();
			await ended;
		},
	};
}

async function ask<Question, Answer>(child: ChildProcess, question: Question): Promise<Answer> {
	const lost = new AbortController();
	const gone = once(child, "exit", { signal: lost.signal }).then(([code]) => {
		throw new Error(`the child process ended with code ${code} before it answered`);
	});
	gone.catch(() => {});
	child.send(question as object);
	try {
		const [reply] = (await Promise.race([once(child, "message"), gone])) as [Reply<Answer>];
		if ("error" in reply) throw new Error(reply.error);
		return reply.answer;
	} finally {
		lost.abort();
	}
}

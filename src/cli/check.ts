import { exitCode } from "./exit-code.ts";
import { snapshotJson } from "./json.ts";
import { painterFor } from "./paint.ts";
import { type CommonOptions, openSession, readSetting } from "./session.ts";
import { wordsForPeople, wordsForPrograms } from "./speech.ts";
import { renderSnapshot } from "./table.ts";
import { type Terminal, terminalProgress } from "./terminal.ts";

export interface CheckOptions extends CommonOptions {
	readonly json?: boolean;
}

/** A round in which something fails is over by then: five tries, each of which may take its full time. */
const LONGEST_ROUND_MS = 120_000;
/** More at once than the watcher: somebody waits for the answer. */
const CONCURRENCY = 16;

/** One round with confirmation, printed as a table or as JSON. Resolves to the exit code. */
export async function check(names: readonly string[], options: CheckOptions, terminal: Terminal): Promise<number> {
	const setting = readSetting(options);
	for (const note of setting.notes) terminal.stderr.write(`${note}\n`);
	const words = await (options.json ? wordsForPrograms(options) : wordsForPeople(options));
	const progress = terminalProgress(terminal, words);
	const session = openSession({
		setting,
		names,
		...(options.config && { settingsFile: options.config }),
		concurrency: CONCURRENCY,
		onChange: () => progress.show(session.monitor.snapshot().round),
	});
	try {
		session.monitor.start();
		await Promise.race([session.monitor.settled(), terminal.interrupted, patience(LONGEST_ROUND_MS)]);
		const snapshot = session.monitor.snapshot();
		progress.clear();
		const { stdout } = terminal;
		const lines = options.json
			? [snapshotJson(snapshot, words)]
			: renderSnapshot(snapshot, terminal.width(), painterFor(stdout), words);
		stdout.write(`${lines.join("\n")}\n`);
		return exitCode(snapshot);
	} finally {
		progress.clear();
		await session.end();
	}
}

function patience(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

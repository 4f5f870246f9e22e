import type { Notice } from "../core/notice.ts";
import type { Settings } from "../core/settings.ts";
import { systemClock } from "../io/clock.ts";
import { dataFolder } from "../io/folders.ts";
import { earlierRun } from "../io/history/earlier-run.ts";
import { type HistoryDb, openHistory } from "../io/history/history-db.ts";
import { onNetworkChange } from "../io/interfaces.ts";
import { headline } from "../words/headline.ts";
import type { Words } from "../words/words.ts";
import { giveBack } from "./frugal.ts";
import { noticeLine } from "./notice-line.ts";
import { painterFor } from "./paint.ts";
import { drawnPicture } from "./picture.ts";
import { type CommonOptions, historyFile, openSession, readSetting, type Session } from "./session.ts";
import { wordsForPeople } from "./speech.ts";
import type { Terminal } from "./terminal.ts";

export interface WatchOptions extends CommonOptions {
	/** False with `--no-history`. */
	readonly history?: boolean;
}

/** Runs until it is interrupted. Resolves to the exit code. */
export async function watch(names: readonly string[], options: WatchOptions, terminal: Terminal): Promise<number> {
	const setting = readSetting(options);
	for (const note of setting.notes) terminal.stderr.write(`${note}\n`);
	const words = await wordsForPeople(options);
	const face = terminal.stdout.isTTY ? drawnFace(terminal, words) : plainFace(terminal, words);
	const history = options.history === false ? undefined : keepHistory(setting.settings, face);
	const session: Session = openSession({
		setting,
		names,
		...(options.config && { settingsFile: options.config }),
		...(history && { history, earlier: earlierRun(history, systemClock.now()) }),
		onChange: () => face.changed(session),
		show: (notice) => face.tell([notice], session),
	});
	const endListening = onNetworkChange(() => session.monitor.networkChanged());
	try {
		session.monitor.start();
		void session.monitor.settled().then(giveBack);
		await terminal.interrupted;
	} finally {
		endListening();
		face.end();
		await session.end();
		history?.close();
	}
	return 0;
}

function keepHistory({ history }: Settings, face: Face): HistoryDb | undefined {
	if (!history.keep) return undefined;
	return openHistory({
		file: historyFile(history.folder ?? dataFolder(process.platform, process.env)),
		now: systemClock.now,
		maxBytes: history.maxBytes,
		maxAgeMs: history.maxAgeMs,
		onTrouble: ({ message }) => face.say(message),
	});
}

/** How the watcher shows itself. */
interface Face {
	changed(session: Session): void;
	tell(notices: readonly Notice[], session: Session): void;
	/** A line that is not about services. */
	say(line: string): void;
	end(): void;
}

/** On a terminal: one picture that is drawn again in place, with notices above it. */
function drawnFace(terminal: Terminal, words: Words): Face {
	const paint = painterFor(terminal.stdout);
	const picture = drawnPicture(terminal, words, {
		foot: ({ round: { done, total } }) =>
			done < total ? words.t("terminal.checking", { done, total }) : words.t("terminal.watching"),
	});
	return {
		changed: (session) => picture.changed(() => session.monitor.snapshot()),
		tell(notices, session) {
			for (const line of noticeLines(notices, session, words)) picture.say(paint("bold", line));
		},
		say: picture.say,
		end: picture.end,
	};
}

/** Elsewhere: a line when the first round is over, and one for each notice. */
function plainFace({ stdout }: Terminal, words: Words): Face {
	let began = false;
	const write = (line: string) => void stdout.write(`${line}\n`);
	return {
		changed(session) {
			if (began) return;
			began = true;
			void session.monitor.settled().then(() => {
				const snapshot = session.monitor.snapshot();
				write(`${clockTime(snapshot.at)} ${headline(snapshot, words)}`);
			});
		},
		tell(notices, session) {
			for (const line of noticeLines(notices, session, words)) write(line);
		},
		say: write,
		end() {},
	};
}

function noticeLines(notices: readonly Notice[], { monitor }: Session, words: Words): string[] {
	const snapshot = monitor.snapshot();
	return notices.map((notice) => `${clockTime(notice.at)} ${noticeLine(notice, snapshot, words)}`);
}

function clockTime(at: number): string {
	// Intl would keep eight megabytes of its data in memory for this line
	const date = new Date(at);
	const two = (part: number) => String(part).padStart(2, "0");
	const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
	return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}

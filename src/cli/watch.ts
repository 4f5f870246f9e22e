import { createLogUpdate } from "log-update";
import wrapAnsi from "wrap-ansi";
import type { IncidentBook } from "../core/incidents.ts";
import { noticeSentence } from "../core/notice-words.ts";
import type { Notice } from "../core/notices.ts";
import type { Settings } from "../core/settings.ts";
import { headline } from "../core/wording.ts";
import { systemClock } from "../io/clock.ts";
import { dataFolder } from "../io/folders.ts";
import { type HistoryDb, openHistory } from "../io/history/history-db.ts";
import { onNetworkChange } from "../io/interfaces.ts";
import { giveBack } from "./frugal.ts";
import { painterFor } from "./paint.ts";
import { type CommonOptions, historyFile, openSession, readSetting, type Session } from "./session.ts";
import { renderSnapshot } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export interface WatchOptions extends CommonOptions {
	/** False with `--no-history`. */
	readonly history?: boolean;
}

const CONCURRENCY = 8;
/** A picture is drawn at most this often. */
const REDRAW_MS = 250;
/** Closed incidents this old play no part any more. */
const REMEMBERED_MS = 24 * 3_600_000;

/** Runs until it is interrupted. Resolves to the exit code. */
export async function watch(names: readonly string[], options: WatchOptions, terminal: Terminal): Promise<number> {
	const setting = readSetting(options);
	const face = terminal.stdout.isTTY ? drawnFace(terminal) : plainFace(terminal);
	const history = options.history === false ? undefined : keepHistory(setting.settings, face);
	const session: Session = openSession({
		setting,
		names,
		...(options.config && { settingsFile: options.config }),
		...(history && { history, book: bookFrom(history) }),
		concurrency: CONCURRENCY,
		onChange: () => face.changed(session),
		onNotices: (notices) => face.tell(notices, session),
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

/** The incidents of earlier runs that still matter, and a number no earlier run has used. */
function bookFrom(history: HistoryDb): IncidentBook {
	const all = history.readIncidents({});
	const numbers = all.map(({ id }) => Number(id.slice(1))).filter(Number.isSafeInteger);
	const recent = all.filter(({ closedAt }) => closedAt === undefined || closedAt > systemClock.now() - REMEMBERED_MS);
	return { incidents: recent, nextNumber: Math.max(0, ...numbers) + 1 };
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
function drawnFace(terminal: Terminal): Face {
	const paint = painterFor(terminal.stdout);
	const picture = createLogUpdate(terminal.stdout);
	let waiting: NodeJS.Timeout | undefined;
	let ended = false;
	const draw = (session: Session) => {
		const snapshot = session.monitor.snapshot();
		const { done, total } = snapshot.round;
		const foot = done < total ? `Checking … ${done} of ${total}` : "Watching. Ctrl-C ends.";
		picture(["", ...renderSnapshot(snapshot, terminal.width(), paint), "", paint("gray", foot)].join("\n"));
	};
	const above = (line: string) => {
		picture.clear();
		terminal.stdout.write(`${wrapAnsi(line, terminal.width())}\n`);
	};
	return {
		changed(session) {
			if (waiting || ended) return;
			waiting = setTimeout(() => {
				waiting = undefined;
				draw(session);
			}, REDRAW_MS);
		},
		tell(notices, session) {
			for (const line of noticeLines(notices, session)) above(paint("bold", line));
		},
		say: above,
		end() {
			ended = true;
			clearTimeout(waiting);
			picture.done();
		},
	};
}

/** Elsewhere: a line when the first round is over, and one for each notice. */
function plainFace({ stdout }: Terminal): Face {
	let began = false;
	const write = (line: string) => void stdout.write(`${line}\n`);
	return {
		changed(session) {
			if (began) return;
			began = true;
			void session.monitor.settled().then(() => {
				const snapshot = session.monitor.snapshot();
				write(`${clockTime(snapshot.at)} ${headline(snapshot)}`);
			});
		},
		tell(notices, session) {
			for (const line of noticeLines(notices, session)) write(line);
		},
		say: write,
		end() {},
	};
}

function noticeLines(notices: readonly Notice[], { monitor }: Session): string[] {
	const { names } = monitor.snapshot();
	return notices.map((notice) => `${clockTime(notice.at)} ${noticeSentence(notice, names)}`);
}

function clockTime(at: number): string {
	// Intl would keep eight megabytes of its data in memory for this line
	const date = new Date(at);
	const two = (part: number) => String(part).padStart(2, "0");
	const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
	return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}

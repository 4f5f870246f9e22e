import { createLogUpdate } from "log-update";
import wrapAnsi from "wrap-ansi";
import type { Snapshot } from "../core/snapshot.ts";
import type { Words } from "../words/words.ts";
import { painterFor } from "./paint.ts";
import { renderSnapshot } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** One picture on a terminal that is drawn again in place. */
export interface Picture {
	/** There is something new to draw; it is drawn soon, at most four times a second. */
	changed(snapshot: () => Snapshot): void;
	/** A line that stays, above the picture. */
	say(line: string): void;
	/** The last picture stays. */
	end(): void;
}

const REDRAW_MS = 250;

/** The table of a snapshot, with a sentence above it and one below; a low window shows the rows that say something, as far as it has room, and counts the rest. */
export function drawnPicture(
	terminal: Terminal,
	words: Words,
	around: { readonly head?: () => string; readonly foot: (snapshot: Snapshot) => string },
): Picture {
	const { stdout } = terminal;
	const paint = painterFor(stdout);
	const picture = createLogUpdate(stdout);
	let waiting: NodeJS.Timeout | undefined;
	let ended = false;
	const wrapped = (line: string) => wrapAnsi(line, terminal.width()).split("\n");
	const render = (snapshot: Snapshot) => renderSnapshot(snapshot, terminal.width(), paint, words);
	const draw = (snapshot: Snapshot) => {
		const head = around.head ? ["", ...wrapped(around.head()).map((line) => paint("bold", line))] : [];
		const foot = ["", paint("gray", around.foot(snapshot))];
		const all = render(snapshot);
		// one line is blank, and the last one of a window is the cursor's
		const room = (stdout.rows || Number.POSITIVE_INFINITY) - head.length - foot.length - 2;
		// the sentences are about everything, whichever rows there is room for
		const lead = all.slice(0, all.indexOf("") + 1);
		const rows = (lines: readonly string[]) => lines.slice(lines.indexOf("") + 1);
		const shown =
			all.length <= room ? all : [...lead, ...rows(render(withoutBlind(snapshot)))].slice(0, Math.max(1, room - 1));
		const left = all.length - shown.length;
		const more = left > 0 ? [paint("gray", words.t("terminal.moreRows", { count: left }))] : [];
		picture([...head, "", ...shown, ...more, ...foot].join("\n"));
	};
	return {
		changed(snapshot) {
			if (waiting || ended) return;
			waiting = setTimeout(() => {
				waiting = undefined;
				draw(snapshot());
			}, REDRAW_MS);
		},
		say(line) {
			picture.clear();
			stdout.write(`${wrapped(line).join("\n")}\n`);
		},
		end() {
			ended = true;
			clearTimeout(waiting);
			picture.done();
		},
	};
}

/** What nobody can see, and no page speaks of, is the first to go. */
function withoutBlind(snapshot: Snapshot): Snapshot {
	const services = snapshot.services.map((service) => ({
		...service,
		features: service.features.filter(({ blind, level }) => !(blind && level === "unknown")),
	}));
	return { ...snapshot, services };
}

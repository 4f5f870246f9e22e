import type { Level } from "../../core/level.ts";
import { bodyText, titleOf, wordOf } from "./plain-text.ts";
import { timeOf } from "./time-of.ts";

/** What an item says about itself. */
export interface Statement {
	/** The vendor's word; empty where the item names no state. */
	readonly word: string;
	readonly means: "open" | "over" | "planned" | "at_work" | "nothing";
	/** What stood in a `Status:` line where our table knows no such word. */
	readonly unknown?: string;
}

/** The newest update comes first, and says its state in its first line. */
const BODY_LIMIT = 4000;

const MEANINGS: Readonly<Record<string, Statement["means"]>> = {
	investigating: "open",
	identified: "open",
	monitoring: "open",
	watching: "open",
	update: "open",
	updated: "open",
	ongoing: "open",
	open: "open",
	reopened: "open",
	"initial notification": "open",
	resolved: "over",
	resolution: "over",
	closed: "over",
	fixed: "over",
	recovered: "over",
	restored: "over",
	"service restored": "over",
	"service is operating normally": "over",
	completed: "over",
	ended: "over",
	postmortem: "over",
	scheduled: "planned",
	pending: "planned",
	"in progress": "at_work",
	verifying: "at_work",
};

/** Where titles put the state: before a colon, in brackets, or at the end. */
const IN_TITLE = /^([^:[\]]{3,30}):|\[([^\]]{3,30})\]|[-–—:(]\s*([a-z ]{3,30})\)?$/gi;
const STATUS_LINE = /\bstatus:\s*([a-z][a-z ]{2,29}?)\s*(?:[^a-z\s]|\n|$)/i;
const BOLD = /<(strong|b)\b[^<>]*>([^<]{1,80})<\/\1>/gi;
const LINE_ENDS = /<\/(?:h\d|p|div|li|b|strong)>|<br\b[^<>]*>/gi;

/**
 * The state an item is in: by its title, else by a `Status:` line, else by the first bold words of its body that are not a
 * date, for bodies begin with the newest update. Words outside the table are no statement, and nothing after them is read.
 */
export function stateOf(title: string, html: string): Statement {
	const inTitle = [...titleOf(title).matchAll(IN_TITLE)].map((match) => meaningOf(match.slice(1).find(Boolean)));
	const told = inTitle.find((statement) => statement.means !== "nothing");
	if (told) return told;
	const body = html.slice(0, BODY_LIMIT);
	const lines = body.replaceAll(LINE_ENDS, "\n").replaceAll(/<[^<>]*>/g, "");
	const line = STATUS_LINE.exec(lines);
	if (line) {
		const stated = meaningOf(line[1]);
		return stated.means === "nothing" ? { ...stated, unknown: wordOf(line[1] ?? "") } : stated;
	}
	return meaningOf([...body.matchAll(BOLD)].map((match) => match[2]).find((words) => timeOf(words) === undefined));
}

function meaningOf(words: string | undefined): Statement {
	const word = wordOf(words ?? "").toLowerCase();
	const means = Object.hasOwn(MEANINGS, word) ? MEANINGS[word] : undefined;
	return means ? { word, means } : { word: "", means: "nothing" };
}

const LEVEL_WORDS: readonly (readonly [RegExp, Level])[] = [
	[/\b(?:major|complete|total|full|widespread|global) (?:service )?(?:outage|disruption|failure)/i, "major_outage"],
	[/\b(?:outage|disruption|interruption|unavailable|unreachable|offline|(?<!slow\w* )down)\b/i, "partial_outage"],
	[/\b(?:degrad\w+|delay\w*|slow\w*|latency|intermittent\w*|errors?|error rates?|fail\w*|time-?outs?)\b/i, "degraded"],
	[/\b(?:performance|connectivity|connection) (?:issue|problem)s?\b/i, "degraded"],
	[/\bmaintenance\b/i, "maintenance"],
];

/** How bad an item says it is, by the words of its title, else by those its body begins with; `unknown` without any. */
export function levelOfWords(title: string, html: string): Level {
	const about = [titleOf(title), bodyText(html).slice(0, 600)];
	for (const text of about) {
		const found = LEVEL_WORDS.find(([words]) => words.test(text));
		if (found) return found[1];
	}
	return "unknown";
}

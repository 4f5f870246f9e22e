import type { Notice } from "../core/notice.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { accountOf } from "../replay/account.ts";
import { excerptOf } from "../replay/excerpt.ts";
import type { Demonstration } from "../replay/loopback/demonstration.ts";
import { castOf } from "../replay/performance.ts";
import type { Scenario } from "../replay/scenario.ts";
import { duration } from "../words/durations.ts";
import type { Names } from "../words/names.ts";
import type { Words } from "../words/words.ts";
import { Complaint } from "./complaint.ts";
import { summaryLines } from "./demo-summary.ts";
import { EXIT } from "./exit-code.ts";
import { noticeLine } from "./notice-line.ts";
import { painterFor } from "./paint.ts";
import { drawnPicture, type Picture } from "./picture.ts";
import { scenarioLines, scenarioNamed, scenarioTime } from "./scenarios.ts";
import { type CommonOptions, readSetting } from "./session.ts";
import { wordsForPeople } from "./speech.ts";
import type { Terminal } from "./terminal.ts";

export interface DemoOptions extends CommonOptions {
	/** How many times faster than in truth, as it was typed. */
	readonly speed: string;
	/** All of it, not only the part in which something happens. */
	readonly fromStart?: boolean;
	readonly list?: boolean;
}

/** Meta's long evening: several features of five services fail one after the other, and the official page is an hour late. */
const MOST_TELLING = "2024-12-11-meta-waves";
/** Faster than that, an ordinary computer cannot give every check its own connection. */
const FASTEST = 600;
/** From this share of the speed asked for on, it is not worth a word. */
const NEARLY = 0.9;
/** The clock of the picture moves even while nothing happens. */
const TICK_MS = 250;

/** Performs a scenario with real servers on this computer and shows it live. Resolves to the exit code. */
export async function demo(name = MOST_TELLING, options: DemoOptions, terminal: Terminal): Promise<number> {
	if (options.list) {
		terminal.stdout.write(`${scenarioLines().join("\n")}\n`);
		return EXIT.operational;
	}
	const speed = speedOf(options.speed);
	const { catalogue } = readSetting(options);
	const whole = scenarioNamed(name);
	const scenario = options.fromStart ? whole : excerptOf(whole, castOf(whole, catalogue).checks);
	// what makes the certificates is large, and nobody else needs it
	const { openDemonstration } = await import("../replay/loopback/demonstration.ts");
	const demonstration = await openDemonstration(scenario, catalogue, speed);
	let interrupted = false;
	void terminal.interrupted.then(() => {
		interrupted = true;
		demonstration.stop();
	});
	const stage = { scenario, speed, words: await wordsForPeople(options), terminal, demonstration };
	const { notices, names } = await show(stage);
	if (!interrupted) {
		const accounts = accountOf(scenario, notices, catalogue.services);
		const lines = [...summaryLines(accounts, names, stage.words), ...frankLines(stage)];
		terminal.stdout.write(`\n${lines.join("\n")}\n`);
	}
	return EXIT.operational;
}

async function show(stage: Stage): Promise<{ notices: readonly Notice[]; names: Names }> {
	const { words, demonstration, terminal } = stage;
	const face = terminal.stdout.isTTY ? drawnFace(stage) : plainFace(stage);
	const notices: Notice[] = [];
	let picture: (() => Snapshot) | undefined;
	try {
		const { names } = await demonstration.play({
			onChange(snapshot) {
				picture = snapshot;
				face.changed(snapshot);
			},
			show(notice) {
				notices.push(notice);
				if (picture) face.tell(notice.at, noticeLine(notice, picture(), words));
			},
			onSleep: (from, until) => face.tell(from, words.t("demo.asleep", { duration: duration(until - from, words) })),
		});
		return { notices, names };
	} finally {
		face.end();
	}
}

function speedOf(text: string): number {
	const speed = Number(text);
	if (speed >= 1 && speed <= FASTEST) return speed;
	throw new Complaint(`--speed: expected a number from 1 to ${FASTEST}, found "${text.slice(0, 60)}"`);
}

interface Stage {
	readonly scenario: Scenario;
	readonly speed: number;
	readonly words: Words;
	readonly terminal: Terminal;
	readonly demonstration: Demonstration;
}

/** How a demonstration shows itself. */
interface Face {
	changed: Picture["changed"];
	tell(at: number, line: string): void;
	end(): void;
}

function drawnFace(stage: Stage): Face {
	const { scenario, words, terminal } = stage;
	const paint = painterFor(terminal.stdout);
	let newest: (() => Snapshot) | undefined;
	const picture = drawnPicture(terminal, words, {
		head: () => headerOf(stage),
		foot: () => words.t("demo.foot"),
	});
	if (scenario.about) picture.say(scenario.about);
	const clock = setInterval(() => newest && picture.changed(newest), TICK_MS);
	return {
		changed(snapshot) {
			newest = snapshot;
			picture.changed(snapshot);
		},
		tell: (at, line) => picture.say(paint("bold", `${scenarioTime(at)}  ${line}`)),
		end() {
			clearInterval(clock);
			picture.end();
		},
	};
}

function plainFace(stage: Stage): Face {
	const { about } = stage.scenario;
	const { stdout } = stage.terminal;
	const write = (line: string) => void stdout.write(`${line}\n`);
	write(headerOf(stage));
	if (about) write(`  ${about}`);
	write("");
	return { changed() {}, tell: (at, line) => write(`${scenarioTime(at)}  ${line}`), end() {} };
}

/** That this is no news, how fast it goes and where it is. */
function headerOf(stage: Stage): string {
	const { scenario, speed, words, demonstration } = stage;
	const time = scenarioTime(demonstration.now());
	return [words.t("demo.header", { name: scenario.name, speed, time }), ...slowLines(stage)].join(" ");
}

/** What did not go as it should have, where anything did not. */
function frankLines(stage: Stage): string[] {
	const { strayed, total } = stage.demonstration.runs;
	const stray = strayed > 0 ? [stage.words.t("demo.strayed", { count: strayed, total })] : [];
	return [...slowLines(stage), ...stray];
}

function slowLines({ speed, words, demonstration }: Stage): string[] {
	const achieved = demonstration.achieved();
	return achieved < NEARLY * speed ? [words.t("demo.slow", { speed: Math.round(achieved) })] : [];
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failure } from "../../src/core/failure.ts";
import { advance, isCalm, isUnstable, type Track, type Transition, UNSTABLE } from "../../src/core/hysteresis.ts";
import { isProblem, LEVELS, type Level } from "../../src/core/level.ts";
import type { Reason, Verdict } from "../../src/core/verdict.ts";
import { MINUTE, T0 } from "../helpers/evidence.ts";
import { verdict } from "../helpers/story.ts";

const VERDICTS = {
	well: verdict("operational", "settled"),
	recovering: verdict("operational", "recovering"),
	nothing: verdict("unknown", "none"),
	doubtful: verdict("unknown", "suspected"),
	suspected: verdict("operational", "suspected"),
	planned: verdict("maintenance", "proven"),
	slow: verdict("degraded", "proven"),
	partly: verdict("partial_outage", "proven"),
	down: verdict("major_outage", "proven"),
	unproven: verdict("major_outage", "suspected"),
} satisfies Record<string, Verdict>;
type Word = keyof typeof VERDICTS;

const START: Track = {
	service: "s",
	feature: "feed",
	level: "unknown",
	since: T0,
	verdict: VERDICTS.nothing,
};

/** Tells verdicts at the given minutes; gives what was shown after each, with the transition where there was one. */
function shown(story: readonly (readonly [minute: number, word: Word])[]): string[] {
	let track = START;
	return story.map(([minute, word]) => {
		const step = advance(track, VERDICTS[word], T0 + minute * MINUTE);
		track = step.track;
		expect(track.verdict).toBe(VERDICTS[word]);
		return step.transition ? `${track.level} ${step.transition.kind}` : track.level;
	});
}

interface Story {
	readonly name: string;
	/** Minute and verdict. */
	readonly told: readonly (readonly [number, Word])[];
	readonly shown: readonly string[];
}

const STORIES: readonly Story[] = [
	{ name: "the first look at a feature that is well", told: [[0, "well"]], shown: ["operational"] },
	{ name: "a first failure beside a pass shows the pass", told: [[0, "suspected"]], shown: ["operational"] },
	{
		name: "a first failure with nothing else known shows nothing",
		told: [
			[0, "doubtful"],
			[1, "well"],
		],
		shown: ["unknown", "operational"],
	},
	{
		name: "a suspicion changes nothing that is shown",
		told: [
			[0, "well"],
			[1, "suspected"],
			[2, "doubtful"],
			[3, "well"],
		],
		shown: ["operational", "operational", "operational", "operational"],
	},
	{
		name: "trouble that is not proven is not shown",
		told: [
			[0, "well"],
			[1, "unproven"],
		],
		shown: ["operational", "operational"],
	},
	{
		name: "proven trouble opens at once",
		told: [
			[0, "well"],
			[1, "down"],
		],
		shown: ["operational", "major_outage opened"],
	},
	{
		name: "an outage is announced although the feature was unknown a moment before",
		told: [
			[0, "well"],
			[1, "nothing"],
			[2, "down"],
		],
		shown: ["operational", "unknown", "major_outage opened"],
	},
	{ name: "an outage at the very first look is announced", told: [[0, "down"]], shown: ["major_outage opened"] },
	{
		name: "worse is believed at once",
		told: [
			[0, "slow"],
			[1, "partly"],
			[1, "down"],
		],
		shown: ["degraded opened", "partial_outage worsened", "major_outage worsened"],
	},
	{
		name: "milder trouble is believed after two quiet minutes",
		told: [
			[0, "down"],
			[1, "partly"],
			[2, "partly"],
			[3, "partly"],
		],
		shown: ["major_outage opened", "major_outage", "major_outage", "partial_outage eased"],
	},
	{
		name: "a relapse starts the two minutes anew",
		told: [
			[0, "down"],
			[1, "partly"],
			[2, "down"],
			[3, "partly"],
			[4.9, "partly"],
			[5, "slow"],
		],
		shown: ["major_outage opened", "major_outage", "major_outage", "major_outage", "major_outage", "degraded eased"],
	},
	{
		name: "not knowing starts them anew too",
		told: [
			[0, "down"],
			[1, "partly"],
			[2, "nothing"],
			[3, "partly"],
			[5, "partly"],
		],
		shown: ["major_outage opened", "major_outage", "major_outage", "major_outage", "partial_outage eased"],
	},
	{
		name: "trouble is over only when it has settled",
		told: [
			[0, "down"],
			[1, "recovering"],
			[9, "recovering"],
			[10, "suspected"],
			[11, "well"],
		],
		shown: ["major_outage opened", "major_outage", "major_outage", "major_outage", "operational closed"],
	},
	{
		name: "losing sight of an outage does not end it",
		told: [
			[0, "down"],
			[20, "nothing"],
			[40, "doubtful"],
			[60, "down"],
			[61, "well"],
		],
		shown: ["major_outage opened", "major_outage", "major_outage", "major_outage", "operational closed"],
	},
	{
		name: "trouble that turns out to be planned work is over after two quiet minutes",
		told: [
			[0, "partly"],
			[1, "planned"],
			[3, "planned"],
			[4, "well"],
		],
		shown: ["partial_outage opened", "partial_outage", "maintenance closed", "operational"],
	},
	{
		name: "planned work opens nothing, and trouble in it does",
		told: [
			[0, "well"],
			[1, "planned"],
			[2, "down"],
		],
		shown: ["operational", "maintenance", "major_outage opened"],
	},
	{
		name: "a feature that trembles between well and suspected stays well",
		told: [0, 1, 2, 3, 4, 5].map((minute) => [minute, minute % 2 === 0 ? "well" : "suspected"] as const),
		shown: Array.from({ length: 6 }, () => "operational"),
	},
];

describe("advance", () => {
	test.each(STORIES)("$name", ({ told, shown: expected }) => {
		expect(shown(told)).toEqual(expected);
	});

	test("a transition says from what to what, and when; the track says since when", () => {
		const opened = advance({ ...START, level: "operational" }, VERDICTS.partly, T0 + MINUTE);
		expect(opened.transition).toEqual({
			kind: "opened",
			service: "s",
			feature: "feed",
			from: "operational",
			level: "partial_outage",
			at: T0 + MINUTE,
		});
		expect(opened.track.since).toBe(T0 + MINUTE);
		expect(advance(opened.track, VERDICTS.partly, T0 + 2 * MINUTE).track.since).toBe(T0 + MINUTE);
	});
});

describe("trouble that a page admits", () => {
	const word = (level: Level, whole = false): Reason => ({ kind: "official", page: "Status", level, whole, at: T0 });
	const admits = verdict("partial_outage", "proven", { reasons: [word("partial_outage")] });
	const hints = verdict("partial_outage", "proven", { reasons: [word("partial_outage", true)] });
	const denies = verdict("operational", "settled", { reasons: [word("operational")] });
	const mumbles = verdict("operational", "settled", { reasons: [word("unknown")] });
	const speaksOfTheWhole = verdict("operational", "settled", { reasons: [word("operational", true)] });
	const milder = verdict("degraded", "proven");

	/** What is shown after these verdicts at these minutes. */
	function told(...story: readonly (readonly [minute: number, verdict: Verdict])[]): Level {
		return story.reduce((track, [minute, each]) => advance(track, each, T0 + minute * MINUTE).track, START).level;
	}

	test("is over at once when the page says so", () => {
		expect(told([0, admits], [10, denies])).toBe("operational");
	});

	test.each([
		["is silent", VERDICTS.well],
		["says a word nobody knows", mumbles],
		["speaks of the whole only", speaksOfTheWhole],
	])("is not over while the page %s, until it has for two hours", (_, well) => {
		expect(told([0, admits], [10, well], [119.9, well])).toBe("partial_outage");
		expect(told([0, admits], [10, well], [120, well])).toBe("operational");
	});

	test("lasts two hours from the last admission, not the first", () => {
		expect(told([0, admits], [60, admits], [179.9, VERDICTS.well])).toBe("partial_outage");
		expect(told([0, admits], [60, admits], [180, VERDICTS.well])).toBe("operational");
	});

	test("does not become milder by its silence either", () => {
		expect(told([0, admits], [10, milder], [20, milder])).toBe("partial_outage");
		expect(told([0, admits], [120, milder], [123, milder])).toBe("degraded");
	});

	test("becomes worse at once, whoever says so", () => {
		expect(told([0, admits], [1, VERDICTS.down])).toBe("major_outage");
	});

	test("begins to be admitted whenever the page first does, though the trouble is older", () => {
		expect(
			told(
				[0, VERDICTS.down],
				[50, verdict("major_outage", "proven", { reasons: [word("degraded")] })],
				[60, VERDICTS.well],
			),
		).toBe("major_outage");
	});

	test("is not meant by a page that only hints at the service as a whole", () => {
		expect(told([0, hints], [10, VERDICTS.well])).toBe("operational");
	});

	test("is forgotten with it: the next trouble is over as soon as it is seen to be", () => {
		expect(told([0, admits], [10, denies], [20, VERDICTS.down], [30, VERDICTS.well])).toBe("operational");
	});
});

describe("trouble that comes and goes", () => {
	type Step = readonly [minute: number, verdict: Verdict];
	/** Opens and closes so often, every ten minutes, and opens once more at the minute after. */
	function shaky(times: number): { track: Track; opened: number } {
		const steps = Array.from({ length: times }, (_, n): Step[] => [
			[n * 10, VERDICTS.down],
			[n * 10 + 5, VERDICTS.well],
		]).flat();
		const opened = times * 10;
		return { track: follow(START, [...steps, [opened, VERDICTS.down]]), opened };
	}
	const follow = (track: Track, steps: readonly Step[]) =>
		steps.reduce((last, [minute, each]) => advance(last, each, T0 + minute * MINUTE).track, track);

	test("is unstable from its third opening within an hour on", () => {
		const isUnstableAfter = (times: number) => {
			const { track, opened } = shaky(times);
			return isUnstable(track, T0 + opened * MINUTE);
		};
		expect([0, 1, 2, 3, 5].map(isUnstableAfter)).toEqual([false, false, true, true, true]);
	});

	test("is over at once, or after two quiet minutes, while it is not unstable", () => {
		const { track, opened } = shaky(1);
		expect(follow(track, [[opened + 1, VERDICTS.well]]).level).toBe("operational");
	});

	test("is over only after ten quiet minutes where it is unstable", () => {
		const { track, opened } = shaky(2);
		const well = (...minutes: number[]) => minutes.map((minute): Step => [opened + minute, VERDICTS.well]);
		expect(follow(track, well(1, 10.9)).level).toBe("major_outage");
		expect(follow(track, well(1, 11)).level).toBe("operational");
		expect(follow(track, well(1)).milderSince).toBe(T0 + (opened + 1) * MINUTE);
	});

	test.each(["down", "recovering", "suspected", "nothing"] as const)(
		"has its ten minutes begin anew where a verdict says %s in between",
		(word) => {
			const { track, opened } = shaky(2);
			const steps: Step[] = [
				[opened + 1, VERDICTS.well],
				[opened + 8, VERDICTS[word]],
				[opened + 9, VERDICTS.well],
			];
			expect(follow(track, [...steps, [opened + 18.9, VERDICTS.well]]).level).toBe("major_outage");
			expect(follow(track, [...steps, [opened + 19, VERDICTS.well]]).level).toBe("operational");
		},
	);

	test("does not become milder sooner either, and worse at once", () => {
		const { track, opened } = shaky(2);
		const partly = (...minutes: number[]) => minutes.map((minute): Step => [opened + minute, VERDICTS.partly]);
		expect(follow(track, partly(1, 10.9)).level).toBe("major_outage");
		const eased = follow(track, partly(1, 11));
		expect(eased.level).toBe("partial_outage");
		expect(advance(eased, VERDICTS.down, T0 + (opened + 12) * MINUTE).transition?.kind).toBe("worsened");
	});

	test("is remembered through a quiet time, and is stable again an hour after its third latest opening", () => {
		const { track, opened } = shaky(2);
		const quiet = follow(track, [
			[opened + 1, VERDICTS.well],
			[opened + 11, VERDICTS.well],
		]);
		expect(quiet.openings).toEqual([20, 10, 0].map((minute) => T0 + minute * MINUTE));
		expect(isUnstable(quiet, T0 + 60 * MINUTE)).toBe(true);
		expect(isUnstable(quiet, T0 + 60 * MINUTE + 1)).toBe(false);
		const reopened = follow(quiet, [[50, VERDICTS.down]]);
		expect(isUnstable(reopened, T0 + 50 * MINUTE)).toBe(true);
		expect(reopened.openings).toHaveLength(3);
	});

	test("is no more unstable for what a clock that was set back calls the future", () => {
		const { track } = shaky(2);
		expect(isUnstable(track, T0 - 24 * 60 * MINUTE)).toBe(false);
		const stories = [track, { ...track, openings: [] }].map((each) => follow(each, [[-24 * 60, VERDICTS.well]]));
		expect(stories.map(({ level }) => level)).toEqual(["operational", "operational"]);
	});

	test("counts only openings: getting worse and milder is no coming and going", () => {
		const track = follow(START, [
			[0, VERDICTS.down],
			[1, VERDICTS.partly],
			[4, VERDICTS.partly],
			[5, VERDICTS.down],
			[6, VERDICTS.slow],
			[9, VERDICTS.slow],
			[10, VERDICTS.down],
		]);
		expect(track.openings).toEqual([T0]);
	});
});

describe("the suspects of trouble", () => {
	const host = (upstream?: string): Reason => ({
		kind: "host_fails",
		host: "a",
		failure: failure("timeout", "no answer"),
		inRow: 3,
		at: T0,
		...(upstream && { upstream }),
	});
	const fails = (...suspects: string[]) =>
		verdict("major_outage", "proven", { suspects, reasons: [host(suspects[0])] });
	const told = (...verdicts: Verdict[]) =>
		verdicts.reduce((track, each, n) => advance(track, each, T0 + n * MINUTE).track, START);

	test("are those of the verdict that opened it, and of any later one in which something fails", () => {
		expect(told(fails("fastly")).suspects).toEqual(["fastly"]);
		expect(told(fails("fastly"), fails("akamai")).suspects).toEqual(["akamai"]);
		expect(told(fails("fastly"), fails()).suspects).toEqual([]);
	});

	test("are remembered while nothing fails at the moment", () => {
		const track = told(fails("fastly"), VERDICTS.recovering, VERDICTS.nothing, VERDICTS.partly);
		expect([track.level, track.suspects]).toEqual(["major_outage", ["fastly"]]);
	});

	test("are forgotten with the trouble, and so is who was blamed", () => {
		const partly = verdict("partial_outage", "proven", { suspects: ["fastly"], reasons: [host("fastly")] });
		const track = { ...told(partly), blamed: "fastly" };
		const worse = advance(track, VERDICTS.down, T0 + MINUTE).track;
		expect(worse).toMatchObject({ level: "major_outage", blamed: "fastly", suspects: ["fastly"] });
		const over = advance(track, VERDICTS.well, T0 + MINUTE).track;
		expect(over.level).toBe("operational");
		expect(over).not.toHaveProperty("suspects");
		expect(over).not.toHaveProperty("blamed");
	});

	test("are nobody's where only a page says so, and stay so while hosts pass", () => {
		expect(told(verdict("major_outage", "proven")).suspects).toEqual([]);
		expect(advance({ ...START, level: "degraded" }, VERDICTS.slow, T0).track.suspects).toEqual([]);
		const passes: Reason = { kind: "host_passes", host: "a", tookMs: 100, at: T0 };
		const recovering = verdict("operational", "recovering", { reasons: [passes] });
		expect(told(fails("fastly"), recovering).suspects).toEqual(["fastly"]);
	});

	test("are nobody's while there is no trouble", () => {
		expect(told(VERDICTS.well, verdict("operational", "suspected", { suspects: ["fastly"] }))).not.toHaveProperty(
			"suspects",
		);
	});
});

describe("when own probes last showed trouble beyond doubt", () => {
	const failing: Reason = {
		kind: "host_fails",
		host: "a",
		failure: failure("timeout", "no answer"),
		inRow: 3,
		at: T0,
	};
	const slow: Reason = { kind: "host_slow", host: "a", tookMs: 3000, usualMs: 100, at: T0 };
	const passing: Reason = { kind: "host_passes", host: "b", tookMs: 100, at: T0 };
	const provedAt = (standing: Verdict["standing"], ...reasons: Reason[]) =>
		advance(START, verdict("partial_outage", standing, { reasons }), T0).track.provedAt;

	test("is the moment of a proof by a host that fails or is slow, whatever others do", () => {
		expect(provedAt("proven", failing, passing)).toBe(T0);
		expect(provedAt("proven", passing, slow)).toBe(T0);
	});

	test("is not that of a suspicion, nor of trouble that somebody else has told", () => {
		expect(provedAt("suspected", failing)).toBeUndefined();
		expect(provedAt("proven", passing)).toBeUndefined();
		expect(provedAt("proven")).toBeUndefined();
	});

	test("is remembered when it is over", () => {
		const { track } = advance(START, verdict("partial_outage", "proven", { reasons: [failing] }), T0);
		expect(advance(track, VERDICTS.well, T0 + MINUTE).track).toMatchObject({ level: "operational", provedAt: T0 });
	});
});

test("a feature is calm where it is shown as well, and not in doubt", () => {
	const calm = (level: Level, now: Verdict) => isCalm({ ...START, level, verdict: now });
	expect(calm("operational", VERDICTS.well)).toBe(true);
	expect(calm("operational", VERDICTS.suspected)).toBe(false);
	expect(calm("degraded", VERDICTS.well)).toBe(false);
});

describe("advance, whatever it is told", () => {
	const words = fc.constantFrom(...(Object.keys(VERDICTS) as Word[]));
	const stories = fc.array(fc.tuple(fc.nat(4 * MINUTE), words), { maxLength: 40 });

	function walk(story: readonly (readonly [number, Word])[], each: (before: Track, step: Step) => void) {
		let track = START;
		let now = T0;
		for (const [later, word] of story) {
			now += later;
			const step = advance(track, VERDICTS[word], now);
			each(track, { ...step, word, now });
			track = step.track;
		}
	}
	interface Step {
		readonly track: Track;
		readonly transition?: Transition;
		readonly word: Word;
		readonly now: number;
	}

	test("openings and closings take turns, and each says the truth about what is shown", () => {
		fc.assert(
			fc.property(stories, (story) => {
				walk(story, (before, { track, transition, now }) => {
					const kind = transition?.kind;
					expect(kind === "opened").toBe(!isProblem(before.level) && isProblem(track.level));
					expect(kind === "closed").toBe(isProblem(before.level) && !isProblem(track.level));
					if (transition) expect(transition).toMatchObject({ from: before.level, level: track.level, at: now });
					if (before.level === track.level) expect(track.since).toBe(before.since);
				});
			}),
		);
	});

	test("what is unproven or unknown never opens, closes or moves trouble", () => {
		fc.assert(
			fc.property(stories, (story) => {
				walk(story, (_, { transition, word }) => {
					const mute = ["nothing", "doubtful", "suspected", "recovering", "unproven"];
					if (mute.includes(word)) expect(transition).toBeUndefined();
				});
			}),
		);
	});

	test("unstable trouble ends only after ten minutes of nothing but milder verdicts", () => {
		const shaky = (["down", "well", "down", "well", "down"] as const).map((word) => [4 * MINUTE, word] as const);
		const trembling = fc.constantFrom<Word>(
			"well",
			"well",
			"well",
			"partly",
			"down",
			"recovering",
			"nothing",
			"doubtful",
		);
		const spells = fc.array(fc.tuple(fc.nat(4 * MINUTE), trembling, fc.integer({ min: 1, max: 5 })), { maxLength: 20 });
		let ended = 0;
		fc.assert(
			fc.property(spells, (list) => {
				const story = list.flatMap(([later, word, times]) =>
					Array.from({ length: times }, () => [later, word] as const),
				);
				let quietSince: number | undefined;
				walk([...shaky, ...story], (before, { transition, word, now }) => {
					const isQuiet = word === "well" || word === "partly";
					quietSince = isQuiet ? (quietSince ?? now) : undefined;
					if (transition?.kind !== "closed" || !isUnstable(before, now)) return;
					ended += 1;
					expect(now - (quietSince ?? now)).toBeGreaterThanOrEqual(UNSTABLE.quietMs);
				});
			}),
			{ numRuns: 400 },
		);
		expect(ended).toBeGreaterThan(50);
	});

	test("shows a level that some verdict has said", () => {
		fc.assert(
			fc.property(stories, (story) => {
				const said = new Set<string>(["unknown"]);
				walk(story, (_, { track, word }) => {
					said.add(VERDICTS[word].level);
					expect(LEVELS).toContain(track.level);
					expect(said).toContain(track.level);
				});
			}),
		);
	});
});

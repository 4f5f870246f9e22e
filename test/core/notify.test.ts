import { describe, expect, test } from "vitest";
import type { QuietHours } from "../../src/core/quiet-hours.ts";
import { HOUR, MINUTE, SECOND } from "../helpers/evidence.ts";
import { type Story, tell } from "../helpers/story.ts";
import { watched } from "../helpers/watched.ts";

const HOSTS = ["sa/feed/a.sa", "sa/feed/b.sa"];
const kinds = (story: Story) => story.notices.map(({ kind }) => kind);

const WINDOWS = [{ days: ["sun" as const], from: "13:00", to: "14:00" }];

/** Well since noon, with these quiet hours. */
function start(quietHours?: QuietHours): Story {
	const story = tell([watched("sa", { features: { feed: ["a.sa", "b.sa"] } })], {
		notifications: { rules: [], ...(quietHours && { quietHours }) },
	});
	story.controls(SECOND);
	story.probes(2 * SECOND, "ok", ...HOSTS);
	return story;
}
/** The minutes go by, in which the hosts fail or pass and the controls pass. */
function minutes(story: Story, from: number, until: number, answer: "timeout" | "ok"): void {
	for (let at = from; at < until; at += MINUTE / 2) {
		story.probes(at, answer, ...HOSTS);
		story.controls(at + SECOND);
	}
}

describe("quiet hours", () => {
	test("hold back what begins in them, not what begins before", () => {
		const early = start({ windows: WINDOWS });
		minutes(early, 30 * MINUTE, 35 * MINUTE, "timeout");
		expect(kinds(early)).toEqual(["opened"]);
		const late = start({ windows: WINDOWS });
		minutes(late, 30 * MINUTE, HOUR + 10 * MINUTE, "ok");
		minutes(late, HOUR + 10 * MINUTE, 2 * HOUR, "timeout");
		expect(kinds(late)).toEqual([]);
		minutes(late, 2 * HOUR, 2 * HOUR + 2 * MINUTE, "timeout");
		expect(kinds(late)).toEqual(["opened"]);
	});

	test("let through what is grave enough, where people said so", () => {
		const story = start({ windows: WINDOWS, through: "major_outage" });
		minutes(story, HOUR + 10 * MINUTE, HOUR + 15 * MINUTE, "timeout");
		expect(kinds(story)).toEqual(["opened"]);
	});

	test("are followed by a digest of what was over before their end", () => {
		const story = start({ windows: WINDOWS });
		minutes(story, HOUR + 10 * MINUTE, HOUR + 15 * MINUTE, "timeout");
		minutes(story, HOUR + 15 * MINUTE, 2 * HOUR + MINUTE, "ok");
		expect(story.notices).toMatchObject([{ kind: "digest", why: "quiet_hours" }]);
	});
});

test("while nobody is there nothing is said, and what happened is said to whoever comes back", () => {
	const story = start();
	story.happen({ kind: "locked", at: story.state.now });
	minutes(story, 10 * MINUTE, 15 * MINUTE, "timeout");
	minutes(story, 15 * MINUTE, 25 * MINUTE, "ok");
	expect(kinds(story)).toEqual([]);
	story.happen({ kind: "unlocked", at: story.state.now });
	expect(story.notices).toMatchObject([{ kind: "digest", why: "away" }]);
});

test("who wants to know when a service is back is told once it is, and not before", () => {
	const story = start();
	minutes(story, MINUTE, 5 * MINUTE, "timeout");
	story.happen({ kind: "back_wanted", at: story.state.now, service: "sa" });
	minutes(story, 5 * MINUTE, 10 * MINUTE, "timeout");
	expect(kinds(story)).toEqual(["opened"]);
	minutes(story, 10 * MINUTE, 20 * MINUTE, "ok");
	expect(kinds(story)).toEqual(["opened", "back"]);
});

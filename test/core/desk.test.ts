import { describe, expect, test } from "vitest";
import { consult, newDesk } from "../../src/core/desk.ts";
import { BURST, NOTICE_COSTS_MS } from "../../src/core/notice-budget.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { household, META } from "../helpers/household.ts";

const DOWN = "major_outage";
const UP = "operational";
const APART = { wa: "wa-owner", ig: "ig-owner", x: "x-corp", tg: "telegram" };

describe("what people do not want to hear", () => {
	test("is as if the incident did not hold it", () => {
		const people = household(META, [{ features: ["ads"], notify: false }]);
		people.write(0, { "ig/ads": DOWN });
		people.until(HOUR);
		expect(people.heard()).toEqual([]);
		people.write(HOUR, { "ig/feed": DOWN });
		people.write(2 * HOUR, { "ig/feed": UP });
		people.write(3 * HOUR, { "ig/ads": UP });
		people.until(12 * HOUR);
		expect(people.heard()).toEqual(["60:00 opened i1: ig/feed", "120:00 closed i1: ig/feed"]);
		expect(people.notices).toMatchObject([{ openedAt: T0 + HOUR }, { closedAt: T0 + 2 * HOUR }]);
	});

	test("is not left out once they have heard of it: what eases to a level they do not want is not over yet", () => {
		const people = household(META, [{ levels: ["degraded"], notify: false }]);
		people.write(0, { "wa/messaging": DOWN });
		people.write(HOUR, { "wa/messaging": "degraded" });
		people.until(2 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging"]);
		people.write(2 * HOUR, { "wa/messaging": UP });
		expect(people.heard().slice(1)).toEqual(["120:00 closed i1: wa/messaging"]);
	});

	test("may change: what they have heard of ends for them, what they want now is told now", () => {
		const people = household(META);
		people.write(0, { "wa/messaging": DOWN });
		people.want(HOUR, [{ services: ["wa"], notify: false }]);
		people.write(2 * HOUR, { "wa/messaging": UP });
		people.write(3 * HOUR, { "wa/media": DOWN });
		people.until(4 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging", "120:00 closed i1: wa/messaging"]);
		people.want(4 * HOUR, []);
		expect(people.heard().slice(2)).toEqual(["240:00 opened i2: wa/media"]);
	});

	test("of a lost connection is said by rules that name causes alone", () => {
		const people = household(META, [
			{ causes: ["network"], notify: false },
			{ services: ["wa"], notify: true },
		]);
		people.connect(0, "trouble");
		people.until(HOUR);
		people.connect(HOUR, "online");
		people.until(2 * HOUR);
		expect(people.heard()).toEqual([]);
	});
});

describe("an end that people do not want to hear of", () => {
	test("is known in silence, so that the next trouble is a beginning", () => {
		const people = household(META, [{ services: ["wa"], end: true, notify: false }]);
		people.write(0, { "wa/messaging": DOWN });
		people.write(HOUR, { "wa/messaging": UP });
		people.write(3 * HOUR, { "wa/messaging": DOWN });
		people.until(4 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging", "180:00 opened i2: wa/messaging"]);
	});

	test("is told all the same where it is the end of another service too", () => {
		const people = household(META, [{ services: ["wa"], end: true, notify: false }]);
		people.write(0, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.write(HOUR, { "wa/messaging": UP });
		people.write(2 * HOUR, { "ig/feed": UP });
		people.until(3 * HOUR);
		const [, ...later] = people.heard();
		expect(later).toEqual([expect.stringMatching(/^120:00 closed i1: .*ig\/feed/)]);
	});

	test("of a lost connection leaves its beginning told", () => {
		const people = household(META, [{ connection: true, end: true, notify: false }]);
		people.connect(0, "trouble");
		people.until(HOUR);
		people.connect(HOUR, "online");
		people.connect(2 * HOUR, "trouble");
		people.until(3 * HOUR);
		expect(people.heard().map((line) => line.replace(/^\S+ /, ""))).toEqual([
			expect.stringContaining("connection_lost"),
			expect.stringContaining("connection_lost"),
		]);
	});
});

describe("a muted service", () => {
	test("is silent: what began before and goes on is told neither to get worse nor to be over", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN });
		people.mute(MINUTE, T0 + 3 * HOUR, "wa");
		people.write(10 * MINUTE, { "wa/media": DOWN, "wa/calls": DOWN });
		people.write(HOUR, { "wa/messaging": UP, "wa/media": UP, "wa/calls": UP });
		people.until(12 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging"]);
		expect(people.muted()).toEqual([]);
	});

	test("whose trouble goes on when the mute ends is told then, once", () => {
		const people = household();
		people.mute(0, T0 + HOUR, "wa");
		people.write(10 * MINUTE, { "wa/messaging": DOWN });
		people.until(HOUR - SECOND);
		expect(people.heard()).toEqual([]);
		people.until(3 * HOUR);
		people.write(3 * HOUR, { "wa/messaging": UP });
		expect(people.heard()).toEqual(["60:00 opened i1: wa/messaging", "180:00 closed i1: wa/messaging"]);
	});

	test("is left out while the rest of the incident speaks, and joins it when the mute ends", () => {
		const people = household();
		people.mute(0, T0 + HOUR, "ig");
		people.write(10 * MINUTE, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.until(2 * HOUR);
		expect(people.heard()).toEqual(["10:00 opened i1: wa/messaging", "60:20 worsened i1: ig/feed wa/messaging"]);
	});

	test("is not said to be well because it is muted, nor to be over because the others are well", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.mute(MINUTE, T0 + 5 * HOUR, "ig");
		people.until(HOUR);
		expect(people.heard()).toHaveLength(1);
		people.write(HOUR, { "wa/messaging": UP });
		people.until(2 * HOUR);
		expect(people.heard().slice(1)).toEqual(["70:00 eased i1: ig/feed"]);
		people.write(3 * HOUR, { "ig/feed": UP });
		people.until(12 * HOUR);
		expect(people.heard()).toHaveLength(2);
	});

	test("that was never told of does not keep what was from being over", () => {
		const people = household();
		people.mute(0, T0 + 2 * HOUR, "ig");
		people.write(10 * MINUTE, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.write(HOUR, { "wa/messaging": UP });
		people.until(3 * HOUR);
		expect(people.heard()).toEqual([
			"10:00 opened i1: wa/messaging",
			"60:00 closed i1: wa/messaging",
			"120:00 opened i1: ig/feed",
		]);
	});

	test("until resolved speaks again when its present trouble is over", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN });
		people.mute(MINUTE, "resolved", "wa");
		people.write(HOUR, { "wa/messaging": UP });
		people.write(2 * HOUR, { "wa/messaging": DOWN });
		people.until(3 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging", "120:00 opened i2: wa/messaging"]);
	});

	test("until resolved that is well is not muted at all", () => {
		const people = household();
		people.mute(0, "resolved", "wa");
		expect(people.muted()).toEqual([]);
	});

	test.each([
		["degraded", "partial_outage"],
		["partial_outage", DOWN],
	] as const)("until worse is told of again when %s becomes %s, once", (from, to) => {
		const people = household(META, [{ notify: true }]);
		people.write(0, { "wa/messaging": from });
		people.mute(MINUTE, "worse", "wa");
		people.write(10 * MINUTE, { "wa/media": from });
		people.until(HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging"]);
		people.write(HOUR, { "wa/media": to });
		people.until(2 * HOUR);
		expect(people.heard().slice(1)).toEqual(["60:20 worsened i1: wa/media wa/messaging"]);
		people.write(3 * HOUR, { "wa/messaging": UP, "wa/media": UP });
		expect(people.heard().slice(2)).toEqual(["180:00 closed i1: wa/media wa/messaging"]);
	});

	test("may be unmuted at any time", () => {
		const people = household();
		people.mute(0, "tomorrow", "wa");
		people.write(10 * MINUTE, { "wa/messaging": DOWN });
		people.unmute(HOUR, "wa");
		expect(people.heard()).toEqual(["60:00 opened i1: wa/messaging"]);
	});

	test("among all that are muted: nothing is told, of the connection neither", () => {
		const people = household();
		people.mute(0, T0 + HOUR);
		people.write(10 * MINUTE, { "wa/messaging": DOWN });
		people.connect(20 * MINUTE, "trouble");
		people.connect(40 * MINUTE, "online");
		people.until(HOUR - SECOND);
		expect(people.heard()).toEqual([]);
		people.until(2 * HOUR);
		expect(people.heard()).toEqual(["60:00 opened i1: wa/messaging"]);
	});

	test("stays muted over a restart, and for what was left of its time where the clock is set back", () => {
		const people = household();
		people.mute(0, T0 + 2 * HOUR, "wa");
		people.write(HOUR, { "wa/messaging": DOWN });
		people.restart();
		people.setBack(24 * HOUR);
		people.until(HOUR + 50 * MINUTE);
		expect(people.heard()).toEqual([]);
		people.until(2 * HOUR);
		expect(people.notices).toHaveLength(1);
	});
});

describe("who wants to know when it is back", () => {
	test("is told once, and not of the same outage's end besides", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN });
		people.wantBack(MINUTE, "wa");
		people.write(10 * MINUTE, { "wa/media": DOWN });
		people.write(HOUR, { "wa/messaging": UP });
		people.write(2 * HOUR, { "wa/media": UP });
		people.until(12 * HOUR);
		expect(people.heard().filter((line) => !line.includes("worsened"))).toEqual([
			"0:00 opened i1: wa/messaging",
			"120:00 back wa: messaging media",
		]);
		expect(people.notices.at(-1)).toMatchObject({ since: T0 });
	});

	test("is told of one service, and of the end of the rest as ever", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.wantBack(MINUTE, "wa");
		people.write(HOUR, { "wa/messaging": UP });
		people.until(2 * HOUR);
		people.write(2 * HOUR, { "ig/feed": UP });
		people.until(12 * HOUR);
		expect(people.heard().slice(1)).toEqual(["60:00 back wa: messaging", "120:00 closed i1: ig/feed wa/messaging"]);
	});

	test("is told though the service is muted, after a restart, and when it fails and is back again no more", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN });
		people.wantBack(MINUTE, "wa");
		people.mute(2 * MINUTE, T0 + 24 * HOUR, "wa");
		people.restart();
		people.write(HOUR, { "wa/messaging": UP });
		people.write(2 * HOUR, { "wa/messaging": DOWN });
		people.write(3 * HOUR, { "wa/messaging": UP });
		people.until(12 * HOUR);
		expect(people.heard().slice(1)).toEqual(["60:00 back wa: messaging"]);
	});

	test("is not told in a hush but at its end, and then instead of the digest", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN });
		people.wantBack(MINUTE, "wa");
		people.hush(10 * MINUTE, "quiet_hours");
		people.write(HOUR, { "wa/messaging": UP });
		people.hush(8 * HOUR);
		people.until(12 * HOUR);
		expect(people.heard().slice(1)).toEqual(["480:00 back wa: messaging"]);
	});

	test("of a service that is well has nothing to wait for", () => {
		const people = household();
		people.wantBack(0, "wa");
		people.until(HOUR);
		expect([people.heard(), people.desk().awaited]).toEqual([[], []]);
	});

	test("waits on while it comes and goes with another, unseen or without a connection", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN });
		people.wantBack(MINUTE, "wa");
		people.connect(10 * MINUTE, "trouble");
		people.it.write(20 * MINUTE, { "wa/messaging": UP });
		people.until(HOUR);
		expect(people.heard().some((line) => line.includes(" back"))).toBe(false);
		people.connect(HOUR, "online");
		expect(people.heard().slice(-1)).toEqual(["60:00 back wa: messaging"]);
	});
});

describe("a hush", () => {
	test("in which nothing happened is followed by nothing", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN });
		people.hush(HOUR, "quiet_hours");
		people.hush(9 * HOUR);
		people.until(12 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging"]);
	});

	test("in which one outage began that goes on is followed by its opening", () => {
		const people = household();
		people.hush(0, "quiet_hours");
		people.write(HOUR, { "wa/messaging": DOWN });
		people.hush(9 * HOUR);
		people.write(10 * HOUR, { "wa/messaging": UP });
		expect(people.heard()).toEqual(["540:00 opened i1: wa/messaging", "600:00 closed i1: wa/messaging"]);
	});

	test("is summed up in one digest: what goes on first, then what is over, the newest first", () => {
		const people = household(APART);
		people.write(0, { "wa/messaging": DOWN });
		people.hush(HOUR, "quiet_hours");
		people.write(2 * HOUR, { "x/feed": DOWN });
		people.write(3 * HOUR, { "x/feed": UP });
		people.write(4 * HOUR, { "ig/feed": DOWN });
		people.write(5 * HOUR, { "wa/messaging": UP });
		people.write(6 * HOUR, { "tg/messaging": DOWN });
		people.until(9 * HOUR);
		expect(people.heard()).toHaveLength(1);
		people.hush(9 * HOUR);
		people.until(12 * HOUR);
		expect(people.heard().slice(1)).toEqual([
			"540:00 digest quiet_hours: i4 tg/messaging, i3 ig/feed, i1 over wa/messaging, i2 over x/feed",
		]);
		expect(people.notices[1]).toMatchObject({ since: T0 + HOUR });
		people.write(13 * HOUR, { "ig/feed": UP, "tg/messaging": UP });
		expect(people.heard().slice(2)).toEqual(["780:00 closed i3: ig/feed", "780:00 closed i4: tg/messaging"]);
	});

	test("tells the end of what was told before it, however much the book has forgotten since", () => {
		const people = household({});
		people.write(0, { "wa/messaging": DOWN });
		people.hush(MINUTE, "away");
		people.write(2 * MINUTE, { "wa/messaging": UP });
		for (let n = 1; n <= 30; n++) {
			people.write(n * 20 * MINUTE, { [`s${n}/web`]: DOWN });
			people.write((n * 20 + 1) * MINUTE, { [`s${n}/web`]: UP });
		}
		people.restart();
		people.hush(20 * HOUR);
		expect(people.it.book.incidents.some(({ id }) => id === "i1")).toBe(false);
		expect(people.heard()).toHaveLength(2);
		expect(people.heard()[1]).toMatch(/digest away: .*i1 over wa\/messaging$/);
		people.until(24 * HOUR);
		expect(people.heard()).toHaveLength(2);
	});

	test("of two reasons is one, from the first to the last, named after what ended it", () => {
		const people = household(APART);
		people.hush(0, "quiet_hours");
		people.write(HOUR, { "wa/messaging": DOWN });
		people.hush(2 * HOUR, "away");
		people.restart();
		people.write(3 * HOUR, { "wa/messaging": UP });
		people.hush(4 * HOUR);
		expect(people.heard()).toEqual(["240:00 digest away: i1 over wa/messaging"]);
		expect(people.notices[0]).toMatchObject({ since: T0 });
	});

	test("lets through what is grave enough, where people said so, but no end", () => {
		const people = household(APART);
		people.hush(0, "quiet_hours", DOWN);
		people.write(HOUR, { "wa/messaging": "partial_outage", "x/feed": DOWN });
		people.write(2 * HOUR, { "x/feed": UP });
		people.until(3 * HOUR);
		expect(people.heard()).toEqual(["60:00 opened i2: x/feed"]);
		people.hush(9 * HOUR);
		expect(people.heard().slice(1)).toEqual(["540:00 digest quiet_hours: i1 wa/messaging, i2 over x/feed"]);
	});

	test("ends while there is no connection: its digest waits for one", () => {
		const people = household(APART);
		people.hush(0, "away");
		people.write(HOUR, { "wa/messaging": DOWN });
		people.write(2 * HOUR, { "wa/messaging": UP });
		people.connect(3 * HOUR, "unknown");
		people.hush(4 * HOUR);
		people.until(5 * HOUR);
		expect(people.heard()).toEqual([]);
		people.connect(5 * HOUR, "online");
		expect(people.heard()).toEqual(["300:00 digest away: i1 over wa/messaging"]);
	});

	test("does not swallow that the connection is back where people were told that it is lost", () => {
		const people = household();
		people.connect(0, "trouble");
		people.hush(10 * MINUTE, "quiet_hours");
		people.connect(20 * MINUTE, "online");
		people.hush(9 * HOUR);
		expect(people.heard()).toEqual(["0:50 connection_lost", "540:00 connection_back"]);
		expect(people.notices[1]).toMatchObject({ since: T0, until: T0 + 20 * MINUTE });
	});

	test("does not say that something goes on that is only remembered", () => {
		const people = household(APART);
		people.hush(0, "away");
		people.write(HOUR, { "wa/messaging": DOWN, "x/feed": DOWN });
		people.write(2 * HOUR, { "x/feed": UP });
		people.lookAway("wa");
		people.hush(9 * HOUR);
		expect(people.heard()).toEqual(["540:00 digest away: i2 over x/feed"]);
		people.until(10 * HOUR);
		people.lookAway();
		people.until(11 * HOUR);
		expect(people.heard().slice(1)).toEqual(["600:10 opened i1: wa/messaging"]);
	});
});

describe("the budget", () => {
	const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`s${i}/web`, DOWN] as const));

	test("lets five notices through at once and one more every three minutes, the gravest first", () => {
		const people = household({});
		people.write(0, { ...many(6), "grave/web": DOWN, "s0/web": "partial_outage" });
		people.until(HOUR);
		const at = people.notices.map((notice) => notice.at - T0);
		expect(at).toEqual([0, 0, 0, 0, 0, NOTICE_COSTS_MS, 2 * NOTICE_COSTS_MS]);
		expect(people.heard().at(-1)).toContain("s0/web");
		expect(BURST).toBe(5);
	});

	test("does not lose what found no room: it is told as it stands when there is some", () => {
		const people = household({});
		people.write(0, many(7));
		people.write(MINUTE, { "s5/web": UP, "t/api": DOWN });
		people.until(HOUR);
		expect(people.heard().slice(5)).toEqual(["3:00 opened i7: s6/web", "6:00 opened i8: t/api"]);
		const end = Object.fromEntries([...Object.keys(many(7)), "t/api"].map((key) => [key, UP] as const));
		people.write(HOUR, end);
		people.until(2 * HOUR);
		const over = people.heard().filter((line) => line.includes("closed"));
		expect(over).toHaveLength(7);
		expect(new Set(over.map((line) => line.split(" ")[2])).size).toBe(7);
	});

	test("counts the connection, digests and what was awaited too, and outlives a restart", () => {
		const people = household({});
		people.write(0, many(5));
		people.wantBack(SECOND, "s0");
		people.restart();
		people.write(2 * SECOND, { "s0/web": UP });
		people.connect(10 * SECOND, "trouble");
		people.until(2 * MINUTE);
		expect(people.heard()).toHaveLength(5);
		people.connect(2 * MINUTE, "online");
		people.until(4 * MINUTE);
		expect(people.heard().slice(5)).toEqual(["3:00 back s0: web"]);
	});
});

describe("time that nobody has seen", () => {
	test("is no quiet time: a service is well after ten minutes of looking, not of sleep", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.write(20 * MINUTE, { "wa/messaging": UP });
		people.until(24 * MINUTE);
		people.sleep(8 * HOUR);
		people.until(8 * HOUR + 6 * MINUTE - SECOND);
		expect(people.heard()).toHaveLength(1);
		people.until(9 * HOUR);
		expect(people.heard().slice(1)).toEqual(["486:10 eased i1: ig/feed"]);
	});

	test("nor is it for an outage that had come back", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN });
		people.write(5 * MINUTE, { "wa/messaging": UP });
		people.write(9 * MINUTE, { "wa/messaging": DOWN });
		people.write(20 * MINUTE, { "wa/messaging": UP });
		people.until(24 * MINUTE);
		people.sleep(8 * HOUR);
		people.until(9 * HOUR);
		expect(people.heard().slice(3)).toEqual(["486:10 closed i1: wa/messaging"]);
	});

	test("trouble that is only remembered is not told until it is seen", () => {
		const people = household();
		people.lookAway("wa");
		people.write(0, { "wa/messaging": DOWN });
		people.until(HOUR);
		expect(people.heard()).toEqual([]);
		people.lookAway();
		people.until(2 * HOUR);
		expect(people.heard()).toEqual(["60:10 opened i1: wa/messaging"]);
	});
});

describe("a clock that is set back", () => {
	test.each([2 * MINUTE, 24 * HOUR, 2000 * HOUR])(
		"by %i ms neither loses the end of what had come back nor repeats it",
		(by) => {
			const people = household();
			people.write(0, { "wa/messaging": DOWN });
			people.write(5 * MINUTE, { "wa/messaging": UP });
			people.write(9 * MINUTE, { "wa/messaging": DOWN });
			people.write(20 * MINUTE, { "wa/messaging": UP });
			people.setBack(by);
			people.until(25 * MINUTE);
			expect(people.notices).toHaveLength(3);
			people.until(5 * HOUR);
			expect(people.notices.map(({ kind }) => kind)).toEqual(["opened", "closed", "opened", "closed"]);
		},
	);

	test.each([2 * MINUTE, 2000 * HOUR])(
		"by %i ms repeats nothing, and keeps no news back until its time comes round",
		(by) => {
			const people = household();
			people.write(HOUR, { "wa/messaging": DOWN });
			people.setBack(by);
			people.write(HOUR + MINUTE, { "ig/feed": DOWN });
			people.until(2 * HOUR);
			expect(people.notices.map(({ kind }) => kind)).toEqual(["opened", "worsened"]);
		},
	);

	test("does not empty the budget for good", () => {
		const people = household({});
		people.write(0, Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`s${n}/web`, DOWN] as const)));
		people.setBack(2000 * HOUR);
		people.until(4 * MINUTE);
		expect(people.notices).toHaveLength(6);
	});
});

describe("where there is nothing to tell", () => {
	test("the desk stays the very same, so that nothing is written down", () => {
		const people = household();
		people.write(0, { "wa/messaging": DOWN });
		people.until(HOUR);
		const before = people.desk();
		people.until(2 * HOUR);
		expect(people.desk()).toBe(before);
		people.write(2 * HOUR, { "wa/messaging": UP });
		const after = people.desk();
		people.until(3 * HOUR);
		expect(people.desk()).toBe(after);
		const scene = {
			now: T0,
			incidents: [],
			levelOf: () => undefined,
			isSeen: () => true,
			isSettled: () => false,
			rules: [],
			unseenMs: 0,
		};
		const connection = { state: "online", passed: 6, failed: [], since: T0 } as const;
		const fresh = newDesk(T0);
		expect(consult(fresh, { ...scene, connection }).desk).toBe(fresh);
	});
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IncidentBook } from "../../src/core/incidents.ts";
import { isProblem, type Level } from "../../src/core/level.ts";
import type { IncidentNotice } from "../../src/core/notice.ts";
import { decide, type Limits } from "../../src/core/notices.ts";
import { afterUnseen, type Tellings } from "../../src/core/tellings.ts";
import { diary } from "../helpers/diary.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";

const META = { wa: "meta", ig: "meta", fb: "meta", ms: "meta" };
const DOWN = "major_outage";
const UP = "operational";
const TICK = 10 * SECOND;
/** People who want to hear everything, and have all the time in the world. */
const ALL: Limits = { rules: [{ notify: true }], mutes: [], room: Number.POSITIVE_INFINITY };

/** A book that is written to, and what people hear of it; `decide` is asked every ten seconds, as time goes by. */
function listener(blame: Record<string, string> = META, taken?: { book: IncidentBook; told: Tellings }) {
	const it = diary(blame, taken?.book);
	let told: Tellings = taken?.told ?? new Map();
	let now = 0;
	const notices: IncidentNotice[] = [];
	let settled = false;
	const ask = () => {
		const decided = decide(it.book.incidents, told, T0 + now, { ...ALL, isSettled: () => settled });
		told = decided.told;
		notices.push(...decided.notices);
	};
	const until = (at: number) => {
		while (now < at) {
			now = Math.min(at, (Math.floor(now / TICK) + 1) * TICK);
			ask();
		}
	};
	return {
		it,
		notices,
		told: () => told,
		until,
		/** From now on nothing more is being proved, or something is. */
		settle(now: boolean) {
			settled = now;
		},
		write(at: number, moved: Readonly<Record<string, Level>>) {
			until(at);
			it.write(at, moved);
			ask();
		},
		/** `m:ss kind id: what it names`, one line a notice. */
		heard: () => notices.map(lineOf),
	};
}

function lineOf({ at, kind, incident, features }: IncidentNotice): string {
	const seconds = (at - T0) / SECOND;
	const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
	return `${time} ${kind} ${incident}: ${features.map(({ service, feature }) => `${service}/${feature}`).join(" ")}`;
}

describe("what people hear of an outage", () => {
	test("that begins is told at once, whole", () => {
		const people = listener();
		people.write(5 * SECOND, { "wa/messaging": DOWN, "wa/media": "partial_outage" });
		expect(people.notices).toEqual([
			{
				kind: "opened",
				at: T0 + 5 * SECOND,
				incident: "i1",
				cause: "service",
				culprit: "meta",
				openedAt: T0 + 5 * SECOND,
				features: [
					{ service: "wa", feature: "messaging", level: DOWN, since: T0 + 5 * SECOND },
					{ service: "wa", feature: "media", level: "partial_outage", since: T0 + 5 * SECOND },
				],
			},
		]);
		people.until(24 * HOUR);
		expect(people.notices).toHaveLength(1);
	});

	test("WhatsApp, Instagram and Facebook within a minute are one opening and one worsening, two minutes later", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN });
		people.write(20 * SECOND, { "ig/feed": DOWN });
		people.write(50 * SECOND, { "fb/feed": DOWN });
		people.until(12 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging", "2:00 worsened i1: wa/messaging ig/feed fb/feed"]);
	});

	test("news of a young outage gathers for a minute, of an older one for twenty seconds", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN });
		people.write(4 * MINUTE, { "ig/feed": DOWN });
		people.write(4 * MINUTE + 50 * SECOND, { "ig/media": DOWN });
		people.until(10 * MINUTE);
		expect(people.heard().slice(1)).toEqual(["5:00 worsened i1: wa/messaging ig/feed ig/media"]);
		people.write(11 * MINUTE, { "fb/feed": DOWN });
		people.write(11 * MINUTE + 15 * SECOND, { "fb/media": DOWN });
		people.until(20 * MINUTE);
		expect(people.heard().slice(2)).toEqual(["11:20 worsened i1: wa/messaging ig/feed ig/media fb/feed fb/media"]);
	});

	test("news of a young outage is told soon where nothing more is being proved: after 45 seconds, and twice as long with each notice", () => {
		const people = listener();
		people.settle(true);
		people.write(0, { "wa/messaging": DOWN });
		people.write(10 * SECOND, { "ig/feed": DOWN });
		people.write(MINUTE, { "ig/media": DOWN });
		people.write(2 * MINUTE, { "fb/feed": DOWN });
		people.until(9 * MINUTE);
		expect(people.heard().slice(1)).toEqual([
			"0:50 worsened i1: wa/messaging ig/feed",
			"2:20 worsened i1: wa/messaging ig/feed ig/media fb/feed",
		]);
	});

	test("while something may still join, news waits as long as ever, and so does that of an old outage", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN });
		people.write(10 * SECOND, { "ig/feed": DOWN });
		people.until(100 * SECOND);
		people.settle(true);
		people.until(9 * MINUTE);
		expect(people.heard().slice(1)).toEqual(["1:50 worsened i1: wa/messaging ig/feed"]);
		people.write(11 * MINUTE, { "ig/media": DOWN });
		people.write(12 * MINUTE, { "wa/calls": DOWN });
		people.until(20 * MINUTE);
		expect(people.heard().slice(2)).toEqual([
			"11:20 worsened i1: wa/messaging ig/feed ig/media",
			"19:20 worsened i1: wa/messaging ig/feed ig/media wa/calls",
		]);
	});

	test("news that is gone before it was told is never told", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN });
		people.write(4 * MINUTE, { "ig/feed": DOWN });
		people.write(4 * MINUTE + 40 * SECOND, { "ig/feed": UP });
		people.write(4 * MINUTE + 50 * SECOND, { "wa/calls": DOWN });
		people.until(HOUR);
		expect(people.heard().slice(1)).toEqual(["5:10 worsened i1: wa/messaging wa/calls"]);
	});

	test("that goes deeper is told seldom: the pauses double from two to thirty minutes", () => {
		const people = listener();
		const features = ["media", "calls", "push", "login", "feed", "web", "search"] as const;
		people.write(0, { "wa/messaging": DOWN });
		for (const [n, feature] of features.entries()) {
			const last = lastTold(people);
			people.write(last + 10 * SECOND, { [`wa/${feature}`]: DOWN });
			for (let later = MINUTE; later <= HOUR && people.notices.length === n + 1; later += MINUTE)
				people.until(last + later);
		}
		const gaps = people.notices.slice(1).map(({ at }, n) => (at - (people.notices[n]?.at ?? 0)) / MINUTE);
		expect(gaps).toEqual([2, 4, 8, 16, 30, 30, 30]);
	});

	test("that reaches another service is told after two minutes, however often people have heard of it", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN });
		for (const [n, feature] of ["media", "calls", "push", "login"].entries())
			people.write(30 * MINUTE * (n + 1), { [`wa/${feature}`]: DOWN });
		people.until(121 * MINUTE);
		expect(people.heard()).toHaveLength(5);
		people.write(121 * MINUTE, { "wa/web": DOWN });
		people.write(121 * MINUTE + 10 * SECOND, { "ig/feed": DOWN });
		people.until(10 * HOUR);
		expect(people.heard().slice(5)).toEqual([
			"122:20 worsened i1: wa/messaging wa/media wa/calls wa/push wa/login wa/web ig/feed",
		]);
	});

	test("of which one feature comes and goes is told of it once", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN });
		for (let n = 0; n < 60; n++) people.write((10 + 4 * n) * MINUTE, { "wa/media": n % 2 === 0 ? DOWN : UP });
		people.until(12 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging", "10:20 worsened i1: wa/messaging wa/media"]);
	});

	test.each<{ from: Level; to: Level; told: boolean }>([
		{ from: "degraded", to: "partial_outage", told: true },
		{ from: "degraded", to: DOWN, told: true },
		{ from: "partial_outage", to: DOWN, told: false },
		{ from: DOWN, to: "partial_outage", told: false },
		{ from: DOWN, to: "degraded", told: false },
	])("a step from $from to $to is news: $told", ({ from, to, told }) => {
		const people = listener();
		people.write(0, { "wa/messaging": from });
		people.write(10 * MINUTE, { "wa/messaging": to });
		people.until(HOUR);
		expect(people.heard().slice(1)).toEqual(told ? ["10:20 worsened i1: wa/messaging"] : []);
	});

	test("that was down, became unreliable and is down again is not told twice, whatever was told in between", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN });
		people.write(3 * MINUTE, { "wa/messaging": "degraded" });
		people.write(10 * MINUTE, { "wa/media": DOWN });
		people.write(30 * MINUTE, { "wa/messaging": DOWN });
		people.until(12 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging", "10:20 worsened i1: wa/messaging wa/media"]);
	});

	test("of which the blame goes to and fro is told ever more seldom", () => {
		const people = listener();
		people.write(0, { "wa/web": DOWN, "ig/web": DOWN });
		for (let n = 1; n <= 80; n++) {
			const culprit = n % 2 === 0 ? "meta" : "cloudflare";
			people.it.culprits.set("wa", culprit).set("ig", culprit);
			people.write(3 * n * MINUTE, {});
		}
		const hours = [0, 1, 2, 3].map((hour) => people.notices.filter(({ at }) => Math.floor((at - T0) / HOUR) === hour));
		expect(hours.map((own) => own.length)).toEqual([expect.toSatisfy((n) => n <= 6), 2, 2, 2]);
	});

	test("that turns out to be someone else's fault is told again, though nothing else has changed", () => {
		const people = listener();
		people.write(0, { "wa/web": DOWN, "ig/web": DOWN });
		people.it.culprits.set("wa", "cloudflare").set("ig", "cloudflare");
		people.write(10 * MINUTE, {});
		people.until(HOUR);
		expect(people.notices.slice(1)).toMatchObject([
			{ kind: "worsened", at: T0 + 10 * MINUTE + 20 * SECOND, cause: "upstream", culprit: "cloudflare" },
		]);
	});
});

/** The line with what it names in order. */
function sorted(line: string): string {
	const [head = "", names = ""] = line.split(": ");
	return `${head}: ${names.split(" ").sort().join(" ")}`;
}

function lastTold(people: ReturnType<typeof listener>): number {
	return (people.notices.at(-1)?.at ?? T0) - T0;
}

describe("what people hear of the end", () => {
	test("that an outage is over is told at once, with all that it held", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.write(3 * MINUTE, { "wa/messaging": UP });
		people.write(4 * MINUTE, { "ig/feed": UP });
		people.until(12 * HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: wa/messaging ig/feed", "4:00 closed i1: wa/messaging ig/feed"]);
		expect(people.notices[1]).toMatchObject({ openedAt: T0, culprit: "meta", cause: "service" });
	});

	test("that a whole service is well again is told after ten minutes, with what remains", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN, "wa/media": DOWN, "ig/feed": DOWN, "ig/media": DOWN });
		people.write(20 * MINUTE, { "wa/messaging": UP });
		people.write(25 * MINUTE, { "wa/media": UP, "ig/media": UP });
		people.until(12 * HOUR);
		expect(people.heard().slice(1)).toEqual(["35:00 eased i1: ig/feed"]);
	});

	test("that a service is well again is not told while something else is news", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.write(20 * MINUTE, { "wa/messaging": UP });
		people.write(30 * MINUTE - 10 * SECOND, { "ig/media": DOWN });
		people.until(12 * HOUR);
		expect(people.heard().slice(1)).toEqual([
			"30:10 worsened i1: ig/feed ig/media",
			"40:20 eased i1: ig/feed ig/media",
		]);
	});

	test("that one feature of a service is well again is not told while another is not", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN, "wa/media": DOWN });
		people.write(20 * MINUTE, { "wa/messaging": UP });
		people.until(12 * HOUR);
		expect(people.heard()).toHaveLength(1);
	});

	test("a service that comes and goes is well only once it has been for ten minutes on end", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN, "ig/feed": DOWN });
		for (let n = 0; n < 6; n++) people.write((20 + 9 * n) * MINUTE, { "wa/messaging": n % 2 === 0 ? UP : DOWN });
		people.until(100 * MINUTE);
		expect(people.heard()).toHaveLength(1);
		people.write(100 * MINUTE, { "wa/messaging": UP });
		people.until(12 * HOUR);
		expect(people.heard().slice(1)).toEqual(["110:00 eased i1: ig/feed"]);
	});

	test("a service that fails again after people heard that it is well is news", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.write(20 * MINUTE, { "wa/messaging": UP });
		people.write(50 * MINUTE, { "wa/messaging": DOWN });
		people.until(12 * HOUR);
		expect(people.heard().slice(1).map(sorted)).toEqual([
			"30:00 eased i1: ig/feed",
			"50:20 worsened i1: ig/feed wa/messaging",
		]);
	});

	test("an outage that comes back within ten minutes opens again, and ends only after ten quiet minutes", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN });
		people.write(5 * MINUTE, { "wa/messaging": UP });
		people.write(9 * MINUTE, { "wa/messaging": DOWN });
		people.write(12 * MINUTE, { "wa/messaging": UP });
		people.write(16 * MINUTE, { "wa/messaging": DOWN });
		people.write(20 * MINUTE, { "wa/messaging": UP });
		people.until(30 * MINUTE - SECOND);
		expect(people.heard()).toEqual([
			"0:00 opened i1: wa/messaging",
			"5:00 closed i1: wa/messaging",
			"9:00 opened i1: wa/messaging",
		]);
		people.until(12 * HOUR);
		expect(people.heard().slice(3)).toEqual(["30:00 closed i1: wa/messaging"]);
	});

	test("an outage that has come back stays one that has, whatever else is told of it", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN });
		people.write(5 * MINUTE, { "wa/messaging": UP });
		people.write(9 * MINUTE, { "wa/messaging": DOWN });
		people.write(30 * MINUTE, { "ig/feed": DOWN });
		people.write(40 * MINUTE, { "wa/messaging": UP, "ig/feed": UP });
		people.until(12 * HOUR);
		expect(people.heard().slice(3).map(sorted)).toEqual([
			"30:20 worsened i1: ig/feed wa/messaging",
			"50:00 closed i1: ig/feed wa/messaging",
		]);
	});

	test("a service that was well when its outage came back is not told to be well", () => {
		const people = listener();
		people.write(0, { "wa/messaging": DOWN, "ig/feed": DOWN });
		people.write(5 * MINUTE, { "wa/messaging": UP, "ig/feed": UP });
		people.write(9 * MINUTE, { "wa/messaging": DOWN });
		people.until(12 * HOUR);
		expect(people.heard().slice(2)).toEqual(["9:00 opened i1: wa/messaging"]);
	});

	test("an outage that nobody was told of ends without a word", () => {
		const people = listener();
		people.it.write(0, { "wa/messaging": DOWN });
		people.it.write(1, { "wa/messaging": UP });
		people.until(HOUR);
		expect(people.notices).toEqual([]);
	});
});

describe("what people hear of two outages", () => {
	test("of different culprits is told apart", () => {
		const people = listener({ wa: "meta", x: "x-corp" });
		people.write(0, { "wa/messaging": DOWN, "x/feed": DOWN });
		people.write(MINUTE, { "x/feed": UP });
		people.until(12 * HOUR);
		expect(people.heard()).toEqual([
			"0:00 opened i1: wa/messaging",
			"0:00 opened i2: x/feed",
			"1:00 closed i2: x/feed",
		]);
	});

	test("that turn out to be one is told by the older one; the younger says no more of its own", () => {
		const people = listener({ medium: "medium", canva: "canva" });
		people.write(0, { "medium/web": DOWN });
		people.write(30 * SECOND, { "canva/web": DOWN });
		people.it.culprits.set("medium", "cloudflare").set("canva", "cloudflare");
		people.write(MINUTE, {});
		people.write(HOUR, { "canva/web": UP, "medium/web": UP });
		people.until(12 * HOUR);
		expect(people.heard()).toEqual([
			"0:00 opened i1: medium/web",
			"0:30 opened i2: canva/web",
			"2:00 worsened i1: medium/web canva/web",
			"60:00 closed i1: medium/web canva/web",
		]);
		expect(people.notices[2]).toMatchObject({ cause: "upstream", culprit: "cloudflare", openedAt: T0 });
		expect([...people.told().keys()]).toEqual(["i1"]);
	});

	test("of which the second was merged before anyone heard of it is told once", () => {
		const people = listener({ medium: "medium" });
		people.write(0, { "medium/web": DOWN });
		people.it.culprits.set("medium", "cloudflare").set("canva", "cloudflare");
		people.write(10 * MINUTE, { "canva/web": DOWN });
		people.until(HOUR);
		expect(people.heard()).toEqual(["0:00 opened i1: medium/web", "10:20 worsened i1: medium/web canva/web"]);
	});

	test("what is told of an incident is forgotten with it", () => {
		const people = listener({});
		for (let n = 0; n < 30; n++) {
			people.write(n * MINUTE, { [`s${n}/web`]: DOWN });
			people.write(n * MINUTE + 1, { [`s${n}/web`]: UP });
		}
		people.write(10 * HOUR, { "last/web": DOWN });
		expect([...people.told().keys()]).toEqual(people.it.book.incidents.map(({ id }) => id));
		expect(people.told().size).toBeLessThan(30);
	});
});

/** Tellings that have been written down and read again so long after T0. */
function restored(told: Tellings, at: number): Tellings {
	return afterUnseen(new Map(JSON.parse(JSON.stringify([...told]))), Number.POSITIVE_INFINITY, T0 + at);
}

describe("after a restart", () => {
	const before = listener();
	before.write(0, { "wa/messaging": DOWN, "ig/feed": "degraded" });
	before.write(MINUTE, { "ig/feed": UP });
	const { book } = before.it;
	const again = (at: number) => {
		const people = listener(META, { book, told: restored(before.told(), at) });
		people.until(at);
		return people;
	};

	test("what is open is not told again, however long it lasts, and what is well is told once it has been seen to be", () => {
		const people = again(HOUR);
		people.until(24 * HOUR);
		expect(people.heard()).toEqual(["70:00 eased i1: wa/messaging"]);
	});

	test("its end is told", () => {
		const people = again(HOUR);
		people.it.write(65 * MINUTE, { "wa/messaging": DOWN });
		people.write(65 * MINUTE, { "wa/messaging": UP });
		expect(people.heard().map(sorted)).toEqual(["65:00 closed i1: ig/feed wa/messaging"]);
	});

	test("what it had not reached before is news", () => {
		const people = again(HOUR);
		people.write(65 * MINUTE, { "fb/feed": DOWN });
		people.until(70 * MINUTE);
		expect(people.heard().map(sorted)).toEqual(["65:20 worsened i1: fb/feed wa/messaging"]);
	});

	test("what had ended is not told to have ended again", () => {
		const over = listener();
		over.write(0, { "wa/messaging": DOWN });
		over.write(MINUTE, { "wa/messaging": UP });
		const told = restored(over.told(), 2 * MINUTE);
		expect(decide(over.it.book.incidents, told, T0 + 2 * MINUTE, ALL).notices).toEqual([]);
	});
});

describe("where there is nothing to tell", () => {
	test("nothing is remembered, and nothing made anew", () => {
		const told: Tellings = new Map();
		expect(decide([], told, T0, ALL)).toEqual({ notices: [], told });
		expect(decide([], told, T0, ALL).told).toBe(told);
	});
});

describe("whatever happens", () => {
	const levels = fc.constantFrom<Level>(UP, UP, "unknown", "maintenance", "degraded", "partial_outage", DOWN);
	const keys = fc.constantFrom("wa/messaging", "wa/media", "ig/feed", "ig/media", "x/feed", "canva/web");
	const moves = (blame: fc.Arbitrary<Record<string, string>>) =>
		fc.array(
			fc.record({
				later: fc.oneof(fc.nat(MINUTE), fc.nat(5 * MINUTE), fc.nat(20 * MINUTE)),
				moved: fc.dictionary(keys, levels, { maxKeys: 3 }),
				blame,
			}),
			{ maxLength: 50 },
		);
	const steady = moves(fc.constant({}));
	const fickle = moves(
		fc.dictionary(fc.constantFrom("wa", "ig", "x", "canva"), fc.constantFrom("meta", "x-corp", "cloudflare"), {
			maxKeys: 2,
		}),
	);
	type Moves = typeof steady extends fc.Arbitrary<infer M> ? M : never;

	function live(story: Moves, settled = false) {
		const people = listener({ wa: "meta", ig: "meta", x: "x-corp", canva: "canva" });
		people.settle(settled);
		let at = 0;
		for (const { later, moved, blame } of story) {
			at += later;
			for (const [service, culprit] of Object.entries(blame)) people.it.culprits.set(service, culprit);
			people.write(at, moved);
		}
		people.until(at + HOUR);
		return people;
	}
	const byIncident = (notices: readonly IncidentNotice[]) => Map.groupBy(notices, ({ incident }) => incident).values();
	const named = ({ features }: IncidentNotice) => new Set(features.map(({ service }) => service));

	test("openings and endings take turns, beginning with an opening; the rest comes between", () => {
		fc.assert(
			fc.property(fickle, (story) => {
				for (const own of byIncident(live(story).notices)) {
					let open = false;
					for (const { kind, features } of own) {
						expect(open).toBe(kind !== "opened");
						open = kind !== "closed";
						expect(features.length).toBeGreaterThan(0);
						expect(features.some(({ until }) => until !== undefined)).toBe(kind === "closed");
					}
				}
			}),
		);
	});

	test("whatever was told to have begun and is over was told to be over, unless another outage took it in", () => {
		fc.assert(
			fc.property(fickle, (story) => {
				const { it, notices } = live(story);
				for (const own of byIncident(notices)) {
					const incident = it.book.incidents.find(({ id }) => id === own[0]?.incident);
					if (!incident || incident.mergedInto !== undefined) continue;
					expect(own.at(-1)?.kind === "closed").toBe(incident.closedAt !== undefined);
				}
			}),
		);
	});

	test("no worsening without something that people had not heard, no easing without a service less", () => {
		let worsened = 0;
		let eased = 0;
		fc.assert(
			fc.property(fickle, (story) => {
				for (const own of byIncident(live(story).notices)) {
					const known = new Map<string, boolean>();
					let last: IncidentNotice | undefined;
					for (const notice of own) {
						const fresh = notice.features.filter(({ service, feature, level }) => {
							const down = isProblem(level) && level !== "degraded";
							const before = known.get(`${service}/${feature}`);
							known.set(`${service}/${feature}`, down || before === true);
							return before === undefined || (down && !before);
						});
						if (notice.kind === "worsened") {
							worsened += 1;
							expect(fresh.length > 0 || notice.culprit !== last?.culprit).toBe(true);
						}
						if (notice.kind === "eased") {
							eased += 1;
							expect(fresh).toEqual([]);
							const gone = [...new Set([...known.keys()].map((key) => key.slice(0, key.indexOf("/"))))].filter(
								(service) => !named(notice).has(service),
							);
							expect(gone.length).toBeGreaterThan(0);
							for (const key of known.keys())
								if (gone.some((service) => key.startsWith(`${service}/`))) known.delete(key);
						}
						last = notice;
					}
				}
			}),
			{ numRuns: 200 },
		);
		expect(worsened).toBeGreaterThan(20);
		expect(eased).toBeGreaterThan(5);
	});

	test("after each notice there is a pause of two minutes while something is being proved; unless a service joins, it doubles up to half an hour", () => {
		fc.assert(
			fc.property(fickle, (story) => {
				for (const own of byIncident(live(story).notices)) {
					const told = own.filter(({ kind }) => kind !== "closed");
					for (const [n, notice] of told.entries()) {
						const last = told[n - 1];
						if (!last || notice.kind === "opened") continue;
						const joined =
							notice.culprit !== last.culprit || [...named(notice)].some((service) => !named(last).has(service));
						const pause = joined ? 2 * MINUTE : Math.min(30 * MINUTE, 2 * MINUTE * 2 ** (n - 1));
						expect(notice.at - last.at).toBeGreaterThanOrEqual(pause);
					}
				}
			}),
		);
	});

	test.each([
		["with one culprit", steady],
		["whoever is blamed from moment to moment", fickle],
	])("an outage is worth a dozen notices in an hour at most, %s", (_, stories) => {
		fc.assert(
			fc.property(stories, fc.boolean(), (story, settled) => {
				for (const own of byIncident(live(story, settled).notices)) {
					for (const { at } of own)
						expect(own.filter((other) => other.at >= at && other.at < at + HOUR).length).toBeLessThanOrEqual(12);
				}
			}),
		);
	});
});

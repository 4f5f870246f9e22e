import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Level } from "../../src/core/level.ts";
import type { MuteWish } from "../../src/core/mutes.ts";
import type { IncidentNotice, Notice } from "../../src/core/notice.ts";
import { BURST, NOTICE_COSTS_MS } from "../../src/core/notice-budget.ts";
import type { NotificationRule } from "../../src/core/notice-rules.ts";
import { HOUR, MINUTE, T0 } from "../helpers/evidence.ts";
import { household } from "../helpers/household.ts";

const BLAME = { wa: "meta", ig: "meta", x: "x-corp", canva: "canva" };
const SERVICES = Object.keys(BLAME);
const KEYS = ["wa/messaging", "wa/media", "ig/feed", "ig/media", "x/feed", "canva/web"] as const;
const UP = Object.fromEntries(KEYS.map((key) => [key, "operational"] as const));

const service = fc.constantFrom(...SERVICES);
const level = fc.constantFrom<Level>("operational", "operational", "degraded", "partial_outage", "major_outage");
const moved = fc.record({
	what: fc.constant("moved" as const),
	levels: fc.dictionary(fc.constantFrom(...KEYS), level, { minKeys: 1, maxKeys: 3 }),
	blame: fc.dictionary(service, fc.constantFrom("meta", "x-corp", "cloudflare"), { maxKeys: 1 }),
});
const connected = fc.record({
	what: fc.constant("connected" as const),
	state: fc.constantFrom("online", "online", "online", "trouble", "unknown"),
});
const hushed = fc.record({
	what: fc.constant("hushed" as const),
	why: fc.constantFrom(undefined, undefined, "quiet_hours", "away"),
	through: fc.constantFrom(undefined, undefined, "major_outage"),
});
const muted = fc.record({
	what: fc.constant("muted" as const),
	service: fc.option(service, { nil: undefined, freq: 6 }),
	until: fc.oneof(fc.constantFrom<MuteWish>("resolved", "worse"), fc.nat(2 * HOUR)),
});
const other = fc.oneof(
	fc.record({ what: fc.constantFrom("restarted", "slept", "unmuted" as const) }),
	fc.record({ what: fc.constant("awaited" as const), service }),
	fc.record({ what: fc.constant("overlooked" as const), services: fc.subarray(SERVICES) }),
	fc.record({
		what: fc.constant("wanted" as const),
		rules: fc.array(
			fc.record<NotificationRule>({
				services: fc.subarray(SERVICES),
				notify: fc.boolean(),
			}) as fc.Arbitrary<NotificationRule>,
			{ maxLength: 2 },
		),
	}),
);
const happening = fc.oneof(
	{ weight: 10, arbitrary: moved },
	{ weight: 2, arbitrary: connected },
	{ weight: 2, arbitrary: hushed },
	{ weight: 2, arbitrary: muted },
	{ weight: 4, arbitrary: other },
);
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;
type Story = readonly (readonly [number, Happening])[];

const later = fc.oneof(fc.nat(MINUTE), fc.nat(5 * MINUTE), fc.nat(20 * MINUTE));
const anything: fc.Arbitrary<Story> = fc.array(fc.tuple(later, happening), { minLength: 8, maxLength: 40 });
/** Without what may end a telling in silence. */
const outspoken = anything.map((story) =>
	story.filter(([, { what }]) => what !== "muted" && what !== "awaited" && what !== "wanted"),
);

interface Moment {
	readonly notices: readonly Notice[];
	readonly online: boolean;
	readonly hush: boolean;
	readonly isMuted: (service: string) => boolean;
}

/** Lives through a story and then until everything has been well, and free to be said, for hours. */
function live(story: Story) {
	const people = household(BLAME);
	const moments: Moment[] = [];
	let at = 0;
	let state = "online";
	let hush: { why?: string | undefined; through?: string | undefined } = {};
	let seen = 0;
	const look = () => {
		const mutes = people.muted();
		moments.push({
			notices: people.notices.slice(seen),
			online: state === "online",
			hush: hush.why !== undefined && hush.through === undefined,
			isMuted: (id) => mutes.some((mute) => mute.service === undefined || mute.service === id),
		});
		seen = people.notices.length;
	};
	for (const [gap, each] of story) {
		at += gap;
		people.until(at);
		look();
		happen(people, at, each);
		if (each.what === "connected") state = each.state;
		if (each.what === "hushed") hush = each;
		if (each.what === "slept") at += 3 * HOUR;
		seen = people.notices.length;
	}
	people.lookAway();
	people.unmute(at);
	people.want(at, []);
	people.hush(at);
	people.connect(at, "online");
	people.write(at, UP);
	people.until(at + 4 * HOUR);
	return { ...people, moments };
}

function happen(people: ReturnType<typeof household>, at: number, each: Happening): void {
	switch (each.what) {
		case "moved":
			for (const [id, culprit] of Object.entries(each.blame)) people.it.culprits.set(id, culprit);
			people.write(at, each.levels);
			break;
		case "connected":
			people.connect(at, each.state);
			break;
		case "hushed":
			people.hush(at, each.why, each.through);
			break;
		case "muted":
			people.mute(at, typeof each.until === "number" ? T0 + at + each.until : each.until, each.service);
			break;
		case "unmuted":
			people.unmute(at);
			break;
		case "awaited":
			people.wantBack(at, each.service);
			break;
		case "overlooked":
			people.lookAway(...each.services);
			break;
		case "wanted":
			people.want(at, each.rules);
			break;
		case "restarted":
			people.restart();
			break;
		case "slept":
			people.sleep(at + 3 * HOUR);
	}
}

/** What people were told of each incident, in order: begun, over, or something in between. */
function fates(notices: readonly Notice[]): Map<string, ("begun" | "between" | "over")[]> {
	const told = new Map<string, ("begun" | "between" | "over")[]>();
	const add = (id: string, fate: "begun" | "between" | "over") => told.set(id, [...(told.get(id) ?? []), fate]);
	for (const notice of notices) {
		if (notice.kind === "digest") {
			for (const { incident, closedAt } of notice.incidents) {
				const open = ["begun", "between"].includes(told.get(incident)?.at(-1) ?? "");
				if (closedAt === undefined) add(incident, open ? "between" : "begun");
				else if (open) add(incident, "over");
			}
		}
		if (notice.kind === "opened") add(notice.incident, "begun");
		if (notice.kind === "worsened" || notice.kind === "eased") add(notice.incident, "between");
		if (notice.kind === "closed") add(notice.incident, "over");
	}
	return told;
}

const ofIncidents = (notices: readonly Notice[]) =>
	notices.filter((notice): notice is IncidentNotice => "incident" in notice);

describe("whatever happens", () => {
	test("beginnings and ends take turns, and what was told to have begun is told to be over", () => {
		let ended = 0;
		let summed = 0;
		fc.assert(
			fc.property(outspoken, (story) => {
				const { notices, it } = live(story);
				summed += notices.filter(({ kind }) => kind === "digest").length;
				for (const [id, own] of fates(notices)) {
					for (const [n, fate] of own.entries()) expect(fate === "begun").toBe(n === 0 || own[n - 1] === "over");
					const incident = it.book.incidents.find((each) => each.id === id);
					if (incident?.mergedInto !== undefined) continue;
					ended += 1;
					expect(own.at(-1)).toBe("over");
				}
			}),
			{ numRuns: 100 },
		);
		expect(ended).toBeGreaterThan(100);
		expect(summed).toBeGreaterThan(10);
	});

	test("nothing begins or ends twice, but in silence where people muted, awaited or chose anew", () => {
		fc.assert(
			fc.property(anything, (story) => {
				const { notices, it, desk } = live(story);
				for (const [id, own] of fates(notices)) {
					for (const [n, fate] of own.entries()) if (fate === "over") expect(own[n - 1]).not.toBe("over");
					if (it.book.incidents.find((each) => each.id === id)?.mergedInto === undefined) {
						expect(desk().told.get(id)?.closedAt ?? 0).toBeDefined();
					}
				}
				for (const telling of desk().told.values()) expect(telling.closedAt).toBeDefined();
			}),
			{ numRuns: 100 },
		);
	});

	test("no notice says the same as the last one of its incident", () => {
		fc.assert(
			fc.property(anything, (story) => {
				for (const own of Map.groupBy(ofIncidents(live(story).notices), ({ incident }) => incident).values()) {
					const said = own.map(({ kind, culprit, features }) => JSON.stringify({ kind, culprit, features }));
					for (const [n, words] of said.entries()) expect(words).not.toBe(said[n - 1]);
				}
			}),
			{ numRuns: 60 },
		);
	});

	test("nothing is said of services without a connection, nothing at all in a hush, nothing of what is muted", () => {
		let silent = 0;
		fc.assert(
			fc.property(anything, (story) => {
				for (const { notices, online, hush, isMuted } of live(story).moments) {
					const kinds = notices.map(({ kind }) => kind);
					if (!online) expect(kinds.filter((kind) => kind !== "connection_lost")).toEqual([]);
					if (hush) expect(kinds).toEqual([]);
					silent += hush || !online ? 1 : 0;
					for (const { kind, features } of ofIncidents(notices)) {
						if (kind !== "eased") expect(features.every((each) => isMuted(each.service))).toBe(false);
					}
				}
			}),
			{ numRuns: 100 },
		);
		expect(silent).toBeGreaterThan(100);
	});

	test("no more is said than the budget allows", () => {
		fc.assert(
			fc.property(anything, (story) => {
				const times = live(story).notices.map(({ at }) => at);
				for (const [n, first] of times.entries()) {
					for (const [m, last] of times.entries()) {
						if (m >= n) expect(m - n + 1).toBeLessThanOrEqual(BURST + Math.floor((last - first) / NOTICE_COSTS_MS));
					}
				}
			}),
			{ numRuns: 60 },
		);
	});

	test("the same story gives the same bytes", () => {
		fc.assert(
			fc.property(anything, (story) => {
				const once = live(story);
				const again = live(story);
				expect(JSON.stringify(again.notices)).toBe(JSON.stringify(once.notices));
				expect(JSON.stringify([...again.desk().told])).toBe(JSON.stringify([...once.desk().told]));
			}),
			{ numRuns: 15 },
		);
	});

	test("who awaits a service in trouble is told once that it is back", () => {
		let told = 0;
		fc.assert(
			fc.property(anything, (story) => {
				const { notices, desk } = live(story);
				expect(desk().awaited).toEqual([]);
				const wishes = story.filter(([, each]) => each.what === "awaited").length;
				const back = notices.filter(({ kind }) => kind === "back").length;
				told += back;
				expect(back).toBeLessThanOrEqual(wishes);
			}),
			{ numRuns: 60 },
		);
		expect(told).toBeGreaterThan(5);
	});
});

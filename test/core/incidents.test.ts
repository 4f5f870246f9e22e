import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordTransitions, takenUp } from "../../src/core/incident-book.ts";
import { COOL_DOWN_MS, openFeatures } from "../../src/core/incidents.ts";
import { isProblem, type Level } from "../../src/core/level.ts";
import { diary, type Key } from "../helpers/diary.ts";
import { MINUTE, SECOND, T0 } from "../helpers/evidence.ts";

const META = { whatsapp: "meta", instagram: "meta", facebook: "meta" };
const down = "major_outage";

describe("incidents", () => {
	test("WhatsApp, then Instagram, then Facebook are one incident that keeps its id", () => {
		const it = diary(META);
		expect(it.write(0, { "whatsapp/messaging": down })).toEqual(["opened i1"]);
		expect(it.write(MINUTE, { "instagram/feed": down })).toEqual(["changed i1"]);
		expect(it.write(2 * MINUTE, { "facebook/feed": "degraded" })).toEqual(["changed i1"]);
		expect(it.incident("i1")).toMatchObject({ cause: "service", culprit: "meta", openedAt: T0 });
		expect(it.write(3 * MINUTE, { "whatsapp/messaging": "operational" })).toEqual(["changed i1"]);
		expect(it.write(4 * MINUTE, { "instagram/feed": "operational", "facebook/feed": "operational" })).toEqual([
			"closed i1",
		]);
		expect(it.incident("i1")).toMatchObject({
			id: "i1",
			cause: "service",
			culprit: "meta",
			openedAt: T0,
			closedAt: T0 + 4 * MINUTE,
			features: [
				{ service: "whatsapp", feature: "messaging", level: down, since: T0, until: T0 + 3 * MINUTE },
				{ service: "instagram", feature: "feed", level: down, since: T0 + MINUTE, until: T0 + 4 * MINUTE },
				{ service: "facebook", feature: "feed", level: "degraded", since: T0 + 2 * MINUTE, until: T0 + 4 * MINUTE },
			],
		});
	});

	test("services of different owners are different incidents", () => {
		const it = diary({ whatsapp: "meta", x: "x-corp" });
		expect(it.write(0, { "whatsapp/messaging": down, "x/feed": down })).toEqual(["opened i1", "opened i2"]);
		expect(it.write(MINUTE, { "whatsapp/messaging": "operational" })).toEqual(["closed i1"]);
		expect(it.incident("i2").closedAt).toBeUndefined();
	});

	test("a moment in which one feature is well again and another fails leaves the incident open", () => {
		const it = diary(META);
		it.write(0, { "whatsapp/messaging": down });
		expect(it.write(1, { "whatsapp/messaging": "operational", "whatsapp/calls": "partial_outage" })).toEqual([
			"changed i1",
		]);
		expect(it.incident("i1").openedAt).toBe(T0);
		expect(openFeatures(it.incident("i1"))).toEqual([
			{ service: "whatsapp", feature: "calls", level: "partial_outage", since: T0 + 1 },
		]);
	});

	test("incidents that nothing happens to are the very same, so that nobody writes them again", () => {
		const it = diary({ whatsapp: "meta", x: "x-corp" });
		it.write(0, { "whatsapp/messaging": down, "x/feed": down });
		const before = it.incident("i2");
		it.write(1, { "whatsapp/messaging": "degraded" });
		expect(it.incident("i2")).toBe(before);
		expect(it.write(2, {})).toEqual([]);
	});

	test("trouble that comes back within the cool-down is the same incident, after it a new one", () => {
		const it = diary(META);
		it.write(0, { "whatsapp/messaging": down });
		it.write(MINUTE, { "whatsapp/messaging": "operational" });
		expect(it.write(MINUTE + COOL_DOWN_MS, { "instagram/feed": down })).toEqual(["opened i1"]);
		expect(it.incident("i1")).not.toHaveProperty("closedAt");
		expect(it.incident("i1")).toMatchObject({ openedAt: T0, reopened: 1 });
		const other = diary(META);
		other.write(0, { "whatsapp/messaging": down });
		other.write(MINUTE, { "whatsapp/messaging": "operational" });
		expect(other.write(MINUTE + COOL_DOWN_MS + 1, { "instagram/feed": down })).toEqual(["opened i2"]);
		expect(other.incident("i1")).not.toHaveProperty("reopened");
	});

	test("what comes back again and again is given longer each time, up to an hour", () => {
		const coolDowns = [10, 20, 40, 60, 60, 60].map((minutes) => minutes * MINUTE);
		for (let times = 0; times < coolDowns.length; times++) {
			for (const late of [0, 1]) {
				const it = diary(META);
				it.write(0, { "whatsapp/messaging": down });
				let now = MINUTE;
				for (const coolDown of coolDowns.slice(0, times)) {
					it.write(now, { "whatsapp/messaging": "operational" });
					now += coolDown;
					expect(it.write(now, { "whatsapp/messaging": down })).toEqual(["opened i1"]);
					now += MINUTE;
				}
				it.write(now, { "whatsapp/messaging": "operational" });
				now += (coolDowns[times] as number) + late;
				expect(it.write(now, { "whatsapp/messaging": down })).toEqual([late ? "opened i2" : "opened i1"]);
			}
		}
	});

	test("a feature that joins or comes back while the incident is open does not make it come back", () => {
		const it = diary(META);
		it.write(0, { "whatsapp/messaging": down, "instagram/feed": down });
		it.write(1, { "whatsapp/messaging": "operational" });
		it.write(2, { "whatsapp/messaging": down, "facebook/feed": down });
		expect(it.incident("i1")).not.toHaveProperty("reopened");
	});

	test("a feature that comes back is listed once, since its return", () => {
		const it = diary(META);
		it.write(0, { "whatsapp/messaging": down, "whatsapp/media": down });
		it.write(MINUTE, { "whatsapp/messaging": "operational" });
		it.write(2 * MINUTE, { "whatsapp/messaging": "degraded" });
		const held = it.incident("i1").features.filter(({ feature }) => feature === "messaging");
		expect(held).toEqual([{ service: "whatsapp", feature: "messaging", level: "degraded", since: T0 + 2 * MINUTE }]);
	});

	test("getting worse or better does not change since when a feature is in trouble", () => {
		const it = diary(META);
		it.write(0, { "whatsapp/messaging": "degraded" });
		it.write(MINUTE, { "whatsapp/messaging": down });
		it.write(2 * MINUTE, { "whatsapp/messaging": "partial_outage" });
		expect(it.incident("i1").features).toMatchObject([{ level: "partial_outage", since: T0 }]);
	});

	test("a feature that is blamed on somebody else is not held with others of its service, nor with its own past", () => {
		const it = diary({ "wa/media": "cdn", wa: "meta", ig: "meta" });
		it.write(0, { "wa/feed": down, "ig/feed": down });
		expect(it.write(1, { "wa/media": down })).toEqual(["opened i2"]);
		it.write(2, { "wa/feed": "operational" });
		it.culprits.set("wa/feed", "cdn");
		expect(it.write(3, { "wa/feed": down })).toEqual(["changed i2"]);
		expect(openFeatures(it.incident("i1"))).toMatchObject([{ service: "ig" }]);
	});

	test("a feature whose verdict blames nobody is its own service's trouble", () => {
		const it = diary();
		it.write(0, { "canva/web": down });
		expect(it.incident("i1")).toMatchObject({ cause: "service", culprit: "canva" });
	});

	test("a close for which nothing is open writes nothing", () => {
		const it = diary({ signal: "signal" });
		it.write(0, { "signal/messaging": down });
		it.write(1, { "signal/messaging": "operational" });
		const before = it.incident("i1");
		const stray = { kind: "closed", service: "signal", feature: "calls", from: down, level: "operational" } as const;
		const book = recordTransitions(it.book, [{ ...stray, at: T0 + 2 }], () => undefined, T0 + 2);
		expect(book.incidents).toEqual([before]);
		expect(book.nextNumber).toBe(2);
	});
});

describe("incidents of an upstream", () => {
	test("two that turn out to be one are one: the oldest keeps its id, the other ends in it", () => {
		const it = diary({ medium: "medium", canva: "canva" });
		expect(it.write(0, { "medium/web": down })).toEqual(["opened i1"]);
		expect(it.write(MINUTE, { "canva/web": down })).toEqual(["opened i2"]);
		it.culprits.set("medium", "cloudflare").set("canva", "cloudflare");
		expect(it.write(2 * MINUTE, {})).toEqual(["changed i1", "merged into i1 i2"]);
		expect(it.incident("i1")).toMatchObject({ cause: "upstream", culprit: "cloudflare", openedAt: T0 });
		expect(openFeatures(it.incident("i1")).map(({ service }) => service)).toEqual(["medium", "canva"]);
		expect(it.incident("i2")).toMatchObject({ closedAt: T0 + 2 * MINUTE, mergedInto: "i1" });
		expect(openFeatures(it.incident("i2"))).toEqual([]);
		expect(it.write(3 * MINUTE, { "canva/web": "operational" })).toEqual(["changed i1"]);
		expect(it.write(4 * MINUTE, { "medium/web": "operational" })).toEqual(["closed i1"]);
	});

	test("the second service to fail behind it joins the first one's incident at once", () => {
		const it = diary({ medium: "medium" });
		it.write(0, { "medium/web": down });
		it.culprits.set("medium", "cloudflare").set("canva", "cloudflare");
		expect(it.write(MINUTE, { "canva/web": down })).toEqual(["changed i1", "merged into i1 i2"]);
		expect(it.incident("i2")).toMatchObject({ mergedInto: "i1" });
		expect(it.write(2 * MINUTE, { "discord/web": down })).toEqual(["opened i3"]);
	});

	test("one that took another in lists a feature that both had held once", () => {
		const it = diary({ medium: "medium", "medium/feed": "cloudflare", canva: "cloudflare" });
		it.write(0, { "canva/web": down, "medium/feed": down });
		it.write(1, { "medium/feed": "operational" });
		it.culprits.delete("medium/feed");
		it.write(2, { "medium/feed": down });
		it.culprits.set("medium", "cloudflare");
		it.write(3, {});
		expect(it.incident("i1").features).toEqual([
			{ service: "canva", feature: "web", level: down, since: T0 },
			{ service: "medium", feature: "feed", level: down, since: T0 + 2 },
		]);
	});

	test("one that was taken in keeps when its features ended, and what goes on in either goes on in the other", () => {
		const it = diary({ canva: "canva", "medium/feed": "canva", medium: "medium" });
		it.write(0, { "canva/web": down });
		it.write(1, { "medium/feed": down, "medium/web": down });
		it.write(2, { "medium/feed": "operational" });
		it.culprits.delete("medium/feed");
		it.write(3, { "medium/feed": down });
		it.write(4, { "medium/feed": "operational" });
		it.culprits.set("medium", "canva");
		it.write(5, {});
		expect(it.incident("i2")).toMatchObject({ mergedInto: "i1" });
		expect(it.incident("i2").features).toMatchObject([
			{ feature: "web", until: T0 + 5 },
			{ feature: "feed", until: T0 + 4 },
		]);
		expect(it.incident("i1").features.map(({ feature, until }) => [feature, until])).toEqual([
			["web", undefined],
			["feed", T0 + 4],
			["web", undefined],
		]);
	});

	test("an incident that was taken in is never opened again", () => {
		const it = diary({ medium: "medium", canva: "canva" });
		it.write(0, { "medium/web": down, "canva/web": down });
		it.culprits.set("medium", "cloudflare").set("canva", "cloudflare");
		it.write(1, {});
		it.write(2, { "medium/web": "operational", "canva/web": "operational" });
		expect(it.write(3, { "canva/web": down })).toEqual(["opened i1"]);
		it.write(4, { "canva/web": "operational" });
		it.culprits.set("canva", "canva");
		expect(it.write(5, { "canva/web": down })).toEqual(["opened i3"]);
	});

	test("a provider that was found at fault stays so while any feature is blamed on it, whatever the others say", () => {
		const it = diary(META);
		it.write(0, { "whatsapp/web": down, "instagram/web": down, "facebook/web": down });
		for (const service of ["whatsapp", "instagram", "facebook"]) it.culprits.set(service, "cloudflare");
		it.write(1, {});
		expect(it.incident("i1")).toMatchObject({ culprit: "cloudflare", cause: "upstream" });
		it.culprits.set("instagram", "meta").set("facebook", "meta");
		expect(it.write(2, {})).toEqual([]);
		it.culprits.set("facebook", "akamai").delete("instagram");
		expect(it.write(3, {})).toEqual([]);
		expect(it.incident("i1")).toMatchObject({ culprit: "cloudflare", cause: "upstream" });
	});

	test("a provider is let go when nothing is left that it explains", () => {
		const it = diary({ whatsapp: "cloudflare", instagram: "cloudflare" });
		it.write(0, { "whatsapp/web": down, "instagram/web": down });
		it.culprits.set("instagram", "meta");
		it.write(1, {});
		expect(it.incident("i1").culprit).toBe("cloudflare");
		expect(it.write(2, { "whatsapp/web": "operational" })).toEqual(["changed i1"]);
		expect(it.incident("i1")).toMatchObject({ culprit: "meta", cause: "service" });
	});

	test("an incident is blamed on whom most of its features blame; of equals it keeps its own", () => {
		const it = diary(META);
		it.write(0, { "whatsapp/web": down, "instagram/web": down, "facebook/web": down });
		it.culprits.set("whatsapp", "cloudflare");
		it.write(1, {});
		expect(it.incident("i1").culprit).toBe("meta");
		it.write(2, { "facebook/web": "operational" });
		expect(it.incident("i1").culprit).toBe("meta");
		it.culprits.set("instagram", "cloudflare");
		it.write(3, {});
		expect(it.incident("i1")).toMatchObject({ culprit: "cloudflare", cause: "upstream" });
	});

	test("an incident is blamed on whom most of its features blame, though one of them blames its own still", () => {
		const it = diary(META);
		it.write(0, { "whatsapp/web": down, "instagram/web": down, "facebook/web": down });
		it.culprits.set("whatsapp", "cloudflare").set("instagram", "cloudflare");
		it.write(1, {});
		expect(it.incident("i1").culprit).toBe("cloudflare");
	});

	test("of others that are equal it takes the one whose name comes first, whichever came first", () => {
		for (const [first, second] of [
			["akamai", "fastly"],
			["fastly", "akamai"],
		] as const) {
			const it = diary(META);
			it.write(0, { "whatsapp/web": down, "instagram/web": down });
			it.culprits.set("whatsapp", first).set("instagram", second);
			it.write(1, {});
			expect(it.incident("i1").culprit).toBe("akamai");
		}
	});

	test("blame that is lost for a while changes nothing", () => {
		const it = diary(META);
		it.write(0, { "whatsapp/web": down });
		it.culprits.clear();
		expect(it.write(1, {})).toEqual([]);
		expect(it.incident("i1").culprit).toBe("meta");
	});
});

describe("the book", () => {
	test("remembers twenty incidents that are over, the latest to end", () => {
		const it = diary();
		for (let n = 0; n < 30; n++) {
			it.write(n * 2 * SECOND, { [`s${n}/web`]: down });
			it.write(n * 2 * SECOND + SECOND, { [`s${n}/web`]: "operational" });
		}
		expect(it.book.incidents).toHaveLength(30);
		it.write(12 * MINUTE, { "last/web": down });
		expect(it.book.incidents.map(({ id }) => id)).toEqual([
			...Array.from({ length: 20 }, (_, n) => `i${n + 11}`),
			"i31",
		]);
	});

	test("remembers what ended last, though it had begun first", () => {
		const it = diary();
		it.write(0, { "long/web": down });
		for (let n = 1; n <= 25; n++) {
			it.write(n * SECOND, { [`s${n}/web`]: down });
			it.write(n * SECOND + 1, { [`s${n}/web`]: "operational" });
		}
		it.write(MINUTE, { "long/web": "operational" });
		it.write(12 * MINUTE, { "last/web": down });
		expect(it.book.incidents.map(({ id }) => id)).toEqual([
			"i1",
			...Array.from({ length: 19 }, (_, n) => `i${n + 8}`),
			"i27",
		]);
	});

	test("does not forget a long incident at the moment in which it ends", () => {
		const it = diary();
		it.write(0, { "long/web": down });
		for (let n = 1; n <= 25; n++) {
			it.write(n * MINUTE, { [`s${n}/web`]: down });
			it.write(n * MINUTE + 1, { [`s${n}/web`]: "operational" });
		}
		expect(it.write(60 * MINUTE, { "long/web": "operational" })).toEqual(["closed i1"]);
		expect(it.incident("i1")).toMatchObject({ closedAt: T0 + 60 * MINUTE });
		expect(it.write(65 * MINUTE, { "long/web": down })).toEqual(["opened i1"]);
	});

	test("taken up by a later run ends what is no longer watched", () => {
		const it = diary();
		it.write(0, { "kept/web": down, "gone/web": down });
		it.culprits.set("mixed", "kept");
		it.write(1, { "mixed/web": down });
		const book = takenUp(it.book, (service) => service === "kept", T0 + MINUTE);
		expect(book.nextNumber).toBe(3);
		expect(book.incidents[0]).not.toHaveProperty("closedAt");
		expect(book.incidents[0]?.features).toEqual([
			{ service: "kept", feature: "web", level: down, since: T0 },
			{ service: "mixed", feature: "web", level: down, since: T0 + 1, until: T0 + MINUTE },
		]);
		expect(book.incidents[1]).toMatchObject({ closedAt: T0 + MINUTE, features: [{ until: T0 + MINUTE }] });
		expect(takenUp(book, () => false, T0 + 2 * MINUTE).incidents[1]).toBe(book.incidents[1]);
		expect(takenUp(book, () => true, T0 + 2 * MINUTE).incidents[0]).toBe(book.incidents[0]);
		expect(takenUp(book, () => false, T0 + 2 * MINUTE).incidents[0]?.features).toMatchObject([
			{ until: T0 + 2 * MINUTE },
			{ until: T0 + MINUTE },
		]);
	});
});

describe("the book, whatever happens", () => {
	const keys: Key[] = ["a/web", "a/feed", "b/web", "c/web", "d/feed"];
	const levels = fc.constantFrom<Level>("operational", "unknown", "maintenance", "degraded", "partial_outage", down);
	const moves = fc.array(
		fc.record({
			later: fc.oneof(fc.constant(0), fc.nat(3 * MINUTE), fc.nat(20 * MINUTE)),
			moved: fc.dictionary(fc.constantFrom(...keys), levels, { maxKeys: 3 }),
			blame: fc.dictionary(fc.constantFrom(...keys, "a", "b"), fc.constantFrom("x", "y", "cloudflare"), { maxKeys: 2 }),
		}),
		{ maxLength: 40 },
	);

	/** Calls back after each move, with what it told. */
	function live(
		story: typeof moves extends fc.Arbitrary<infer S> ? S : never,
		after: (it: ReturnType<typeof diary>) => void,
	) {
		const it = diary({ a: "x", b: "x", c: "y", d: "cloudflare" });
		let at = 0;
		for (const { later, moved, blame } of story) {
			at += later;
			for (const [key, culprit] of Object.entries(blame)) it.culprits.set(key, culprit);
			it.write(at, moved);
			after(it);
		}
		return it;
	}

	test("an incident is closed exactly when none of its features is in trouble, and not before it opened", () => {
		fc.assert(
			fc.property(moves, (story) => {
				live(story, ({ book }) => {
					for (const incident of book.incidents) {
						expect(incident.closedAt !== undefined).toBe(openFeatures(incident).length === 0);
						expect(incident.closedAt ?? incident.openedAt).toBeGreaterThanOrEqual(incident.openedAt);
					}
				});
			}),
		);
	});

	test("every feature in trouble is held by one open incident, and no other feature by any", () => {
		fc.assert(
			fc.property(moves, (story) => {
				const shown = new Map<string, Level>();
				let step = 0;
				live(story, ({ book }) => {
					for (const [key, level] of Object.entries(story[step]?.moved ?? {})) shown.set(key, level);
					step += 1;
					const held = book.incidents
						.flatMap(openFeatures)
						.map(({ service, feature, level }) => [`${service}/${feature}`, level]);
					expect(held.sort()).toEqual([...shown].filter(([, level]) => isProblem(level)).sort());
				});
			}),
		);
	});

	test("a provider at fault is changed for nobody while one of its features is blamed on it", () => {
		fc.assert(
			fc.property(moves, (story) => {
				const before = new Map<string, string>();
				live(story, ({ book, culprits }) => {
					for (const incident of book.incidents) {
						const culprit = before.get(incident.id);
						const holds = openFeatures(incident).some(
							({ service, feature }) =>
								(culprits.get(`${service}/${feature}`) ?? culprits.get(service)) === "cloudflare",
						);
						if (culprit === "cloudflare" && holds) expect(incident.culprit).toBe("cloudflare");
						before.set(incident.id, incident.culprit);
					}
				});
			}),
		);
	});

	test("ids are never given twice, and open incidents have different culprits", () => {
		fc.assert(
			fc.property(moves, (story) => {
				live(story, ({ book }) => {
					const ids = book.incidents.map(({ id }) => id);
					expect(new Set(ids).size).toBe(ids.length);
					expect(ids).not.toContain(`i${book.nextNumber}`);
					const open = book.incidents.filter(({ closedAt }) => closedAt === undefined).map(({ culprit }) => culprit);
					expect(new Set(open).size).toBe(open.length);
					for (const { features } of book.incidents)
						expect(new Set(features.map(({ service, feature }) => `${service}/${feature}`)).size).toBe(features.length);
				});
			}),
		);
	});

	test("openings and endings of one id take turns, beginning with an opening; one that was merged never opens again", () => {
		fc.assert(
			fc.property(moves, (story) => {
				const { moments } = live(story, () => {});
				const fates = moments.map((moment) => ({ fate: moment.replace(/ \S+$/, ""), id: moment.split(" ").at(-1) }));
				for (const [, own] of Map.groupBy(fates, ({ id }) => id)) {
					let open = false;
					for (const [n, { fate }] of own.entries()) {
						if (fate.startsWith("merged")) expect(own.slice(n + 1)).toEqual([]);
						// an incident that is new and merged at once was never seen open
						else expect(open).toBe(fate !== "opened");
						open = fate === "opened" || fate === "changed";
					}
				}
			}),
		);
	});
});

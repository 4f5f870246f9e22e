import { describe, expect, test } from "vitest";
import { openFeatures } from "../../src/core/incidents.ts";
import { isProblem } from "../../src/core/level.ts";
import { project } from "../../src/core/snapshot.ts";
import type { FeatureKey } from "../../src/core/state.ts";
import { MINUTE, SECOND } from "../helpers/evidence.ts";
import { type Story, tell, type Watch } from "../helpers/story.ts";
import { watched } from "../helpers/watched.ts";

test("an official page that cannot be read is no verdict, but it is said, last of all", () => {
	const story = tell([watched("sa", { features: { feed: ["a.sa", "b.sa"] }, official: { Feed: "feed" } })]);
	story.controls(SECOND);
	story.probes(2 * SECOND, "ok", "sa/feed/a.sa", "sa/feed/b.sa");
	story.page(3 * SECOND, "sa/official");
	const feature = () => project(story.state).services[0]?.features[0];
	expect(feature()?.level).toBe("operational");
	expect(feature()?.reasons.map(({ kind }) => kind)).toEqual(["host_passes", "host_passes", "source_failed"]);
	expect(feature()?.reasons.at(-1)).toMatchObject({ page: "status.sa.test" });
	story.page(4 * SECOND, "sa/official", { Feed: "operational" });
	expect(feature()?.reasons.map(({ kind }) => kind)).toEqual(["host_passes", "host_passes", "official"]);
});

/** The hosts fail every fifteen seconds, and the controls pass after each time. Gives when that ends. */
function fail(story: Story, at: number, times: number, ...ids: string[]): number {
	for (let n = 0; n < times; n++) {
		story.probes(at + n * 15 * SECOND, "timeout", ...ids);
		story.controls(at + n * 15 * SECOND + 2 * SECOND);
	}
	return at + times * 15 * SECOND;
}
/** They pass for three minutes: long enough to be well again. */
function recover(story: Story, at: number, ...ids: string[]): number {
	for (let n = 0; n <= 9; n++) story.probes(at + n * 20 * SECOND, "ok", ...ids);
	return at + 3 * MINUTE;
}
const levelOf = (story: Story, key: FeatureKey) => story.state.tracks.get(key)?.level;

describe("features of one owner", () => {
	const META: Watch = [
		watched("wa", { owner: "meta", features: { messaging: ["a.wa", "b.wa"], web: ["shared.meta"] } }),
		watched("ig", { owner: "meta", features: { feed: ["a.ig", "b.ig"], web: ["shared.meta", "www.ig"] } }),
		watched("x", { features: { feed: ["a.x", "b.x"] } }),
	];
	const start = () => {
		const story = tell(META);
		story.controls(SECOND);
		for (const [id, { kind }] of story.state.checks) if (kind === "probe") story.probes(2 * SECOND, "ok", id);
		return story;
	};

	test("bear one another out where each has one failing host only", () => {
		const story = start();
		const end = fail(story, MINUTE, 3, "wa/messaging/a.wa");
		expect(levelOf(story, "wa/messaging")).toBe("operational");
		fail(story, end, 1, "ig/feed/a.ig", "wa/messaging/a.wa");
		expect(levelOf(story, "wa/messaging")).toBe("operational");
		fail(story, end + 15 * SECOND, 1, "ig/feed/a.ig", "wa/messaging/a.wa");
		expect(levelOf(story, "wa/messaging")).toBe("operational");
		fail(story, end + 30 * SECOND, 1, "ig/feed/a.ig", "wa/messaging/a.wa");
		expect(levelOf(story, "wa/messaging")).toBe("partial_outage");
	});

	test("do not where the failing host is the same one", () => {
		const story = start();
		fail(story, MINUTE, 8, "wa/web/shared.meta", "ig/web/shared.meta");
		expect(story.state.tracks.get("ig/web")?.verdict).toMatchObject({ level: "operational", standing: "suspected" });
		expect(levelOf(story, "ig/web")).toBe("operational");
	});

	test("do not where they have different owners, or the other one has passed since", () => {
		const story = start();
		fail(story, MINUTE, 6, "wa/messaging/a.wa", "x/feed/a.x");
		expect([levelOf(story, "wa/messaging"), levelOf(story, "x/feed")]).toEqual(["operational", "operational"]);
		const other = start();
		const end = fail(other, MINUTE, 2, "ig/feed/a.ig");
		other.probes(end, "ok", "ig/feed/a.ig");
		fail(other, end, 6, "wa/messaging/a.wa");
		expect(levelOf(other, "wa/messaging")).toBe("operational");
	});

	test("a feature in known trouble stays so while one host is down, though all others are well", () => {
		const story = start();
		let at = fail(story, MINUTE, 3, "wa/messaging/a.wa", "wa/messaging/b.wa");
		expect(levelOf(story, "wa/messaging")).toBe("major_outage");
		for (let n = 0; n < 40; n++, at += 15 * SECOND) {
			story.probes(at, "ok", "wa/messaging/b.wa");
			fail(story, at, 1, "wa/messaging/a.wa");
		}
		const track = story.state.tracks.get("wa/messaging");
		expect(track?.verdict).toMatchObject({ level: "partial_outage", standing: "proven" });
		expect(isProblem(track?.level ?? "unknown")).toBe(true);
		expect(story.notices.map(({ kind }) => kind)).toEqual(["opened"]);
	});
});

describe("services behind one provider", () => {
	const behind = (id: string) =>
		watched(id, { upstream: "cdn", features: { web: [`a.${id}`, `b.${id}`], feed: [`c.${id}`, `d.${id}`] } });
	const WATCH: Watch = [behind("medium"), behind("canva"), behind("loft")];
	const hosts = (...services: string[]) => services.flatMap((id) => [`${id}/web/a.${id}`, `${id}/web/b.${id}`]);
	const open = (story: Story) =>
		story.state.book.incidents
			.filter(({ closedAt }) => closedAt === undefined)
			.map(
				(incident) =>
					`${incident.id} ${incident.culprit}: ${openFeatures(incident)
						.map(({ service }) => service)
						.join(" ")}`,
			);
	const blamed = (story: Story, service: string) => story.state.tracks.get(`${service}/web`)?.blamed;

	function start(): { story: Story; at: number } {
		const story = tell(WATCH);
		story.controls(SECOND);
		story.probes(2 * SECOND, "ok", ...hosts("medium", "canva", "loft"));
		return { story, at: fail(story, MINUTE, 3, ...hosts("medium", "canva")) };
	}

	test("fail because of it, and who is blamed does not change while the incident is open", () => {
		const { story, at } = start();
		expect(open(story)).toEqual(["i1 cdn: medium canva"]);
		let now = recover(story, at, ...hosts("medium"));
		expect(open(story)).toEqual(["i1 cdn: canva"]);
		expect([blamed(story, "medium"), blamed(story, "canva")]).toEqual([undefined, "cdn"]);
		now = fail(story, now, 4, ...hosts("canva"));
		expect(open(story)).toEqual(["i1 cdn: canva"]);
		expect(project(story.state).services[1]?.features[0]).toMatchObject({ cause: "upstream", culprit: "cdn" });
	});

	test("that fail later are blamed on it too, though they are alone by then", () => {
		const { story, at } = start();
		const now = fail(story, recover(story, at, ...hosts("medium")), 3, ...hosts("loft"));
		expect(open(story)).toEqual(["i1 cdn: canva loft"]);
		recover(story, now, ...hosts("canva", "loft"));
		expect(open(story)).toEqual([]);
	});

	test("have their other features' trouble blamed on it too, though no other service fails by then", () => {
		const { story, at } = start();
		const now = recover(story, at, ...hosts("medium"));
		fail(story, now, 3, ...hosts("canva"), "canva/feed/c.canva", "canva/feed/d.canva");
		expect(open(story)).toEqual(["i1 cdn: canva canva"]);
	});

	test("that fail alone once its incident is over are their own trouble again", () => {
		const { story, at } = start();
		const now = recover(story, at, ...hosts("medium", "canva"));
		expect(open(story)).toEqual([]);
		fail(story, now + MINUTE, 3, ...hosts("loft"));
		expect(open(story)).toEqual(["i2 loft-owner: loft"]);
	});

	test("have their incident left alone while nothing moves", () => {
		const { story, at } = start();
		const [incident] = story.state.book.incidents;
		fail(story, at, 6, ...hosts("medium", "canva"));
		expect(story.state.book.incidents[0]).toBe(incident);
		const { book } = story.state;
		story.tick(at + 3 * MINUTE);
		expect(story.state.book).toBe(book);
	});
});

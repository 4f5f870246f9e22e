import { describe, expect, test } from "vitest";
import type { FeatureKey } from "../../src/core/state.ts";
import { MINUTE, SECOND } from "../helpers/evidence.ts";
import { type Story, tell, type Watch } from "../helpers/story.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const levelOf = (story: Story, key: FeatureKey) => story.state.tracks.get(key)?.level;
const standingOf = (story: Story, key: FeatureKey) => story.state.tracks.get(key)?.verdict.standing;

describe("a feature whose hosts become slow", () => {
	const OTHERS = ["x", "reddit", "telegram"].map((id) => watched(id, { features: { feed: [`a.${id}`] } }));
	const META = watched("ig", { owner: "meta", features: { media: ["a.ig", "b.ig"] } });
	const CALM = [...CONTROLS, ...OTHERS.flatMap(({ checks }) => checks)].map(({ id }) => id);
	const [A, B] = ["ig/media/a.ig", "ig/media/b.ig"];
	/** As many minutes as it takes to learn what is usual. */
	const LEARNT = 60;

	/** Everything takes 100 ms for an hour; then, six times, the given checks take three seconds. */
	function slowed(watch: Watch, ids: readonly string[], slow: readonly string[]): Story {
		const story = tell(watch);
		for (let n = 1; n <= LEARNT + 6; n++) {
			const isLate = n > LEARNT;
			for (const id of [...CALM, ...ids]) {
				// the hosts in question are asked a little after all others
				const at = n * MINUTE + (ids.includes(id) ? 10 * SECOND : 0);
				story.passes(at, id, isLate && slow.includes(id) ? 3000 : 100);
			}
		}
		return story;
	}

	test("is unreliable, and says how slow they are and were", () => {
		const story = slowed([META, ...OTHERS], [A, B], [A, B]);
		expect([levelOf(story, "ig/media"), standingOf(story, "ig/media")]).toEqual(["degraded", "proven"]);
		expect(story.state.tracks.get("ig/media")?.verdict.reasons[0]).toMatchObject({
			kind: "host_slow",
			tookMs: 3000,
			usualMs: 100,
		});
	});

	test("is well while one host alone is slow", () => {
		expect(levelOf(slowed([META, ...OTHERS], [A, B], [A]), "ig/media")).toBe("operational");
	});

	test("is unreliable where two of three hosts are slow", () => {
		const three = watched("ig", { owner: "meta", features: { media: ["a.ig", "b.ig", "c.ig"] } });
		expect(levelOf(slowed([three, ...OTHERS], [A, B, "ig/media/c.ig"], [A, B]), "ig/media")).toBe("degraded");
	});

	test("is well where the controls become slow with them: it is the line", () => {
		const controls = CONTROLS.map(({ id }) => id);
		expect(levelOf(slowed([META, ...OTHERS], [A, B], [A, B, ...controls]), "ig/media")).toBe("operational");
	});

	test("is well while every slow host is quick on another port", () => {
		const again = META.checks.map((check) => ({ ...check, id: `${check.id}:5222` }));
		const watch = [{ service: META.service, checks: [...META.checks, ...again] }, ...OTHERS];
		const ids = [A, B, `${A}:5222`, `${B}:5222`];
		expect(levelOf(slowed(watch, ids, [A, B]), "ig/media")).toBe("operational");
		expect(levelOf(slowed(watch, ids, ids), "ig/media")).toBe("degraded");
	});
});

describe("the proof that hosts are down", () => {
	const WATCH = [watched("sa", { features: { feed: ["a.sa", "b.sa", "c.sa"] } })];

	/** Two of three hosts fail six times, each time vouched for by controls of which so many have failed just before. */
	function failing(lostEachTime: number): Story {
		const story = tell(WATCH);
		story.controls(SECOND);
		for (let n = 0; n < 6; n++) {
			const at = MINUTE + n * 15 * SECOND;
			for (let lost = 0; lost < lostEachTime; lost++) {
				story.controls(at, "timeout", [CONTROLS[(n + lost) % CONTROLS.length]?.id ?? ""]);
			}
			story.probes(at + SECOND, "ok", "sa/feed/c.sa");
			story.probes(at + SECOND, "timeout", "sa/feed/a.sa", "sa/feed/b.sa");
			story.controls(at + 3 * SECOND);
		}
		return story;
	}

	test("takes more of it on a line that loses much, though every failure is vouched for", () => {
		expect(levelOf(failing(0), "sa/feed")).toBe("partial_outage");
		expect(levelOf(failing(2), "sa/feed")).toBe("operational");
		expect(standingOf(failing(2), "sa/feed")).toBe("suspected");
	});
});

describe("features of one owner", () => {
	const WATCH: Watch = [
		watched("wa", { owner: "meta", features: { messaging: ["m.wa"], web: ["w.wa"] } }),
		watched("ig", { owner: "meta", features: { messaging: ["m.ig"] } }),
	];

	function failing(...ids: string[]): Story {
		const story = tell(WATCH);
		story.controls(SECOND);
		for (const [id, { kind }] of story.state.checks) if (kind === "probe") story.probes(2 * SECOND, "ok", id);
		for (let n = 0; n < 3; n++) {
			story.probes(MINUTE + n * 15 * SECOND, "timeout", ...ids);
			story.controls(MINUTE + n * 15 * SECOND + 2 * SECOND);
		}
		return story;
	}

	test("bear one another out where each has a single host, within a service and across services", () => {
		expect(levelOf(failing("wa/messaging/m.wa"), "wa/messaging")).toBe("operational");
		expect(levelOf(failing("wa/messaging/m.wa", "wa/web/w.wa"), "wa/messaging")).toBe("major_outage");
		expect(levelOf(failing("wa/messaging/m.wa", "ig/messaging/m.ig"), "wa/messaging")).toBe("major_outage");
	});

	test("do not once the other one has passed, however often it had failed", () => {
		const story = failing("ig/messaging/m.ig");
		story.probes(2 * MINUTE, "ok", "ig/messaging/m.ig");
		for (let n = 0; n < 3; n++) {
			story.probes(2 * MINUTE + n * 15 * SECOND, "timeout", "wa/messaging/m.wa");
			story.controls(2 * MINUTE + n * 15 * SECOND + 2 * SECOND);
		}
		expect(levelOf(story, "wa/messaging")).toBe("operational");
	});
});

describe("a cloud and what runs in it", () => {
	/** What is shown of the tenant and of the cloud once these hosts have failed three times, given the edges they sit behind. */
	function shown(failing: readonly string[], edges: { tenant?: string; cloud?: string } = {}) {
		const plan = (host: string, upstream?: string) => ({ features: { web: [host] }, ...(upstream && { upstream }) });
		const story = tell([
			watched("canva", { ...plan("w.canva", edges.tenant), runsOn: ["aws"] }),
			watched("aws", { ...plan("w.aws", edges.cloud), owner: "amazon" }),
			watched("prime", { ...plan("w.prime"), owner: "amazon" }),
		]);
		story.controls(SECOND);
		for (let n = 0; n < 3; n++) {
			story.probes(MINUTE + n * 15 * SECOND, "timeout", ...failing);
			story.controls(MINUTE + n * 15 * SECOND + 2 * SECOND);
		}
		return [levelOf(story, "canva/web"), levelOf(story, "aws/web")];
	}
	const BOTH = ["canva/web/w.canva", "aws/web/w.aws"];

	test("bear one another out, though each has a single host", () => {
		expect(shown(BOTH)).toEqual(["major_outage", "major_outage"]);
		expect(shown(BOTH.slice(0, 1))).toEqual(["unknown", "unknown"]);
	});

	test("do so behind the cloud's own edge, and not where another's may be the reason", () => {
		expect(shown(BOTH, { tenant: "aws", cloud: "aws" })).toEqual(["major_outage", "major_outage"]);
		expect(shown(BOTH, { tenant: "cloudflare", cloud: "cloudflare" })).toEqual(["unknown", "unknown"]);
	});

	test("are not borne out by what else the cloud's owner has", () => {
		expect(shown(["canva/web/w.canva", "prime/web/w.prime"])[0]).toBe("unknown");
	});
});

test("a page that names one feature in trouble and another that is well says nothing of the front door", () => {
	const official = { Feed: "feed", Media: "media" } as const;
	const story = tell([watched("sa", { features: { web: [], feed: [], media: [] }, official })]);
	story.controls(SECOND);
	story.page(2 * SECOND, "sa/official", { Feed: "degraded", Media: "operational" }, "major_outage");
	expect([levelOf(story, "sa/feed"), levelOf(story, "sa/media")]).toEqual(["degraded", "operational"]);
	expect(levelOf(story, "sa/web")).toBe("unknown");
});

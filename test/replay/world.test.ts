import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Check, ControlCheck, ProbeCheck, SourceCheck } from "../../src/core/check.ts";
import { FAILURE_KINDS } from "../../src/core/failure.ts";
import { type OfficialWords, officialLevels } from "../../src/core/official-levels.ts";
import type { ProbeRule, Rule, Scenario } from "../../src/replay/scenario.ts";
import { ScriptedWorld, scriptedComponent } from "../../src/replay/world.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const { checks } = watched("ig", {
	upstream: "cloudflare",
	features: { feed: ["www.ig.test", "api.ig.test"], media: ["cdn.ig.test"] },
	official: { Media: "media", [scriptedComponent("feed")]: "feed", [scriptedComponent("web")]: "web" },
});
const [WWW, API, CDN] = checks as unknown as readonly [ProbeCheck, ProbeCheck, ProbeCheck];
const PAGE = checks.find((check): check is SourceCheck => check.kind === "source") as SourceCheck;
const [HTTP, , , IP] = CONTROLS as unknown as readonly [ControlCheck, ControlCheck, ControlCheck, ControlCheck];

type Selector = ProbeRule["probe"];
type ProbeAnswer = ProbeRule["answer"];
const probes = (answer: ProbeAnswer, more: Partial<Omit<ProbeRule, "answer">> = {}): Rule => ({
	probe: {},
	answer,
	...more,
});
const down: ProbeAnswer = { fail: "reset" };

function world(rules: readonly Rule[] = [], more: Partial<Scenario> = {}): ScriptedWorld {
	return new ScriptedWorld({
		name: "story",
		from: T0,
		until: T0 + 24 * HOUR,
		seed: 7,
		services: ["ig"],
		noise: { loss: 0 },
		world: [...rules],
		truth: [],
		...more,
	});
}

/** `ok`, `blocked`, `portal`, or how it failed, with the status where there is one. */
function said(given: ScriptedWorld, check: Check, now = T0): string {
	const { outcome } = given.answer(check, now).evidence;
	if (outcome.kind === "read") return `page ${outcome.page.level}`;
	if (!("failure" in outcome)) return outcome.kind;
	const { kind, status } = outcome.failure;
	const how = status === undefined ? kind : `${kind} ${status}`;
	return outcome.kind === "blocked" ? `blocked ${how}` : how;
}

/** How often each answer was given in so many runs. */
function shares(given: ScriptedWorld, check: Check, runs = 4000): Record<string, number> {
	const counts: Record<string, number> = {};
	for (let n = 0; n < runs; n++) {
		const answer = said(given, check);
		counts[answer] = (counts[answer] ?? 0) + 1 / runs;
	}
	return counts;
}

describe("a world in which nothing is scripted", () => {
	test("is well: every check passes, in a typical time", () => {
		const healthy = world();
		expect([WWW, HTTP, IP].map((check) => said(healthy, check))).toEqual(["ok", "ok", "ok"]);
		expect(said(healthy, PAGE)).toBe("page operational");
		for (let n = 0; n < 100; n++) {
			const { evidence, tookMs } = healthy.answer(WWW, T0 + n);
			expect(tookMs).toBeGreaterThan(50);
			expect(tookMs).toBeLessThan(300);
			expect(evidence).toMatchObject({ startedAt: T0 + n, at: T0 + n + tookMs, checkId: WWW.id });
		}
	});

	test("says who was asked, as the catalogue has it", () => {
		expect(world().answer(CDN, T0).evidence).toMatchObject({
			...{ kind: "probe", service: "ig", feature: "media", host: "cdn.ig.test", upstream: "cloudflare" },
		});
		expect(world().answer(IP, T0).evidence).toMatchObject({ kind: "control", vendor: "delta", control: "ip" });
	});
});

describe("a rule", () => {
	test("holds from its first moment to its last, the last not included", () => {
		const timed = world([probes(down, { from: T0 + MINUTE, until: T0 + 2 * MINUTE })]);
		const at = [MINUTE - 1, MINUTE, 2 * MINUTE - 1, 2 * MINUTE].map((later) => said(timed, WWW, T0 + later));
		expect(at).toEqual(["ok", "reset", "reset", "ok"]);
	});

	test("without a beginning has always held, without an end always will", () => {
		expect(said(world([probes(down, { until: T0 + 1 })]), WWW, 0)).toBe("reset");
		expect(said(world([probes(down, { from: T0 })]), WWW, T0 + 1000 * HOUR)).toBe("reset");
	});

	test("that comes last wins", () => {
		const rules = [probes(down), probes({ http: 503 }), probes({ ok: true }, { probe: { feature: ["media"] } })];
		expect([WWW, CDN].map((check) => said(world(rules), check))).toEqual(["http 503", "ok"]);
		expect(said(world([...rules].reverse()), CDN)).toBe("reset");
	});

	test("with a rate speaks for that share of the runs", () => {
		expect(shares(world([probes(down, { rate: 0.3 })]), WWW)["reset"]).toBeCloseTo(0.3, 1);
		expect(shares(world([probes(down, { rate: 0 })]), WWW)).toEqual({ ok: expect.closeTo(1) });
		expect(shares(world([probes(down, { rate: 1 })]), WWW)).toEqual({ reset: expect.closeTo(1) });
	});

	test("that does not speak for a run leaves it to the rule before it, not to health", () => {
		const both = shares(world([probes(down), probes({ http: 500 }, { rate: 0.5 })]), WWW);
		expect(both["http 500"]).toBeCloseTo(0.5, 1);
		expect(both["reset"]).toBeCloseTo(0.5, 1);
		expect(both["ok"]).toBeUndefined();
	});

	test("about one kind of check says nothing to another", () => {
		const rules: Rule[] = [
			{ official: {}, answer: { http: 503 } },
			{ control: {}, answer: { portal: true } },
			{ reports: {}, answer: { perHour: 900, baseline: 1 } },
			{ device: "interface-changed", from: T0 },
		];
		expect([WWW, PAGE, HTTP].map((check) => said(world(rules), check))).toEqual(["ok", "http 503", "portal"]);
	});
});

describe("a rule about probes", () => {
	test.each<[Selector, string]>([
		[{}, "www api cdn"],
		[{ service: ["ig"] }, "www api cdn"],
		[{ service: ["fb", "ig"] }, "www api cdn"],
		[{ service: ["fb"] }, ""],
		[{ feature: ["media"] }, "cdn"],
		[{ feature: ["media", "feed"] }, "www api cdn"],
		[{ upstream: ["cloudflare"] }, "www api cdn"],
		[{ upstream: ["fastly"] }, ""],
		[{ host: ["api.ig.test"] }, "api"],
		[{ host: ["api.ig.test", "cdn.*"] }, "api cdn"],
		[{ feature: ["feed"], host: ["*.ig.test"] }, "www api"],
		[{ feature: ["media"], host: ["www.ig.test"] }, ""],
		[{ family: ["ipv4"] }, "www api cdn"],
		[{ family: ["ipv6"] }, ""],
	])("%j matches the hosts: %s", (probe, hosts) => {
		const matched = [WWW, API, CDN].filter((check) => said(world([probes(down, { probe })]), check) === "reset");
		expect(matched.map(({ host }) => host.split(".")[0]).join(" ")).toBe(hosts);
	});

	test.each<[pattern: string, host: string, matches: boolean]>([
		["www.ig.test", "www.ig.test", true],
		["www.ig.test", "www.ig.test.evil", false],
		["*", "anything.test", true],
		["*.ig.test", "a.b.ig.test", true],
		["*.ig.test", "ig.test", false],
		["www.*", "www.ig.test", true],
		["www.*", "xwww.ig.test", false],
		["a*c", "abc", true],
		["a*c", "ac", true],
		["a*c", "abd", false],
		["ab*ba", "aba", false],
		["ab*ba", "abba", true],
		["*b*", "abc", true],
		["a*b*c", "axxbxxc", true],
		["a*b*c", "axxc", false],
		["a*b*bc", "abc", false],
		["**", "x", true],
		["w.w", "wxw", false],
	])("of hosts like %s takes %s: %s", (pattern, host, matches) => {
		const given = world([probes(down, { probe: { host: [pattern] } })]);
		expect(said(given, { ...WWW, host })).toBe(matches ? "reset" : "ok");
	});

	test("matches hosts as a regular expression would, whatever the pattern", () => {
		const letters = fc.array(fc.constantFrom("a", "b", "*"), { maxLength: 7 }).map((list) => list.join(""));
		const hosts = fc.array(fc.constantFrom("a", "b"), { maxLength: 7 }).map((list) => list.join(""));
		fc.assert(
			fc.property(letters, hosts, (pattern, host) => {
				const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(host);
				const given = world([probes(down, { probe: { host: [pattern] } })]);
				expect(said(given, { ...WWW, host })).toBe(expected ? "reset" : "ok");
			}),
			{ numRuns: 500 },
		);
	});

	test.each(FAILURE_KINDS.filter((kind) => kind !== "http" && kind !== "unreadable"))(
		"can have them fail by %s",
		(fail) => {
			const { evidence, tookMs } = world([probes({ fail })]).answer(WWW, T0);
			expect(evidence.outcome).toMatchObject({ kind: "failed", failure: { kind: fail } });
			const waits = fail === "timeout" || fail === "dns_timeout";
			if (waits) expect(tookMs).toBe(10 * SECOND);
			else expect(tookMs).toBeLessThan(SECOND);
		},
	);

	test.each([
		[200, "ok"],
		[204, "ok"],
		[301, "ok"],
		[404, "ok"],
		[403, "blocked http 403"],
		[429, "blocked http 429"],
		[500, "http 500"],
		[503, "http 503"],
		[522, "http 522"],
	])("can have them answer %i, which is %s", (http, answer) => {
		const given = world([probes({ http })]);
		expect(said(given, WWW)).toBe(answer);
		expect(given.answer(WWW, T0).evidence).toMatchObject({ status: http });
	});

	test.each([
		[{ server: "cloudflare" }, "cloudflare"],
		[{ Server: "Cloudflare" }, "cloudflare"],
		[{ SERVER: "AkamaiGHost" }, "akamai"],
		[{ server: "nginx" }, undefined],
		[{ "x-cache": "cloudflare" }, undefined],
		[undefined, undefined],
	])("can have them show an edge by %j: %s", (headers, edge) => {
		const { evidence } = world([probes({ http: 502, ...(headers && { headers }) })]).answer(WWW, T0);
		expect("edge" in evidence ? evidence.edge : undefined).toBe(edge);
	});

	test("can have them be slow, up to the deadline, and still pass", () => {
		const times = (slow: number) =>
			Array.from({ length: 200 }, () => 0).map((_, n) => world([probes({ slow })], { seed: n }).answer(WWW, T0));
		const usual = times(1);
		for (const [n, { evidence, tookMs }] of times(8).entries()) {
			expect(evidence.outcome.kind).toBe("ok");
			expect(tookMs).toBeCloseTo(8 * (usual[n]?.tookMs ?? 0), 6);
		}
		for (const { evidence, tookMs } of times(1000)) {
			expect(evidence.outcome.kind).toBe("ok");
			expect(tookMs).toBe(10 * SECOND);
		}
	});
});

describe("noise", () => {
	test("loses that share of all runs of probes and controls, whatever the rules say, and reads pages all the same", () => {
		const noisy = world([probes({ ok: true }), { control: {}, answer: { ok: true } }], { noise: { loss: 0.1 } });
		for (const check of [WWW, HTTP]) expect(shares(noisy, check)["timeout"]).toBeCloseTo(0.1, 1);
		expect(shares(noisy, PAGE)).toEqual({ "page operational": expect.closeTo(1) });
		const lost = world([], { noise: { loss: 1 } }).answer(WWW, T0);
		expect(lost.tookMs).toBe(10 * SECOND);
	});
});

describe("a rule about controls", () => {
	const wifi: Rule[] = [
		{ control: {}, answer: { fail: "timeout" } },
		{ control: { kind: ["http"] }, answer: { portal: true } },
		{ control: { kind: ["http", "dns"], vendor: ["beta", "gamma"] }, answer: { ok: true } },
	];

	test("goes by kind and vendor, the last that matches wins", () => {
		const said_ = CONTROLS.map((check) => `${check.vendor} ${said(world(wifi), check)}`);
		expect(said_).toEqual(["alpha portal", "beta ok", "gamma ok", "delta timeout", "epsilon timeout", "zeta timeout"]);
	});
});

describe("a rule about official pages", () => {
	type Said = Extract<Rule, { official: unknown }>["answer"];
	/** What core understands of the page. */
	function words(answer: Said, service = "ig"): OfficialWords {
		const { outcome } = world([{ official: { service: [service] }, answer }]).answer(PAGE, T0).evidence;
		if (outcome.kind !== "read") throw new Error(`Expected a page, found ${outcome.kind}`);
		return officialLevels(outcome.page, PAGE.source, T0);
	}
	const levels = ({ features, whole }: OfficialWords): Record<string, string> => ({
		whole: whole.level,
		...Object.fromEntries([...features].map(([feature, { level }]) => [feature, level])),
	});

	test("speaks of the features it names, as the worst of their components, whatever the page calls them", () => {
		const named = words({
			level: "partial_outage",
			features: { feed: "major_outage", media: "degraded" },
			title: "Trouble",
		});
		expect(levels(named)).toMatchObject({ feed: "major_outage", media: "degraded" });
		expect(named.features.get("feed")?.title).toBe("Trouble");
	});

	test("that says nothing leaves every feature well that it can speak of, whatever it said before", () => {
		const feed = { level: "major_outage", features: { feed: "major_outage" } } as const;
		const over = world([{ official: {}, until: T0, answer: feed }]).answer(PAGE, T0).evidence;
		if (over.kind !== "source" || over.outcome.kind !== "read") throw new Error("Expected a page");
		expect(levels(officialLevels(over.outcome.page, PAGE.source, T0))).toEqual({
			...{ whole: "operational", media: "operational", feed: "operational", web: "operational" },
		});
	});

	test("leaves the features well that it does not name, where the page has a component of theirs", () => {
		expect(levels(words({ level: "partial_outage", features: { feed: "major_outage" } }))["media"]).toBe("operational");
	});

	test("without features speaks of the service as a whole, of its front door, and of nothing else", () => {
		const whole = words({ level: "major_outage", title: "All is lost" });
		expect(levels(whole)).toMatchObject({ whole: "major_outage", web: "major_outage", media: "operational" });
		expect(whole.whole.title).toBe("All is lost");
	});

	test("of another service leaves the page well", () => {
		expect(levels(words({ level: "major_outage", features: { feed: "major_outage" } }, "fb"))).toMatchObject({
			...{ whole: "operational", media: "operational" },
		});
	});

	test("says planned work without trouble", () => {
		const planned = words({ level: "maintenance", features: { media: "maintenance" } });
		expect(levels(planned)).toMatchObject({ whole: "maintenance", media: "maintenance" });
	});

	test("can make it unreadable, or answer with an error", () => {
		const page = (answer: Said) => said(world([{ official: {}, answer }]), PAGE);
		expect([page({ unreadable: true }), page({ http: 503 })]).toEqual(["unreadable", "http 503"]);
	});
});

describe("the same scenario", () => {
	const rules = [probes(down, { rate: 0.5 }), probes({ slow: 3 }, { rate: 0.3, probe: { feature: ["feed"] } })];
	const course = (seed: number) => {
		const given = world(rules, { seed, noise: { loss: 0.1 } });
		return [...Array(100).keys()].flatMap((n) =>
			[WWW, PAGE, CDN, HTTP].map((check) => given.answer(check, T0 + n * MINUTE)),
		);
	};

	test("gives the same answers to the same questions, another seed others", () => {
		expect(JSON.stringify(course(3))).toBe(JSON.stringify(course(3)));
		expect(JSON.stringify(course(3))).not.toBe(JSON.stringify(course(4)));
	});
});

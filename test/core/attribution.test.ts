import { describe, expect, test } from "vitest";
import { attribute as attributeAmong, brokenUpstreams, cloudKin, providerAtFault } from "../../src/core/attribution.ts";
import type { Track } from "../../src/core/hysteresis.ts";
import type { Service } from "../../src/core/model.ts";
import type { Verdict } from "../../src/core/verdict.ts";
import { T0 } from "../helpers/evidence.ts";
import { verdict } from "../helpers/story.ts";
import { watched } from "../helpers/watched.ts";

const named = (id: string, owner = `${id}-owner`, runsOn?: readonly string[]): Service =>
	watched(id, { owner, features: { web: ["a"] }, ...(runsOn && { runsOn }) }).service;
const SERVICES = [
	named("canva"),
	named("medium"),
	named("discord"),
	named("reddit", "reddit", ["cloud"]),
	named("signal", "signal", ["cloud"]),
	named("cloud"),
	...["whatsapp", "instagram", "facebook", "messenger", "threads"].map((id) => named(id, "meta")),
];
const BY_ID = new Map(SERVICES.map((service) => [service.id, service]));

const failing = (suspects: readonly string[]): Verdict => verdict("major_outage", "proven", { suspects });
const track = (service: string, now: Verdict, level = now.level): Track => ({
	service,
	feature: "web",
	level,
	since: T0,
	verdict: now,
});
const broken = (...tracks: Track[]) => brokenUpstreams(tracks, BY_ID);
const attribute = (one: Track, found: ReturnType<typeof broken>) => attributeAmong(one, found, BY_ID);

describe("brokenUpstreams", () => {
	test("blames a provider behind which two unrelated services fail", () => {
		expect(broken(track("medium", failing(["cloudflare"])), track("canva", failing(["cloudflare"])))).toEqual([
			{ provider: "cloudflare", services: ["canva", "medium"], itself: false },
		]);
	});

	test("one service alone is its own trouble", () => {
		expect(broken(track("medium", failing(["cloudflare"])))).toEqual([]);
	});

	test("five services of one owner behind a CDN are not the CDN's trouble", () => {
		const meta = ["whatsapp", "instagram", "facebook", "messenger", "threads"];
		expect(broken(...meta.map((id) => track(id, failing(["fastly"]))))).toEqual([]);
		expect(
			broken(...meta.map((id) => track(id, failing(["fastly"]))), track("canva", failing(["fastly"]))),
		).toMatchObject([{ provider: "fastly", services: ["canva", ...meta.sort()] }]);
	});

	test("a service whose failing hosts are partly elsewhere does not count", () => {
		expect(broken(track("medium", failing(["cloudflare"])), track("canva", failing([])))).toEqual([]);
	});

	test("a suspicion does not count, a feature shown in trouble does by what was last seen to fail", () => {
		const suspected = verdict("operational", "suspected", { suspects: ["cloudflare"] });
		const medium = track("medium", failing(["cloudflare"]));
		expect(broken(medium, track("canva", suspected))).toEqual([]);
		expect(broken(medium, track("canva", suspected, "partial_outage"))).toHaveLength(1);
		const recovering = track("canva", verdict("operational", "recovering"), "partial_outage");
		expect(broken(medium, { ...recovering, suspects: ["cloudflare"] })).toHaveLength(1);
		expect(broken(medium, { ...recovering, suspects: [] })).toEqual([]);
		expect(broken(medium, { ...track("canva", failing(["cloudflare"])), suspects: ["fastly"] })).toEqual([]);
	});

	test("trouble that is proven counts even before it is shown", () => {
		const medium = track("medium", failing(["cloudflare"]), "operational");
		expect(broken(medium, track("canva", failing(["cloudflare"]), "unknown"))).toHaveLength(1);
	});

	test("trouble that is neither proven nor shown does not count, nor does planned work", () => {
		const medium = track("medium", failing(["cloudflare"]));
		const doubtful = verdict("major_outage", "suspected", { suspects: ["cloudflare"] });
		expect(broken(medium, track("canva", doubtful, "operational"))).toEqual([]);
		expect(broken(medium, track("canva", verdict("maintenance", "proven", { suspects: ["cloudflare"] })))).toEqual([]);
	});

	test("two features of one service are one witness", () => {
		const web = track("medium", failing(["cloudflare"]));
		expect(broken(web, { ...web, feature: "feed" })).toEqual([]);
	});

	test("blames a provider in trouble behind which one service fails, though only its page says so", () => {
		const admits = track("cloudflare", verdict("major_outage", "proven"));
		expect(broken(admits, track("medium", failing(["cloudflare"])))).toEqual([
			{ provider: "cloudflare", services: ["cloudflare", "medium"], itself: true },
		]);
		expect(broken(admits)).toEqual([]);
		expect(broken(admits, track("medium", failing([])), track("canva", failing(["fastly"])))).toEqual([]);
		const well = track("cloudflare", verdict("operational", "settled"));
		expect(broken(well, track("medium", failing(["cloudflare"])))).toEqual([]);
	});

	test("blames a cloud that fails itself for what runs in it, whatever edges stand before it", () => {
		const cloud = track("cloud", failing([]));
		const reddit = track("reddit", failing(["fastly"]));
		expect(broken(cloud, reddit, track("signal", failing([])))).toEqual([
			{ provider: "cloud", services: ["cloud", "reddit", "signal"], itself: true },
		]);
		expect(broken(cloud, track("medium", failing([])))).toEqual([]);
	});

	test("leaves a cloud alone that is well, though all that runs in it fails", () => {
		const well = track("cloud", verdict("operational", "settled"));
		expect(broken(well, track("reddit", failing(["fastly"])), track("signal", failing([])))).toEqual([]);
	});

	test("several providers come in the order of their names; a service nobody knows counts as its own owner", () => {
		const both = ["fastly", "akamai", "cloudflare"].flatMap((provider) => [
			track("medium", failing([provider])),
			track("mystery", failing([provider])),
		]);
		expect(broken(...both).map(({ provider }) => provider)).toEqual(["akamai", "cloudflare", "fastly"]);
	});
});

describe("attribute", () => {
	const found = [{ provider: "cloudflare", services: ["canva", "medium"], itself: false }];
	const reason = { kind: "host_passes", host: "b", tookMs: 20, at: T0 - 5 } as const;

	test("moves the blame, names the others, and dates the ground by the newest one", () => {
		const before = { ...failing(["cloudflare"]), reasons: [reason, { kind: "blind", why: "-" } as const] };
		expect(attribute(track("medium", before), found)).toEqual({
			...before,
			cause: "upstream",
			culprit: "cloudflare",
			reasons: [...before.reasons, { kind: "also_fails", services: ["canva"], provider: "cloudflare", at: T0 - 5 }],
		});
	});

	test("blames a cloud only where it fails itself, and an edge before it", () => {
		const cloud = { provider: "cloud", services: ["canva", "medium"], itself: false };
		const reddit = track("reddit", failing(["fastly"]));
		expect(attribute(reddit, [cloud]).culprit).toBe("meta");
		expect(attribute(reddit, [{ ...cloud, itself: true }])).toMatchObject({ cause: "upstream", culprit: "cloud" });
		const edge = { provider: "fastly", services: ["canva", "reddit"], itself: false };
		expect(attribute(reddit, [{ ...cloud, itself: true }, edge]).culprit).toBe("fastly");
		expect(attribute(track("medium", failing([])), [{ ...cloud, itself: true }]).culprit).toBe("meta");
	});

	test("leaves a bystander alone", () => {
		const elsewhere = failing([]);
		expect(attribute(track("discord", elsewhere), found)).toBe(elsewhere);
		expect(attribute(track("medium", failing(["fastly"])), found)).toMatchObject({ cause: "service" });
	});

	test("leaves alone what is no service's trouble", () => {
		const well = verdict("operational", "settled", { suspects: ["cloudflare"] });
		expect(attribute(track("medium", well), found)).toBe(well);
		expect(attribute({ ...track("medium", well), blamed: "cloudflare" }, found)).toBe(well);
	});

	test("the provider's own features are its trouble too", () => {
		expect(attribute(track("cloudflare", failing([])), found)).toMatchObject({
			cause: "upstream",
			culprit: "cloudflare",
			reasons: [{ kind: "also_fails", services: ["canva", "medium"], at: 0 }],
		});
	});

	test("goes by what was last seen to fail, not by what fails at this moment", () => {
		const now = track("medium", failing([]));
		expect(attribute({ ...now, suspects: ["cloudflare"] }, found).culprit).toBe("cloudflare");
		expect(attribute({ ...track("medium", failing(["cloudflare"])), suspects: [] }, found).culprit).toBe("meta");
	});

	test("leaves the blame where it was, though others are well or another provider is suspected by now", () => {
		const blamed = { ...track("medium", failing(["fastly"])), suspects: ["fastly"], blamed: "cloudflare" };
		expect(
			attribute(blamed, [...found, { provider: "fastly", services: ["discord", "medium"], itself: false }]),
		).toMatchObject({
			cause: "upstream",
			culprit: "cloudflare",
			reasons: [{ kind: "also_fails", services: ["canva"] }],
		});
		expect(attribute(blamed, [])).toMatchObject({ cause: "upstream", culprit: "cloudflare", reasons: [] });
		expect(providerAtFault(blamed, [], BY_ID)).toBe("cloudflare");
		expect(providerAtFault(track("medium", failing(["cloudflare"])), [], BY_ID)).toBeUndefined();
	});
});

test("a cloud and what runs in it are kin, those who share it are not, nor is what one owner runs in its own", () => {
	const [reddit, cloud] = [BY_ID.get("reddit") as Service, BY_ID.get("cloud") as Service];
	expect(cloudKin(reddit, BY_ID).map(({ id }) => id)).toEqual(["cloud"]);
	expect(cloudKin(cloud, BY_ID).map(({ id }) => id)).toEqual(["reddit", "signal"]);
	const own = named("shop", "cloud-owner", ["cloud", "unheard-of"]);
	expect(cloudKin(own, BY_ID)).toEqual([]);
});

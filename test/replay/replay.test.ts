import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { IncidentNotice } from "../../src/core/notice.ts";
import { loadCatalogue } from "../../src/io/catalogue-files.ts";
import { castOf } from "../../src/replay/performance.ts";
import { type Replayed, replay } from "../../src/replay/replay.ts";
import { loadScenario, type Scenario, ScenarioError } from "../../src/replay/scenario.ts";
import { HOUR, MINUTE, SECOND } from "../helpers/evidence.ts";

const catalogue = loadCatalogue();
const OWN = join(import.meta.dirname, "../fixtures/scenarios");
const SHARED = join(import.meta.dirname, "../../../shared/scenarios");
const own = (name: string): Scenario => loadScenario(join(OWN, `${name}.json`));

/** The notices as `kind incident culprit`, those of the connection as `kind cause`. */
function told({ notices }: Replayed): string[] {
	return notices.map((notice) => {
		if ("incident" in notice) return `${notice.kind} ${notice.incident} ${notice.culprit}`;
		return "cause" in notice ? `${notice.kind} ${notice.cause}` : notice.kind;
	});
}

function featuresOf(notice: Replayed["notices"][number] | undefined): string[] {
	return notice && "incident" in notice
		? notice.features.map(({ service, feature }) => `${service}/${feature}`).sort()
		: [];
}

/** How long after `moment` a notice came, ms. */
const since = (moment: string, notice: Replayed["notices"][number] | undefined) =>
	(notice?.at ?? Number.NaN) - Date.parse(moment);

/** The most requests to a host within any stretch of that length. */
function peak(times: readonly number[], windowMs: number): number {
	let first = 0;
	return times.reduce((most, at, n) => {
		while ((times[first] ?? at) <= at - windowMs) first += 1;
		return Math.max(most, n - first + 1);
	}, 0);
}

/** Controls are made to be asked often, and who sells reports is asked for each service. */
function expectPoliteness(scenario: Scenario, { asked }: Replayed): void {
	const { checks } = castOf(scenario, catalogue);
	const robust = new Set(checks.flatMap(({ kind, host }) => (kind === "control" || kind === "reports" ? [host] : [])));
	for (const [host, times] of asked) {
		expect([host, peak(times, MINUTE)]).toEqual([host, Math.min(peak(times, MINUTE), 4)]);
		expect([host, peak(times, HOUR)]).toEqual([host, Math.min(peak(times, HOUR), robust.has(host) ? 60 : 30)]);
	}
}

const bytes = ({ notices, snapshot, asked }: Replayed) => JSON.stringify({ notices, snapshot, asked: [...asked] });

describe("a replay", { timeout: 60_000 }, () => {
	test("of pictures that fail on three services of one owner: one outage, told within minutes, one end", async () => {
		const played = await replay(own("pictures-of-one-owner"), catalogue);
		const pictures = ["facebook/media", "instagram/media", "whatsapp/media"];
		expect(told(played)).toEqual(["opened i1 meta", "worsened i1 meta", "closed i1 meta"]);
		const [opened, worsened, closed] = played.notices;
		expect(since("2030-06-03T07:30:00Z", opened)).toBeLessThan(2 * MINUTE);
		expect(since("2030-06-03T07:30:00Z", worsened)).toBeLessThan(5 * MINUTE);
		expect([featuresOf(worsened), featuresOf(closed)]).toEqual([pictures, pictures]);
		expect(since("2030-06-03T09:30:00Z", closed)).toBeGreaterThan(0);
		expect(since("2030-06-03T09:30:00Z", closed)).toBeLessThan(8 * MINUTE);
		expect(played.snapshot.level).toBe("operational");
	});

	test("of a carrier's outage: the carrier is blamed, bystanders are not named, and the end waits for its page", async () => {
		const played = await replay(own("carrier-and-bystanders"), catalogue);
		const lines = told(played);
		expect(lines.at(-1)).toBe("closed i1 cloudflare");
		expect(lines.filter((line) => line.startsWith("opened") || line.startsWith("closed"))).toHaveLength(2);
		expect(lines.filter((line) => line.startsWith("worsened i1 cloudflare")).length).toBeGreaterThan(0);
		expect(played.notices.length).toBeLessThanOrEqual(5);
		const services = new Set(featuresOf(played.notices.at(-1)).map((key) => key.split("/")[0]));
		expect([...services].sort()).toEqual(["canva", "cloudflare", "discord", "medium"]);
		expect(since("2030-06-03T13:00:00Z", played.notices[0])).toBeLessThan(2 * MINUTE);
		expect(since("2030-06-03T13:50:00Z", played.notices.at(-1))).toBeGreaterThan(0);
		expect(since("2030-06-03T13:50:00Z", played.notices.at(-1))).toBeLessThan(6 * MINUTE);
		expect(played.notices[1]).toMatchObject({ cause: "upstream", culprit: "cloudflare" });
	});

	test("of a laptop on the move: sleeps are nobody's fault, the login page is told once", async () => {
		const played = await replay(own("laptop-on-the-move"), catalogue);
		expect(told(played)).toEqual(["connection_lost captive_portal", "connection_back captive_portal"]);
		expect(since("2030-06-03T13:30:10Z", played.notices[0])).toBeLessThan(2 * MINUTE);
		expect(since("2030-06-03T14:20:00Z", played.notices[1])).toBeLessThan(3 * MINUTE);
		expect(played.snapshot).toMatchObject({ level: "operational", connection: { state: "online" }, incidents: [] });
		expectPoliteness(own("laptop-on-the-move"), played);
	});

	test("behind a login page asks each control at the pace of a lost connection: forty-five times in fifty minutes at most", async () => {
		const { asked } = await replay(own("laptop-on-the-move"), catalogue);
		const [from, until] = [Date.parse("2030-06-03T13:30:00Z"), Date.parse("2030-06-03T14:20:00Z")];
		for (const { host } of catalogue.controls) {
			const times = asked.get(host)?.filter((at) => at >= from && at < until).length ?? 0;
			expect(times).toBeGreaterThan(20);
			expect(times).toBeLessThanOrEqual(45);
		}
	});

	test("asks nobody while the computer sleeps, nor while a new network comes up", async () => {
		const { asked } = await replay(own("laptop-on-the-move"), catalogue);
		const times = [...asked.values()].flat();
		const during = (from: string, lasting: number) =>
			times.filter((at) => at >= Date.parse(from) && at < Date.parse(from) + lasting).length;
		expect(during("2030-06-03T08:00:00Z", 30 * MINUTE)).toBe(0);
		expect(during("2030-06-03T08:30:00Z", 20 * SECOND)).toBe(0);
		expect(during("2030-06-03T08:30:20Z", 40 * SECOND)).toBeGreaterThan(20);
	});

	test("of a quiet day on a bad line: a dead line is told where it lasts, and no service is blamed, whatever the seed", async () => {
		for (const seed of [21, 22]) {
			const played = await replay({ ...own("quiet-day-on-a-bad-line"), seed }, catalogue);
			expect([seed, ...told(played)]).toEqual([seed, "connection_lost network", "connection_back network"]);
			expect(since("2030-06-03T17:45:00Z", played.notices[0])).toBeLessThan(5 * MINUTE);
			expect(since("2030-06-03T18:05:00Z", played.notices[1])).toBeLessThan(3 * MINUTE);
			expectPoliteness(own("quiet-day-on-a-bad-line"), played);
		}
	});

	test("of a page that admits an outage no probe can see, and later finds the whole a little odd: the first is worth telling", async () => {
		const played = await replay(own("page-before-probes"), catalogue);
		expect(told(played)).toEqual(["opened i1 discord", "closed i1 discord"]);
		expect(played.notices.map(featuresOf)).toEqual([["discord/login"], ["discord/login"]]);
		expect(since("2030-06-03T10:00:00Z", played.notices[1])).toBeLessThan(6 * MINUTE);
		const odd = played.snapshot.incidents.find(({ id }) => id === "i2");
		expect(odd?.features).toMatchObject([{ service: "discord", feature: "web", level: "degraded" }]);
		expect((odd?.closedAt ?? 0) - Date.parse("2030-06-03T12:30:00Z")).toBeLessThan(6 * MINUTE);
	});

	test.each(["pictures-of-one-owner", "carrier-and-bystanders", "laptop-on-the-move", "page-before-probes"])(
		"of %s gives the same bytes twice, and others with another seed",
		async (name) => {
			const scenario = own(name);
			const first = bytes(await replay(scenario, catalogue));
			expect(bytes(await replay(scenario, catalogue))).toBe(first);
			expect(bytes(await replay({ ...scenario, seed: scenario.seed + 1 }, catalogue))).not.toBe(first);
		},
	);

	test("never looks at the truth", async () => {
		const scenario = own("pictures-of-one-owner");
		const sealed = Object.defineProperty({ ...scenario }, "truth", {
			enumerable: true,
			get() {
				throw new Error("The truth was read");
			},
		});
		expect(bytes(await replay(sealed, catalogue))).toBe(bytes(await replay({ ...scenario, truth: [] }, catalogue)));
	});

	test("of a service that the catalogue does not know is refused", async () => {
		const scenario = { ...own("page-before-probes"), services: ["discord", "nobody"] };
		await expect(replay(scenario, catalogue)).rejects.toThrow(
			new ScenarioError('services: expected a service of the catalogue, found "nobody"'),
		);
	});
});

const NAMES = existsSync(SHARED) ? readdirSync(SHARED).filter((name) => name.endsWith(".json")) : [];
if (NAMES.length === 0) process.stderr.write(`No scenarios in ${SHARED}: replaying them is skipped.\n`);

describe.skipIf(NAMES.length === 0)("a replay of each shared scenario", { timeout: 60_000 }, () => {
	const EARLY = MINUTE;
	const LATE = 20 * MINUTE;

	test.each(NAMES)(
		"%s: nothing missed, no false alarm, nobody blamed for local trouble, few notices, politely",
		async (name) => {
			const scenario = loadScenario(join(SHARED, name));
			const played = await replay(scenario, catalogue);
			const incidents = played.notices.filter((notice): notice is IncidentNotice => "incident" in notice);
			const concerns = (truth: Scenario["truth"][number], { at, features }: IncidentNotice) =>
				at >= truth.from - EARLY &&
				at <= truth.until + LATE &&
				features.some(
					({ service, feature }) =>
						truth.services.includes(service) && (truth.features.includes("*") || truth.features.includes(feature)),
				);
			const real = scenario.truth.filter(({ services }) => services.length > 0);
			const raising = incidents.filter(({ kind }) => kind === "opened" || kind === "worsened");
			for (const truth of real) {
				const first = raising.find((notice) => concerns(truth, notice));
				expect(first, `${truth.services} ${truth.features}`).toBeDefined();
				expect((first?.at ?? 0) - (truth.visibleFrom ?? truth.from)).toBeLessThan(4 * MINUTE);
				expect(
					incidents.some(
						(notice) => concerns(truth, notice) && notice.cause === truth.cause && notice.culprit === truth.culprit,
					),
				).toBe(true);
			}
			expect(raising.filter((notice) => !real.some((truth) => concerns(truth, notice)))).toEqual([]);
			if (real.length === 0) expect(incidents).toEqual([]);
			expect(played.notices.length).toBeLessThanOrEqual(16);
			expectPoliteness(scenario, played);
		},
	);
});

import type { Check, ControlCheck, ProbeCheck, ReportsCheck, SourceCheck } from "../core/check.ts";
import type { ControlEvidence, Evidence, ProbeEvidence, SourceEvidence } from "../core/evidence.ts";
import { failure } from "../core/failure.ts";
import type { Level } from "../core/level.ts";
import type { FeatureName, Time } from "../core/model.ts";
import type { OfficialComponent, OfficialPage } from "../core/official.ts";
import { type Random, randomFrom } from "../core/random.ts";
import type { ControlRule, OfficialRule, ProbeRule, ReportsRule, Rule, Scenario } from "./scenario.ts";

/** How the scripted world answers one run of a check that begins now: the evidence, and how long it takes. */
export interface Answer {
	readonly evidence: Evidence;
	readonly tookMs: number;
	/** What a scripted HTTP answer carries. */
	readonly headers?: Readonly<Record<string, string>>;
}

/** A typical healthy exchange, and what a lost one costs: the connect deadline. */
const TYPICAL_MS = 120;
const TIMEOUT_MS = 10_000;
const REFUSALS = new Set([403, 429]);

/** A world that follows a scenario. The same scenario gives the same answers to the same questions in the same order. */
export class ScriptedWorld {
	readonly #scenario: Scenario;
	readonly #random: Random;
	readonly #probeRules: readonly ProbeRule[];
	readonly #officialRules: readonly OfficialRule[];
	readonly #reportsRules: readonly ReportsRule[];
	readonly #controlRules: readonly ControlRule[];

	constructor(scenario: Scenario) {
		this.#scenario = scenario;
		this.#random = randomFrom(scenario.seed ^ 0x5eaf0);
		this.#probeRules = scenario.world.filter((rule) => "probe" in rule).reverse();
		this.#officialRules = scenario.world.filter((rule) => "official" in rule).reverse();
		this.#reportsRules = scenario.world.filter((rule) => "reports" in rule).reverse();
		this.#controlRules = scenario.world.filter((rule) => "control" in rule).reverse();
	}

	answer(check: Check, now: Time): Answer {
		const typical = TYPICAL_MS * Math.exp((this.#random.next() + this.#random.next() - 1) * 0.8);
		switch (check.kind) {
			case "probe":
				return this.#probe(check, now, typical);
			case "source":
				return this.#source(check, now, typical);
			case "reports":
				return this.#reports(check, now, typical);
			case "control":
				return this.#control(check, now, typical);
		}
	}

	#probe(check: ProbeCheck, now: Time, typical: number): Answer {
		const { id: checkId, service, feature, host, upstream } = check;
		const base = { kind: "probe", checkId, service, feature, host, phases: {}, ...(upstream && { upstream }) } as const;
		const end = (outcome: ProbeEvidence["outcome"], tookMs: number, more: Partial<ProbeEvidence> = {}): Answer => ({
			evidence: { ...base, outcome, startedAt: now, at: now + tookMs, ...more },
			tookMs,
		});
		if (this.#isLost()) return end(failed("timeout"), TIMEOUT_MS);
		const rule = this.#matching(this.#probeRules, now, ({ probe }) => matchesProbe(probe, check));
		const answer = rule?.answer;
		if (!answer || "ok" in answer) return end({ kind: "ok" }, typical);
		if ("slow" in answer) return end({ kind: "ok" }, Math.min(TIMEOUT_MS, typical * answer.slow));
		if ("fail" in answer) return end(failed(answer.fail), tookOf(answer.fail, typical));
		const { http: status, headers } = answer;
		const edge = edgeOf(headers);
		return {
			...end(statusOutcome(status), typical, { status, ...(edge && { edge }) }),
			...(headers && { headers }),
		};
	}

	#source(check: SourceCheck, now: Time, typical: number): Answer {
		const rule = this.#matching(this.#officialRules, now, ({ official }) => includes(official.service, check.service));
		const answer = rule?.answer;
		const outcome: SourceEvidence["outcome"] =
			answer && "http" in answer
				? failed("http", answer.http)
				: answer && "unreadable" in answer
					? failed("unreadable")
					: { kind: "read", page: pageOf(check, now, answer), fresh: true };
		const at = now + typical;
		return {
			evidence: { kind: "source", checkId: check.id, service: check.service, outcome, startedAt: now, at },
			tookMs: typical,
		};
	}

	/** While no rule speaks, there are as many as the nearest rule takes for usual. */
	#reports({ id: checkId, service, provider }: ReportsCheck, now: Time, typical: number): Answer {
		const own = this.#reportsRules.filter(({ reports }) => includes(reports.service, service));
		const rule = this.#matching(own, now, () => true);
		const { baseline = 0 } = rule?.answer ?? own[0]?.answer ?? {};
		const { perHour = baseline, features } = rule?.answer ?? {};
		const outcome = { kind: "counted", perHour, baseline, regions: [], ...(features && { features }) } as const;
		const at = now + typical;
		return { evidence: { kind: "reports", checkId, service, provider, outcome, startedAt: now, at }, tookMs: typical };
	}

	#control(check: ControlCheck, now: Time, typical: number): Answer {
		const control = check.control.type;
		const end = (outcome: ControlEvidence["outcome"], tookMs: number): Answer => ({
			evidence: {
				kind: "control",
				checkId: check.id,
				vendor: check.vendor,
				control,
				outcome,
				phases: {},
				startedAt: now,
				at: now + tookMs,
			},
			tookMs,
		});
		if (this.#isLost()) return end(failed("timeout"), TIMEOUT_MS);
		const rule = this.#matching(
			this.#controlRules,
			now,
			({ control: wanted }) => includes(wanted.kind, control) && includes(wanted.vendor, check.vendor),
		);
		const answer = rule?.answer;
		if (!answer || "ok" in answer) return end({ kind: "ok" }, typical);
		if ("portal" in answer) return end({ kind: "portal", detail: "a login page" }, typical);
		return end(failed(answer.fail), tookOf(answer.fail, typical));
	}

	#isLost(): boolean {
		const { loss } = this.#scenario.noise;
		return loss > 0 && this.#random.next() < loss;
	}

	/** The last rule of the file that matches now and, where it has a rate, speaks for this run. */
	#matching<R extends Extract<Rule, { answer: unknown }>>(
		rules: readonly R[],
		now: Time,
		matches: (rule: R) => boolean,
	): R | undefined {
		return rules.find(
			(rule) =>
				now >= (rule.from ?? Number.NEGATIVE_INFINITY) &&
				now < (rule.until ?? Number.POSITIVE_INFINITY) &&
				matches(rule) &&
				(rule.rate === undefined || this.#random.next() < rule.rate),
		);
	}
}

function matchesProbe(wanted: ProbeRule["probe"], check: ProbeCheck): boolean {
	return (
		includes(wanted.service, check.service) &&
		includes(wanted.feature, check.feature) &&
		(wanted.host === undefined || wanted.host.some((pattern) => isLike(check.host, pattern))) &&
		(wanted.upstream === undefined || (check.upstream !== undefined && wanted.upstream.includes(check.upstream))) &&
		(wanted.family === undefined || wanted.family.some((family) => family.endsWith("4")))
	);
}

function includes(wanted: readonly string[] | undefined, value: string): boolean {
	return wanted === undefined || wanted.includes(value);
}

/** `*` stands for anything; everything else for itself. */
function isLike(text: string, pattern: string): boolean {
	const [head = "", ...rest] = pattern.split("*");
	if (rest.length === 0) return text === pattern;
	const tail = rest.pop() ?? "";
	if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
	let at = head.length;
	return rest.every((part) => {
		const found = text.indexOf(part, at);
		at = found + part.length;
		return found !== -1 && at <= text.length - tail.length;
	});
}

function failed(kind: Parameters<typeof failure>[0], status?: number) {
	return {
		kind: "failed",
		failure: failure(kind, `scripted: ${kind}`, status === undefined ? {} : { status }),
	} as const;
}

/** As a probe judges an HTTP answer: refusals are not outages, and only server errors are trouble. */
function statusOutcome(status: number): ProbeEvidence["outcome"] {
	if (REFUSALS.has(status)) return { kind: "blocked", failure: failure("http", "scripted refusal", { status }) };
	return status >= 500 ? failed("http", status) : { kind: "ok" };
}

function tookOf(kind: string, typical: number): number {
	return kind === "timeout" || kind === "dns_timeout" ? TIMEOUT_MS : typical;
}

/** The provider that a scripted reply shows, by the signatures that everybody knows. */
function edgeOf(headers: Readonly<Record<string, string>> = {}): string | undefined {
	const server =
		Object.entries(headers)
			.find(([name]) => name.toLowerCase() === "server")?.[1]
			.toLowerCase() ?? "";
	return ["cloudflare", "akamai"].find((provider) => server.includes(provider));
}

/** Component ids by which a scripted page speaks of a feature directly, whatever its real components are called. */
export function scriptedComponent(feature: FeatureName): string {
	return `scripted:${feature}`;
}

type Said = Extract<OfficialRule["answer"], { level: unknown }>;

function pageOf(check: SourceCheck, now: Time, said: Said | undefined): OfficialPage {
	const { components: mapped, url } = check.source;
	// a page that names no feature speaks of its front door
	const named: Readonly<Partial<Record<FeatureName, Level>>> = said?.features ?? (said ? { web: said.level } : {});
	const components = Object.entries(mapped).map(
		([key, feature]): OfficialComponent => ({ id: key, name: key, level: named[feature] ?? "operational" }),
	);
	const affected = components.filter(({ level }) => level !== "operational").map(({ id }) => id);
	const open = said !== undefined && said.level !== "operational" && said.level !== "maintenance";
	return {
		format: check.source.format,
		page: { name: check.service, url },
		level: said?.level ?? "operational",
		components,
		incidents: open
			? [
					{
						id: "scripted",
						title: said.title ?? "",
						level: said.level,
						state: "investigating",
						open,
						updatedAt: now,
						components: affected,
					},
				]
			: [],
		maintenances: [],
		unknownWords: [],
	};
}

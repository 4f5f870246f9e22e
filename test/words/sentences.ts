import type { FailedControl } from "../../src/core/connectivity.ts";
import type { Diagnosis } from "../../src/core/diagnosis.ts";
import { CONCLUSIONS, concluded } from "../../src/core/diagnosis-conclusion.ts";
import type { Finding } from "../../src/core/diagnosis-findings.ts";
import { LAYERS, type LayerReport, stateOf } from "../../src/core/diagnosis-layers.ts";
import type { Note } from "../../src/core/diagnosis-notes.ts";
import { FAILURE_KINDS, type FailureKind, failure } from "../../src/core/failure.ts";
import { isProblem, LEVELS, type Level } from "../../src/core/level.ts";
import { CAUSES, FEATURES, type FeatureName } from "../../src/core/model.ts";
import type { ConnectionView, FeatureView, Snapshot } from "../../src/core/snapshot.ts";
import type { SourceHealth } from "../../src/core/source-health.ts";
import type { Reason } from "../../src/core/verdict.ts";
import { connectionSentence } from "../../src/words/connection.ts";
import { nextStep, noteSentence, verdictSentence } from "../../src/words/diagnosis.ts";
import { layerName, layerResult } from "../../src/words/diagnosis-layers.ts";
import { duration, shortDuration } from "../../src/words/durations.ts";
import { headline } from "../../src/words/headline.ts";
import { certainty, failureWords, reasonSentence } from "../../src/words/reasons.ts";
import { inspectAdvice, lagSentence, sourceNotes, sourceState } from "../../src/words/sources.ts";
import { blame, clauses, localTrouble } from "../../src/words/trouble.ts";
import { whereSeen } from "../../src/words/where.ts";
import type { Words } from "../../src/words/words.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { control, host, line, word } from "../helpers/findings.ts";
import { NAMES, on } from "./situations.ts";

/** Something to say, and how it is said. */
export interface Sentence {
	readonly name: string;
	readonly say: (words: Words) => string;
}

type Shown = readonly [service: string, feature: FeatureName, level: Level, blind?: "blind"];

/** A snapshot with these levels; a feature called blind has a reason to be unknown. */
export function snapshot(
	levels: readonly Shown[],
	connection: Partial<ConnectionView> = {},
	reasons: readonly Reason[] = [],
): Snapshot {
	const view = (feature: FeatureName, level: Level, blind?: string): FeatureView => ({
		...{ feature, level, since: T0, cause: "unknown", confidence: 1, suspected: false, reasons },
		...(blind && { blind }),
	});
	const services = Map.groupBy(levels, ([id]) => id);
	return {
		at: T0,
		level: "unknown",
		connection: { state: "online", since: T0, passed: 6, failed: [], ...connection },
		services: [...services].map(([id, own]) => ({
			...{ id, name: NAMES[id] ?? id, level: "unknown", sources: [] },
			features: own.map(([, feature, level, blind]) => view(feature, level, blind)),
		})),
		incidents: [],
		round: { done: 0, total: 0 },
		names: NAMES,
	};
}

const failed = (vendor: string, control: FailedControl["control"]): FailedControl => ({
	...{ checkId: `control/${vendor}/${control}`, vendor, control, what: "portal", at: T0 },
});
const seen = (levels: readonly Shown[], connection?: Partial<ConnectionView>) => (words: Words) =>
	headline(snapshot(levels, connection), words);
const CHAT = ["wa", "messaging"] as const;

export const HEADLINES: readonly Sentence[] = [
	{ name: "nothing is watched", say: seen([]) },
	{ name: "nothing is known yet", say: seen([[...CHAT, "unknown"]]) },
	{ name: "nothing can be seen", say: seen([["wa", "calls", "unknown", "blind"]]) },
	{ name: "all is well", say: seen([[...CHAT, "operational"]]) },
	{
		name: "well, one feature cannot be seen",
		say: seen([
			[...CHAT, "operational"],
			["wa", "calls", "unknown", "blind"],
		]),
	},
	{
		name: "well, one could not be checked",
		say: seen([
			[...CHAT, "operational"],
			["wa", "media", "unknown"],
		]),
	},
	{
		name: "planned work",
		say: seen([
			[...CHAT, "operational"],
			["x", "feed", "maintenance"],
		]),
	},
	{
		name: "planned work, one could not be checked",
		say: seen([
			[...CHAT, "unknown"],
			["x", "feed", "maintenance"],
		]),
	},
	{ name: "one feature is down", say: seen([[...CHAT, "major_outage"]]) },
	{ name: "one of three services", say: seen((["ig", "fb", "x"] as const).map((id) => [id, "feed", "major_outage"])) },
	{
		name: "two kinds of trouble, the worst first",
		say: seen([
			["ig", "feed", "degraded"],
			[...CHAT, "major_outage"],
		]),
	},
	{
		name: "three kinds of trouble",
		say: seen([
			["ig", "feed", "degraded"],
			["ig", "stories", "partial_outage"],
			[...CHAT, "major_outage"],
		]),
	},
	{ name: "the connection is being checked", say: seen([[...CHAT, "operational"]], { state: "unknown" }) },
	...CAUSES.filter((cause) => cause !== "service" && cause !== "upstream").map((cause) => ({
		name: `no connection: ${cause}`,
		say: seen([[...CHAT, "major_outage"]], { state: "trouble", cause }),
	})),
];

const connection = (more: Partial<ConnectionView>) => (words: Words) =>
	connectionSentence({ state: "online", since: T0, passed: 5, failed: [], ...more }, words);

export const CONNECTION: readonly Sentence[] = [
	{ name: "not checked yet", say: connection({ state: "unknown" }) },
	{ name: "fine, one control failed", say: connection({ failed: [failed("google", "http")] }) },
	{
		name: "one control failed",
		say: connection({ state: "trouble", cause: "proxy", failed: [failed("google", "http")] }),
	},
	{
		name: "several failed",
		say: connection({
			...{ state: "trouble", cause: "captive_portal" },
			failed: [failed("google", "http"), failed("google", "doh"), failed("google", "http"), failed("apple", "dns")],
		}),
	},
	{
		name: "two vendors failed",
		say: connection({ state: "trouble", cause: "network", failed: [failed("google", "http"), failed("quad9", "ip")] }),
	},
];

const at = T0;
const timeout = failure("timeout", "-");
const error = (status: number) => failure("http", "-", { status });
const REASONS_GIVEN: readonly Reason[] = [
	{ kind: "host_fails", host: "a.wa", failure: timeout, inRow: 1, at },
	{ kind: "host_fails", host: "a.wa", failure: error(503), inRow: 3, at },
	{ kind: "host_passes", host: "a.wa", tookMs: 84.6, at },
	{ kind: "host_slow", host: "a.wa", tookMs: 2400.4, usualMs: 120, at },
	{ kind: "host_refuses_us", host: "a.wa", failure: error(403), at },
	{ kind: "not_tried", host: "a.wa", why: "the proxy carries web pages only", at },
	{ kind: "not_tried", host: "a.wa", why: "", at },
	{ kind: "official", page: "Meta Status", level: "degraded", title: "Slow feeds", whole: false, at },
	{ kind: "official", page: "Meta Status", level: "operational", whole: true, at },
	{ kind: "official", page: "Meta Status", level: "unknown", whole: true, at },
	{ kind: "source_failed", page: "Meta Status", failure: failure("unreadable", "-"), at },
	{ kind: "reports", perHour: 900, baseline: 10, regions: [], at },
	{ kind: "reports", perHour: 900, baseline: 10, regions: ["Europe", "Asia"], at },
	{ kind: "reports", perHour: 12, baseline: 0.2, regions: [], at },
	{ kind: "unstable", changes: 1, withinMs: 20 * MINUTE, at },
	{ kind: "unstable", changes: 6, withinMs: HOUR, at },
	{ kind: "also_fails", services: ["canva"], provider: "cloudflare", at },
	{ kind: "also_fails", services: ["canva", "medium"], provider: "cloudflare", at },
	{ kind: "blind", why: "Only those who sign in can tell." },
	{ kind: "no_connection", cause: "dns" },
	{ kind: "noted", provider: "statusgator", regions: [], at },
	{ kind: "noted", provider: "radar", regions: ["Italy", "Malta"], at },
];

export const REASONS: readonly Sentence[] = REASONS_GIVEN.map((reason) => ({
	name: reason.kind,
	say: (words) => reasonSentence(reason, words, NAMES),
}));

const official: Reason = { kind: "official", page: "Meta Status", level: "major_outage", whole: true, at };
const reports = (...regions: string[]): Reason => ({ kind: "reports", perHour: 900, baseline: 10, regions, at });
const where =
	(...reasons: readonly Reason[]) =>
	(words: Words) =>
		whereSeen(on(["wa"], ["messaging"]), snapshot([["wa", "messaging", "major_outage"]], {}, reasons), words);

export const WHERE: readonly Sentence[] = [
	{ name: "our own probes alone", say: where({ kind: "host_fails", host: "a.wa", failure: timeout, inRow: 3, at }) },
	{ name: "the page says that all is well", say: where({ ...official, level: "operational" }) },
	{ name: "fewer reports than usual", say: where({ kind: "reports", perHour: 2, baseline: 4, regions: ["Asia"], at }) },
	{ name: "the page admits it", say: where(official) },
	{ name: "others report it", say: where(reports()) },
	{ name: "the page admits it, others report it", say: where(reports(), official) },
	{ name: "others report it from two regions", say: where(official, reports("Europe", "Asia")) },
];

export const TROUBLE: readonly Sentence[] = FEATURES.flatMap((feature) =>
	LEVELS.filter(isProblem).flatMap((level) =>
		(feature === "web" || feature === "api" ? [["ig"], ["ig", "fb"]] : [["ig"]]).map((services) => ({
			name: `${feature}, ${level}${services.length === 1 ? "" : ", two services"}`,
			say: (words: Words) => clauses(on(services, [feature], level), words, NAMES).join(". "),
		})),
	),
);

export const BLAME: readonly Sentence[] = [
	...(["service", "upstream"] as const).flatMap((cause) =>
		[1, 2].map((count) => ({
			name: `${cause}, ${count === 1 ? "one service" : "two services"}`,
			say: (words: Words) => blame(cause, "cloudflare", count, words, NAMES),
		})),
	),
	{ name: "service, nobody known", say: (words) => blame("service", undefined, 1, words, NAMES) },
	{ name: "upstream, nobody known", say: (words) => blame("upstream", undefined, 1, words, NAMES) },
	...CAUSES.map((cause) => ({ name: `here: ${cause}`, say: (words: Words) => localTrouble(cause, words) })),
];

const NOW = 100 * HOUR;
const ago = (ms: number) => NOW - ms;
const failing = (more: Parameters<typeof failure>[2], kind: FailureKind = "http"): SourceHealth => ({
	since: 0,
	readAt: ago(3 * HOUR),
	failing: { since: ago(2 * HOUR), times: 6 },
	lastFailure: { at: ago(MINUTE), failure: failure(kind, "-", more) },
});
const HEALTHS: readonly (readonly [string, SourceHealth, boolean?])[] = [
	["never read", {}],
	["read", { since: 0, readAt: ago(3 * MINUTE) }],
	["failed once", { failing: { since: ago(MINUTE), times: 1 }, lastFailure: { at: ago(MINUTE), failure: timeout } }],
	["in trouble itself", failing({ status: 503 })],
	["a key refused", failing({ status: 401 }), true],
	["closed to us", failing({ status: 403 })],
	["gone", failing({ status: 404 })],
	["too often", { ...failing({ status: 429 }), limited: { times: 2, at: ago(MINUTE) } }],
	["away from https", failing({ phase: "tls" }, "unreadable")],
	["something else", failing({}, "unreadable")],
	["untrusted", failing({}, "tls_untrusted")],
	["no such name", failing({}, "dns_nxdomain")],
	["silent", failing({}, "timeout")],
	["well again", { readAt: ago(MINUTE), lastFailure: { at: ago(2 * HOUR), failure: timeout } }],
	["another format", { readAt: ago(MINUTE), changed: { from: "statuspage", to: "instatus", at: ago(48 * HOUR) } }],
	["moved", { readAt: ago(MINUTE), moved: { to: "https://new.example/", at: ago(HOUR) } }],
	["asked too often once", { readAt: ago(MINUTE), limited: { times: 1, at: ago(HOUR) } }],
];

export const SOURCES: readonly Sentence[] = [
	...HEALTHS.map(([name, health, isReports]) => ({
		name,
		say: (words: Words) => [sourceState(health, NOW, words), ...sourceNotes(health, NOW, words, isReports)].join(" · "),
	})),
	...[
		{ outages: 0, first: 0, missed: 0 },
		{ outages: 1, first: 1, missed: 0 },
		{ outages: 7, first: 1, missed: 2, lateMs: { middle: 12 * MINUTE, worst: 2 * HOUR } },
	].map((lag) => ({ name: `${lag.outages} outages`, say: (words: Words) => lagSentence(lag, words) })),
	{ name: "inspected, and no page", say: (words) => inspectAdvice(failure("unreadable", "-"), words) },
	...[1, 12].map((count) => ({ name: `${count} sources`, say: (words: Words) => words.t("sources.title", { count }) })),
	...(["none", "noHistory"] as const).map((key) => ({ name: key, say: (words: Words) => words.t(`sources.${key}`) })),
];

const told = (kind: Diagnosis["kind"], seen: readonly Finding[]): Diagnosis => ({
	...concluded(kind, "high", seen),
	...{ service: "wa", services: [], notes: [] },
	...(kind === "upstream" && { culprit: "cloudflare" }),
	...(kind === "interception" && { culprit: "Zscaler" }),
});
const AHEAD = control("portal", "google", "ok", { aheadMs: 7 * MINUTE });
const NOTES: readonly Note[] = [
	{ kind: "vpn" },
	{ kind: "proxy" },
	{ kind: "ipv6_broken" },
	{ kind: "ipv6_only" },
	{ kind: "clock_wrong", aheadMs: 7 * MINUTE },
	{ kind: "clock_wrong", aheadMs: -7 * MINUTE },
	{ kind: "interception", by: "Zscaler" },
	{ kind: "interception" },
	{ kind: "one_portal", vendor: "apple" },
];

export const DIAGNOSES: readonly Sentence[] = [
	...CONCLUSIONS.map((kind) => ({
		name: kind,
		say: (words: Words) => {
			const diagnosis = told(kind, [AHEAD]);
			return `${verdictSentence(diagnosis, words, NAMES)} ${nextStep(diagnosis, words, NAMES)}`;
		},
	})),
	...NOTES.map((note) => ({ name: `noted: ${note.kind}`, say: (words: Words) => noteSentence(note, words) })),
];

const FOUND: readonly (readonly [name: string, findings: readonly Finding[]])[] = [
	["all is well", line()],
	["much is wrong", line({ portal: "portal", addresses: "refused", doh: "tls_untrusted", names: "dns_timeout" })],
	["others say something", [host("wa", "a.test", "ok"), host("wa", "b.test", "blocked"), word("wa", "major_outage")]],
];

export const LAYERS_SAID: readonly Sentence[] = FOUND.flatMap(([name, findings]) =>
	LAYERS.map((layer) => ({
		name: `${layer}, ${name}`,
		say: (words: Words) => {
			const report: LayerReport = { layer, findings, state: stateOf(layer, findings), tookMs: 1, service: "wa" };
			return `${layerName(report, words, NAMES)}: ${layerResult(report, words)}`;
		},
	})),
);

export const SMALL_WORDS: readonly Sentence[] = [
	...LEVELS.map((level) => ({ name: `level: ${level}`, say: (words: Words) => words.t(`level.${level}`) })),
	...FEATURES.map((feature) => ({ name: `feature: ${feature}`, say: (words: Words) => words.t(`feature.${feature}`) })),
	...CAUSES.map((cause) => ({ name: `cause: ${cause}`, say: (words: Words) => words.t(`cause.${cause}`) })),
	...(["http", "dns", "ip", "doh"] as const).map((control) => ({
		name: `control: ${control}`,
		say: (words: Words) => words.t(`control.${control}`),
	})),
	...FAILURE_KINDS.map((kind) => ({
		name: `failure: ${kind}`,
		say: (words: Words) => failureWords(failure(kind, "-"), words),
	})),
	{ name: "failure: http 503", say: (words) => failureWords(error(503), words) },
	...[0.99, 0.8, 0.4].map((sure) => ({ name: `certainty: ${sure}`, say: (words: Words) => certainty(sure, words) })),
	...[SECOND, 40 * SECOND, MINUTE, 3 * MINUTE, HOUR, 2 * HOUR + MINUTE, 26 * HOUR, 48 * HOUR, 100 * HOUR].map((ms) => ({
		name: `duration: ${ms / SECOND} seconds`,
		say: (words: Words) => `${duration(ms, words)} · ${shortDuration(ms, words)}`,
	})),
];

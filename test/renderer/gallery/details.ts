import { failure } from "../../../src/core/failure.ts";
import type { Incident } from "../../../src/core/incidents.ts";
import { isProblem, type Level } from "../../../src/core/level.ts";
import type { FeatureName } from "../../../src/core/model.ts";
import type { Snapshot } from "../../../src/core/snapshot.ts";
import type { Band, FeatureHistory, HistoryPoint, ServiceChecks, ServiceHistory } from "../../../src/ipc/answers.ts";
import { HOUR, MINUTE, NOW, SECOND } from "./build.ts";
import { hostile } from "./hostile.ts";
import type { Scenes } from "./scenes.ts";
import { STATES } from "./states.ts";

const DAY = 24 * HOUR;
const BROKE = NOW - 71 * MINUTE;

/** As many bands as there are steps: well, but for what is said of single ones, counted from the newest. */
function bands(count: number, other: Readonly<Record<number, Band>> = {}): Band[] {
	return Array.from({ length: count }, (_, step) => other[count - 1 - step] ?? "operational");
}

/** A day of answers every quarter of an hour, a little slower in the evening; none from `until` on. */
function points(until: number, usualMs: number): HistoryPoint[] {
	return Array.from({ length: 96 }, (_, index): HistoryPoint => {
		const at = NOW - DAY + index * 15 * MINUTE;
		if (at >= until) return { at, ok: 0, failed: 4, blocked: 0, phases: {} };
		const wave = 1 + 0.25 * Math.sin(index / 9) + 0.08 * Math.sin(index * 2.1);
		const averageMs = usualMs * wave;
		const phases = {
			dns: averageMs * 0.06,
			connect: averageMs * 0.2,
			tls: averageMs * 0.27,
			first_byte: averageMs * 0.4,
			transfer: averageMs * 0.05,
		};
		return { at, ok: 3, failed: 0, blocked: 0, averageMs, worstMs: averageMs * (index === 60 ? 3.4 : 1.3), phases };
	}).filter(({ at }) => at < NOW - 13 * HOUR || at > NOW - 10 * HOUR);
}

const OFFLINE: Readonly<Record<number, Band>> = Object.fromEntries(
	[20, 21, 22, 23, 24, 25].map((step) => [step, "gap"] as const),
);

function featureHistory(feature: FeatureName, more: Partial<FeatureHistory> = {}): FeatureHistory {
	return {
		feature,
		levels: [{ service: "instagram", feature, at: NOW - 9 * DAY, level: "operational" }],
		bands: bands(48, OFFLINE),
		uptime: 1,
		points: points(NOW, 120),
		...more,
	};
}

const down = (feature: FeatureName): FeatureHistory =>
	featureHistory(feature, {
		levels: [
			{ service: "instagram", feature, at: NOW - 9 * DAY, level: "operational" },
			{ service: "instagram", feature, at: NOW - 5 * HOUR, level: "degraded" },
			{ service: "instagram", feature, at: NOW - 4.6 * HOUR, level: "operational" },
			{ service: "instagram", feature, at: BROKE, level: "major_outage" },
		],
		bands: bands(48, { ...OFFLINE, 0: "major_outage", 1: "major_outage", 2: "major_outage", 10: "degraded" }),
		uptime: 0.9431,
		points: points(BROKE, 140),
	});

function instagramHistory(incidents: readonly Incident[]): ServiceHistory {
	return {
		service: "instagram",
		from: NOW - DAY,
		until: NOW,
		edges: Array.from({ length: 49 }, (_, step) => NOW - DAY + step * 30 * MINUTE),
		stepMs: 15 * MINUTE,
		features: [
			down("feed"),
			down("publishing"),
			featureHistory("media", { bands: bands(48, { ...OFFLINE, 6: "maintenance", 7: "maintenance" }), uptime: 0.999 }),
			featureHistory("stories"),
			featureHistory("messaging"),
			{ feature: "login", levels: [], bands: bands(48).map(() => "unknown" as const), points: [] },
		],
		incidents,
	};
}

const held = (service: string, feature: FeatureName) => ({ kind: "joined", service, feature }) as const;

/** An outage of Meta's with a story, admitted late. */
function told(incident: Incident | undefined): Incident[] {
	if (!incident) return [];
	return [
		{
			...incident,
			seenAt: BROKE - 48 * SECOND,
			openedAt: BROKE,
			admitted: { at: BROKE + 50 * MINUTE, page: "Meta" },
			admissions: [{ at: BROKE + 50 * MINUTE, page: "Meta" }],
			timeline: [
				{ kind: "opened", at: BROKE },
				{ ...held("instagram", "feed"), at: BROKE, level: "major_outage" },
				{ ...held("instagram", "publishing"), at: BROKE + 20 * SECOND, level: "partial_outage" },
				{ ...held("facebook", "feed"), at: BROKE + 95 * SECOND, level: "major_outage" },
				{
					kind: "worsened",
					service: "instagram",
					feature: "publishing",
					at: BROKE + 4 * MINUTE,
					level: "major_outage",
				},
				{ kind: "admitted", at: BROKE + 50 * MINUTE, page: "Meta" },
			],
		},
	];
}

function past(incident: Incident | undefined): Incident[] {
	if (!incident) return [];
	const openedAt = NOW - 19 * HOUR;
	const closedAt = openedAt + 42 * MINUTE;
	const features = incident.features.slice(0, 2).map((each) => ({ ...each, since: openedAt, until: closedAt }));
	const base = { id: "i3", cause: incident.cause, culprit: incident.culprit, openedAt, closedAt, features };
	return [
		{
			...base,
			seenAt: openedAt,
			timeline: [
				{ kind: "opened", at: openedAt },
				{ kind: "closed", at: closedAt },
			],
		},
	];
}

const CHECKS: ServiceChecks = {
	owner: "Meta",
	behind: ["Meta's own network"],
	sources: [
		{
			id: "instagram/official/https://metastatus.com/",
			url: "https://metastatus.com/data/instagram.json",
			format: "meta",
			page: "Meta",
			readAt: NOW - 3 * MINUTE,
			level: "operational",
			nextAt: NOW + 2 * MINUTE,
		},
		{
			id: "instagram/official/feed",
			url: "https://status.instagram.com/feed.atom",
			format: "feed",
			level: "unknown",
			failed: { at: NOW - 4 * MINUTE, failure: failure("http", "", { status: 404 }) },
			nextAt: NOW + 30 * MINUTE,
		},
	],
	probes: [
		{
			id: "1",
			feature: "feed",
			host: "i.instagram.com",
			type: "http",
			last: {
				at: NOW - 20 * SECOND,
				outcome: "failed",
				failure: failure("http", "", { status: 500 }),
				tookMs: 240,
				phases: { dns: 4, connect: 22, tls: 31, first_byte: 180 },
				inRow: 8,
			},
			nextAt: NOW + MINUTE,
		},
		{
			id: "2",
			feature: "media",
			host: "scontent.cdninstagram.com",
			type: "two_step",
			last: {
				at: NOW - 40 * SECOND,
				outcome: "ok",
				tookMs: 143,
				phases: { dns: 3.2, connect: 20, tls: 28, first_byte: 88, transfer: 4 },
				inRow: 5,
			},
			nextAt: NOW + 4 * MINUTE,
		},
		{
			id: "3",
			feature: "stories",
			host: "graph.instagram.com",
			type: "tls",
			last: {
				at: NOW - 90 * SECOND,
				outcome: "blocked",
				failure: failure("http", "", { status: 429 }),
				tookMs: 60,
				phases: {},
				inRow: 1,
			},
			nextAt: NOW + 9 * MINUTE,
		},
		{ id: "4", feature: "messaging", host: "edge-chat.instagram.com", type: "websocket", nextAt: NOW },
	],
	lags: {
		"instagram/official/https://metastatus.com/": {
			outages: 6,
			first: 1,
			missed: 2,
			lateMs: { middle: 38 * MINUTE, worst: 95 * MINUTE },
		},
	},
	health: {
		"instagram/official/https://metastatus.com/": { readAt: NOW - 3 * MINUTE, page: "Meta", format: "meta" },
		"instagram/official/feed": {
			failing: { since: NOW - 3 * DAY, times: 40 },
			lastFailure: { at: NOW - 4 * MINUTE, failure: failure("http", "", { status: 404 }) },
		},
	},
};

const SERVICE = "service=instagram";

function instagram(state: () => Snapshot, about = SERVICE) {
	const given = sinceThen(state());
	const [incident] = given.incidents;
	const incidents = [...past(incident), ...told(incident)];
	const answers = {
		history: instagramHistory(incidents),
		checks: CHECKS,
		bars: quarter(given),
		...(incidents[0] && { incident: incidents[0] }),
		save: { kind: "saved" } as const,
	};
	return { given: { ...given, incidents: told(incident) }, answers, about };
}

/** The same trouble, for as long as the chart shows it. */
function sinceThen(snapshot: Snapshot): Snapshot {
	const begun = <T extends { readonly level: Level }>(all: readonly T[]) =>
		all.map((each) => (isProblem(each.level) ? { ...each, since: BROKE } : each));
	return {
		...snapshot,
		services: snapshot.services.map((service) => ({ ...service, features: begun(service.features) })),
		incidents: snapshot.incidents.map((incident) => ({ ...incident, features: begun(incident.features) })),
	};
}

/** Ninety days of every service, each with an outage of its own. */
function quarter({ services }: Snapshot) {
	return services.map(({ id, level }, index) => ({
		service: id,
		bands: bands(90, {
			0: level,
			[(index * 7) % 60]: "major_outage",
			[((index * 7) % 60) + 1]: "partial_outage",
			[(index * 13) % 80]: "maintenance",
			[85 - (index % 5)]: "gap",
			88: "unknown",
			89: "unknown",
		}),
	}));
}

function unkept() {
	const { given, about, answers } = instagram(STATES.calm);
	const { history: kept, ...rest } = answers;
	return { given, about, answers: { ...rest, bars: [], history: { ...kept, features: [], incidents: [] } } };
}

function taken() {
	const given = hostile();
	const [incident] = given.incidents;
	const { answers } = instagram(STATES.meta);
	const text = given.services.find(({ id }) => id === "script")?.name ?? "";
	const checks: ServiceChecks = {
		...CHECKS,
		owner: text,
		behind: [text.repeat(50)],
		sources: CHECKS.sources.map((source) => ({ ...source, page: text, title: text.repeat(90), format: text })),
		probes: CHECKS.probes.map((probe) => ({ ...probe, host: "x".repeat(2000) })),
	};
	const story = told(incident).map((each) => ({ ...each, admissions: [{ at: NOW, page: text }] }));
	return {
		given: { ...given, incidents: story },
		about: "service=script",
		answers: { ...answers, checks, history: { ...answers.history, incidents: story } },
	};
}

/** What the details window is shown with. */
export const DETAILS: Scenes = {
	outage: () => instagram(STATES.meta),
	calm: () => instagram(STATES.calm),
	incident: () => instagram(STATES.meta, "incident=i-meta"),
	past: () => instagram(STATES.meta, "incident=i3"),
	all: () => ({ given: STATES.meta(), answers: { ...instagram(STATES.meta).answers, bars: quarter(STATES.meta()) } }),
	eighty: () => ({ given: STATES.eighty(), answers: { bars: quarter(STATES.eighty()) } }),
	unkept,
	waiting: () => ({ given: STATES.meta(), about: SERVICE }),
	gone: () => ({ given: STATES.calm(), about: "service=friendster" }),
	forgotten: () => ({ given: STATES.calm(), about: "incident=i99" }),
	hostile: taken,
	empty: () => ({ given: STATES.empty() }),
	loading: () => ({ given: STATES.loading() }),
	lost: () => ({ given: STATES.lost() }),
};

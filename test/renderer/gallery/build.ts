import { type Failure, failure } from "../../../src/core/failure.ts";
import type { Incident, IncidentFeature } from "../../../src/core/incidents.ts";
import { type Problem, worst } from "../../../src/core/level.ts";
import type { FeatureName } from "../../../src/core/model.ts";
import type { FeatureView, ServiceView, Snapshot } from "../../../src/core/snapshot.ts";
import type { Reason } from "../../../src/core/verdict.ts";

/** The moment all pictures show: a Wednesday evening, in UTC. */
export const NOW = Date.parse("2026-03-04T18:09:00Z");
export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

const NAMES = {
	whatsapp: "WhatsApp",
	instagram: "Instagram",
	facebook: "Facebook",
	messenger: "Messenger",
	threads: "Threads",
	x: "X",
	telegram: "Telegram",
	signal: "Signal",
	discord: "Discord",
	youtube: "YouTube",
	slack: "Slack",
	figma: "Figma",
	notion: "Notion",
	canva: "Canva",
	medium: "Medium",
	zoom: "Zoom",
	shopify: "Shopify",
	meta: "Meta",
	cloudflare: "Cloudflare",
} as const;

const FEATURES: Readonly<Record<string, readonly FeatureName[]>> = {
	whatsapp: ["messaging", "media", "calls", "web"],
	instagram: ["feed", "media", "publishing", "stories", "messaging", "login"],
	facebook: ["feed", "media", "login", "web"],
	messenger: ["messaging", "media", "calls"],
	threads: ["feed", "media", "web"],
	x: ["feed", "media", "api", "web"],
	telegram: ["messaging", "media", "calls"],
	signal: ["messaging", "calls"],
	discord: ["messaging", "media", "calls", "api"],
	youtube: ["media", "web", "search"],
	slack: ["messaging", "calls", "api"],
};

const NOT_LOADED = failure("http", "", { status: 500 });
const NO_ANSWER = failure("timeout", "");

export function passes(host: string, agoMs = 40 * SECOND, tookMs = 64): Reason {
	return { kind: "host_passes", host, tookMs, at: NOW - agoMs };
}

export function fails(host: string, failed: Failure = NO_ANSWER, agoMs = 20 * SECOND): Reason {
	return { kind: "host_fails", host, failure: failed, inRow: 6, at: NOW - agoMs };
}

type FeaturePatch = Partial<FeatureView>;

function feature(service: string, name: FeatureName, patch: FeaturePatch = {}): FeatureView {
	return {
		feature: name,
		level: "operational",
		since: NOW - 5 * HOUR,
		cause: "unknown",
		confidence: 0.9,
		suspected: false,
		reasons: [passes(`${name}.${service}.com`)],
		...patch,
	};
}

/** A feature in trouble, with what makes us think so. */
export function broken(service: string, level: Problem, patch: FeaturePatch = {}): FeaturePatch {
	return {
		level,
		since: NOW - 11 * MINUTE,
		cause: "service",
		culprit: service,
		confidence: 0.97,
		reasons: [fails(`www.${service}.com`, NOT_LOADED), fails(`api.${service}.com`, NO_ANSWER, 25 * SECOND)],
		...patch,
	};
}

export const BLIND: FeaturePatch = {
	level: "unknown",
	blind: "It needs an account",
	confidence: 0,
	reasons: [{ kind: "blind", why: "It needs an account" }],
};

export const UNCHECKED: FeaturePatch = { level: "unknown", confidence: 0, reasons: [] };

export function service(
	id: string,
	patches: Partial<Record<FeatureName, FeaturePatch>> | ((name: FeatureName) => FeaturePatch) = {},
	more: Partial<ServiceView> = {},
): ServiceView {
	const features = (FEATURES[id] ?? ["web", "api"]).map((name) =>
		feature(id, name, typeof patches === "function" ? patches(name) : patches[name]),
	);
	return {
		id,
		name: NAMES[id as keyof typeof NAMES] ?? id,
		level: worst(features.map(({ level }) => level)),
		features,
		sources: [],
		page: `https://status.${id}.com/`,
		...more,
	};
}

/** An outage that holds everything that is in trouble in these services. */
export function incident(culprit: string, services: readonly ServiceView[], more: Partial<Incident> = {}): Incident {
	const features = services.flatMap(({ id, features: own }) =>
		own.flatMap(({ feature: name, level, since }): IncidentFeature[] =>
			level === "degraded" || level === "partial_outage" || level === "major_outage"
				? [{ service: id, feature: name, level, since }]
				: [],
		),
	);
	const openedAt = NOW - 11 * MINUTE;
	return { id: `i-${culprit}`, cause: "service", culprit, openedAt, seenAt: openedAt, features, ...more };
}

export function snapshot(services: readonly ServiceView[], more: Partial<Snapshot> = {}): Snapshot {
	return {
		at: NOW,
		level: worst(services.map(({ level }) => level)),
		connection: { state: "online", since: NOW - 5 * HOUR, passed: 9, failed: [] },
		services,
		incidents: [],
		round: { done: 24, total: 24 },
		names: { ...NAMES, ...Object.fromEntries(services.map(({ id, name }) => [id, name])) },
		...more,
	};
}

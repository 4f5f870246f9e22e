import type { IncidentFeature } from "../../src/core/incidents.ts";
import type { Problem } from "../../src/core/level.ts";
import { CAUSES, FEATURES, type FeatureName } from "../../src/core/model.ts";
import type { DigestIncident, DigestNotice, IncidentNotice, Notice } from "../../src/core/notice.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";

/** Names of all kinds: short, long, with a full stop, with what templates are made of. */
export const NAMES: Readonly<Record<string, string>> = {
	wa: "WhatsApp",
	ig: "Instagram",
	fb: "Facebook",
	ms: "Messenger",
	th: "Threads",
	x: "X",
	yt: "YouTube",
	google: "Google",
	quad: "Quad9",
	medium: "Medium",
	canva: "Canva",
	aws: "Amazon Web Services",
	own: "The cash registers of all our shops in the old town and the harbour",
	dotted: "Widgets Inc.",
	meta: "Meta",
	"x-corp": "X Corp.",
	"own-owner": "Department of Internal Computer Services, Second Floor",
	cloudflare: "Cloudflare",
	...Object.fromEntries(
		Array.from({ length: 12 }, (_, n) => [`long-${n}`, `Collaboration Suite for Very Large Enterprises ${n + 1}`]),
	),
};
export const LONG = Array.from({ length: 12 }, (_, n) => `long-${n}`);
const DAY = 24 * HOUR;
const META_FIVE = ["ig", "fb", "wa", "ms", "th"];
const CDN = { cause: "upstream", culprit: "cloudflare" } as const;

/** A moment at which a notice is given, in a life like anybody's. */
export interface Situation {
	readonly name: string;
	readonly notice: Notice;
	/** Who else sees the trouble, as a key of the words. */
	readonly where?: "here" | "official" | "reported";
}

/** Features of services, all at one level. */
export function on(services: readonly string[], features: readonly FeatureName[], level: Problem = "major_outage") {
	return services.flatMap((service) =>
		features.map((feature): IncidentFeature => ({ service, feature, level, since: T0 })),
	);
}

/** A notice about an incident at Meta, `after` ms into it. */
export function incident(
	kind: IncidentNotice["kind"],
	features: readonly IncidentFeature[],
	{ after = kind === "opened" ? 75 * SECOND : 65 * MINUTE, ...more }: Partial<IncidentNotice> & { after?: number } = {},
): IncidentNotice {
	const about = { incident: "i7", cause: "service", culprit: "meta", openedAt: T0 } as const;
	return { kind, at: T0 + after, ...about, features, ...more };
}

export function digest(
	why: DigestNotice["why"],
	...incidents: readonly Omit<DigestIncident, "incident" | "cause" | "culprit" | "openedAt">[]
): DigestNotice {
	const about = { cause: "service", culprit: "meta", openedAt: T0 } as const;
	const held = incidents.map((each, n) => ({ incident: `i${n + 1}`, ...about, ...each }));
	return { kind: "digest", why, at: T0 + 9 * HOUR, since: T0, incidents: held };
}

const lost = (cause: (typeof CAUSES)[number]) => ({ kind: "connection_lost", at: T0, since: T0, cause }) as const;
const restored = (after: number) => ({ kind: "connection_back", at: T0 + after, since: T0, cause: "dns" }) as const;
const back = (service: string, features: readonly FeatureName[], after: number) =>
	({ kind: "back", service, features, at: T0 + after, since: T0 }) as const;

const NIGHT = [
	{ features: on(["wa"], ["messaging"]) },
	{ features: on(["ig", "fb"], ["feed", "stories"]), closedAt: T0 + 182 * MINUTE },
	{ features: on(["x"], ["feed"]), closedAt: T0 + 12 * MINUTE },
	{ features: on(["medium", "canva"], ["web"]), closedAt: T0 + HOUR },
	{ features: on(["yt"], ["media"]), closedAt: T0 + 40 * MINUTE },
	{ features: on(["aws"], ["api"]), closedAt: T0 + 5 * HOUR },
	{ features: on(["dotted"], ["login"]), closedAt: T0 + 90 * SECOND },
];

/** Every kind of notice, cause, level and feature, and what is hard to say. */
export const SITUATIONS: readonly Situation[] = [
	...FEATURES.map((feature) => ({
		name: `${feature} is down`,
		notice: incident("opened", on([feature === "dns" ? "quad" : "ig"], [feature])),
	})),
	{ name: "only our own probes see it", notice: incident("opened", on(["ig"], ["feed"])), where: "here" },
	{ name: "the official page admits it", notice: incident("opened", on(["ig"], ["feed"])), where: "official" },
	{ name: "people in two regions report it", notice: incident("opened", on(["ig"], ["feed"])), where: "reported" },
	{ name: "partly down", notice: incident("opened", on(["wa"], ["messaging"], "partial_outage")) },
	{ name: "unreliable", notice: incident("opened", on(["yt"], ["media"], "degraded"), { culprit: "google" }) },
	{ name: "photos of two services", notice: incident("opened", on(["wa", "ig"], ["media"])) },
	{ name: "sites of three services", notice: incident("opened", on(["ig", "fb", "th"], ["web"])) },
	{ name: "one service behind a carrier", notice: incident("opened", on(["medium"], ["web"]), CDN) },
	{ name: "two services behind a carrier", notice: incident("opened", on(["medium", "canva"], ["web"]), CDN) },
	{ name: "a name with a full stop", notice: incident("opened", on(["dotted"], ["login"]), { culprit: "dotted" }) },
	{ name: "an owner with a full stop", notice: incident("opened", on(["x"], ["feed"]), { culprit: "x-corp" }) },
	{
		name: "worse: two kinds of trouble",
		notice: incident("worsened", [...on(["ig"], ["feed"], "degraded"), ...on(["wa"], ["messaging"])], {
			after: 25 * MINUTE,
		}),
	},
	{
		name: "worse: two features of two services",
		notice: incident("worsened", on(["ig", "fb"], ["media", "push"], "partial_outage")),
	},
	{ name: "six features of one service", notice: incident("opened", on(["ig"], FEATURES.slice(0, 6))) },
	{ name: "everything of five services", notice: incident("opened", on(META_FIVE, FEATURES)) },
	{ name: "better", notice: incident("eased", on(["ig"], ["feed"], "degraded"), { after: 2 * HOUR }) },
	{ name: "better, three services remain", notice: incident("eased", on(["ig", "fb", "th"], ["feed", "stories"])) },
	{ name: "over, one service", notice: incident("closed", on(["ig"], ["feed"])) },
	{ name: "over, two services", notice: incident("closed", on(["ig", "fb"], ["feed", "media"]), { after: MINUTE }) },
	{ name: "over, five services", notice: incident("closed", on(META_FIVE, ["feed"]), { after: HOUR }) },
	{ name: "over, six services", notice: incident("closed", on([...META_FIVE, "x"], ["feed"]), { after: 3 * DAY }) },
	{ name: "twelve long names", notice: incident("opened", on(LONG, ["web"]), CDN) },
	{ name: "over, twelve long names", notice: incident("closed", on(LONG, ["web"]), CDN) },
	{
		name: "a service of one's own with a very long name",
		notice: incident("opened", on(["own"], ["web", "api"]), { culprit: "own-owner" }),
	},
	{ name: "over, a very long name", notice: incident("closed", on(["own"], ["web"]), { culprit: "own-owner" }) },
	...CAUSES.map((cause) => ({ name: `no connection: ${cause}`, notice: lost(cause) })),
	{ name: "the connection is back after 50 seconds", notice: restored(50 * SECOND) },
	{ name: "the connection is back after a minute", notice: restored(MINUTE) },
	{ name: "the connection is back after hours", notice: restored(2 * HOUR + MINUTE) },
	{ name: "the connection is back after days", notice: restored(4 * DAY) },
	{ name: "back, one feature", notice: back("ig", ["feed"], 2 * HOUR + 5 * MINUTE) },
	{ name: "back, several features", notice: back("wa", ["messaging", "media", "calls"], HOUR + MINUTE) },
	{ name: "back, every feature of a long name", notice: back("own", FEATURES, 49 * HOUR) },
	{ name: "away, one incident that is over", notice: digest("away", ...NIGHT.slice(1, 2)) },
	{ name: "away, one incident that goes on", notice: digest("away", ...NIGHT.slice(0, 1)) },
	{ name: "quiet hours, two incidents", notice: digest("quiet_hours", ...NIGHT.slice(0, 2)) },
	{ name: "quiet hours, seven incidents", notice: digest("quiet_hours", ...NIGHT) },
	{
		name: "away, seven incidents with long names",
		notice: digest("away", ...LONG.slice(0, 7).map(() => ({ features: on(LONG, ["web"]) }))),
	},
];

import { failure } from "../../../src/core/failure.ts";
import type { Cause } from "../../../src/core/model.ts";
import type { ServiceView, Snapshot } from "../../../src/core/snapshot.ts";
import type { Reason } from "../../../src/core/verdict.ts";
import {
	BLIND,
	broken,
	fails,
	HOUR,
	incident,
	MINUTE,
	NOW,
	passes,
	SECOND,
	service,
	snapshot,
	UNCHECKED,
} from "./build.ts";
import { hostile } from "./hostile.ts";

/** What a window can be given to show; the last two are the absence of an answer. */
export type Given = Snapshot | "silent" | "refused";

const OTHERS = ["x", "telegram", "signal", "discord", "youtube"];
const WATCHED = ["whatsapp", "instagram", "facebook", "messenger", "threads", ...OTHERS];
const others = () => OTHERS.map((id) => service(id, id === "telegram" ? { calls: BLIND } : {}));
const calm = () => WATCHED.map((id) => service(id, id === "instagram" ? { login: BLIND } : {}));

const REPORTED: Reason = { kind: "reports", perHour: 4500, baseline: 50, regions: [], at: NOW - 2 * MINUTE };
const SILENT: ServiceView["sources"] = [
	{ url: "https://metastatus.com/", level: "operational", readAt: NOW - 3 * MINUTE },
];

function oneOutage(): Snapshot {
	const instagram = service(
		"instagram",
		{
			feed: broken("instagram", "major_outage", {
				culprit: "meta",
				reasons: [fails("i.instagram.com"), fails("graphql.instagram.com"), REPORTED, passes("www.instagram.com")],
			}),
			publishing: broken("instagram", "major_outage", { culprit: "meta" }),
			media: broken("instagram", "degraded", { culprit: "meta" }),
			login: BLIND,
		},
		{ sources: SILENT },
	);
	const services = calm().map((each) => (each.id === "instagram" ? instagram : each));
	return snapshot(services, { incidents: [incident("meta", [instagram])] });
}

const META = { culprit: "meta" };

function metaOutage(): Snapshot {
	const down = [
		service("whatsapp", { media: broken("whatsapp", "partial_outage", META) }),
		service("instagram", {
			feed: broken("instagram", "major_outage", META),
			publishing: broken("instagram", "major_outage", META),
			login: BLIND,
		}),
		service("facebook", {
			feed: broken("facebook", "major_outage", META),
			login: broken("facebook", "major_outage", META),
		}),
		service("messenger", {
			messaging: broken("messenger", "major_outage", {
				...META,
				reasons: [fails("edge-chat.messenger.com"), REPORTED],
			}),
		}),
		service("threads", { media: broken("threads", "degraded", META) }),
	];
	const openedAt = NOW - 71 * MINUTE;
	return snapshot([...down, ...others()], {
		incidents: [
			incident("meta", down, { openedAt, seenAt: openedAt, admitted: { at: NOW - 21 * MINUTE, page: "Meta" } }),
		],
	});
}

function upstreamOutage(): Snapshot {
	const also: Reason = {
		kind: "also_fails",
		services: ["discord", "signal"],
		provider: "cloudflare",
		at: NOW - 30 * SECOND,
	};
	const behind = (id: string) => {
		const patch = broken(id, "major_outage", {
			cause: "upstream",
			culprit: "cloudflare",
			reasons: [fails(`www.${id}.com`), also],
		});
		return service(id, (name) => (name === "web" || name === "api" ? patch : {}));
	};
	const down = ["x", "discord", "figma", "notion", "canva", "medium", "zoom", "shopify"].map(behind);
	return snapshot([...calm().slice(0, 5), ...down], {
		incidents: [incident("cloudflare", down, { cause: "upstream" })],
	});
}

function inTrouble(cause: Cause): Snapshot {
	const services = WATCHED.map((id) =>
		service(id, () => ({ level: "unknown", cause, confidence: 0, reasons: [{ kind: "no_connection", cause }] })),
	);
	return snapshot(services, {
		level: "unknown",
		connection: { state: "trouble", cause, since: NOW - 4 * MINUTE, passed: 0, failed: [] },
	});
}

function unstable(): Snapshot {
	const reasons: Reason[] = [
		{ kind: "unstable", changes: 7, withinMs: 30 * MINUTE, at: NOW - MINUTE },
		fails("discord.com"),
	];
	const discord = service("discord", { messaging: broken("discord", "partial_outage", { confidence: 0.8, reasons }) });
	return snapshot([service("discord"), service("telegram"), discord].slice(1), {
		incidents: [incident("discord", [discord], { unstable: true })],
	});
}

function unread(): Snapshot {
	const reason: Reason = {
		kind: "source_failed",
		page: "Slack",
		failure: failure("unreadable", ""),
		at: NOW - 9 * MINUTE,
	};
	const unknown = () => ({ ...UNCHECKED, reasons: [reason] });
	return snapshot([
		service("slack", unknown),
		service("discord", { api: unknown() }),
		service("telegram", () => BLIND),
		service("signal"),
	]);
}

const shop = (index: number) => service(`service-${index}`, {}, { name: `Service ${index + 1}` });
const many = (count: number) => snapshot(Array.from({ length: count }, (_, index) => shop(index)));

/** Every state a window can be in, by its name in the preview's address. */
export const STATES = {
	calm: () => snapshot(calm()),
	first: () =>
		snapshot(
			calm().map(({ id, features }) =>
				service(id, (name) => (features.some((each) => each.feature === name && each.blind) ? BLIND : UNCHECKED)),
			),
			{
				level: "unknown",
				connection: { state: "unknown", since: NOW, passed: 2, failed: [] },
				round: { done: 7, total: 24 },
			},
		),
	outage: oneOutage,
	meta: metaOutage,
	upstream: upstreamOutage,
	degraded: () => {
		const x = service("x", { feed: broken("x", "degraded", { confidence: 0.6 }) });
		return snapshot([...calm().slice(0, 5), x, ...others().slice(1)], { incidents: [incident("x", [x])] });
	},
	flapping: unstable,
	maintenance: () => snapshot([service("slack", () => ({ level: "maintenance" })), ...calm()]),
	offline: () => inTrouble("device"),
	portal: () => inTrouble("captive_portal"),
	unknown: unread,
	muted: () => {
		const until = { kind: "time", at: NOW + 51 * MINUTE } as const;
		const { services, ...rest } = oneOutage();
		return {
			...rest,
			services: services.map((each) => (each.id === "instagram" ? { ...each, muted: { until }, awaited: true } : each)),
		};
	},
	silence: () => ({
		...snapshot(calm().map((each) => ({ ...each, muted: { until: { kind: "time", at: NOW + 13 * HOUR } } }))),
		muted: { until: { kind: "time", at: NOW + 13 * HOUR } },
	}),
	quiet: () => snapshot(calm(), { hush: "quiet_hours" }),
	away: () => snapshot(calm(), { hush: "away" }),
	gaps: () => {
		const slack = service("slack", { api: UNCHECKED, calls: UNCHECKED });
		return snapshot([...calm(), slack, service("figma", () => UNCHECKED)]);
	},
	over: () => {
		const down = metaOutage().incidents.map((each) => ({
			...each,
			openedAt: NOW - 4 * HOUR,
			closedAt: NOW - HOUR,
			features: each.features.map((held) => ({ ...held, until: NOW - HOUR })),
		}));
		return snapshot(calm(), { incidents: down });
	},
	one: () => many(1),
	forty: () => many(40),
	eighty: () => many(80),
	hostile,
	empty: () => snapshot([]),
	loading: () => "silent",
	lost: () => "refused",
} satisfies Record<string, () => Given>;

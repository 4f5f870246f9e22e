import { conclude, type Diagnosis, type Round } from "../../../src/core/diagnosis.ts";
import type { Finding } from "../../../src/core/diagnosis-findings.ts";
import { LAYERS, type LayerReport, stateOf } from "../../../src/core/diagnosis-layers.ts";
import type { Examination } from "../../../src/ipc/answers.ts";
import { detour, host, line, word } from "../../helpers/findings.ts";
import { NOW, SECOND } from "./build.ts";
import { answersFor } from "./popover.ts";
import type { Scenes, WindowScene } from "./scenes.ts";
import { STATES } from "./states.ts";

const REPORT = "# Is it just me?\n\nA report to hand on.\n";

/** The layers that these findings belong to, as the main process would report them. */
function layersOf(findings: readonly Finding[], service: string | undefined): readonly LayerReport[] {
	const of = (layer: LayerReport["layer"]): readonly Finding[] => {
		const by = (test: (finding: Finding) => boolean) => findings.filter(test);
		if (layer === "service") return by(({ kind }) => kind === "host" || kind === "detour" || kind === "word");
		if (layer === "tls") return by(({ kind }) => kind === "certificate");
		if (layer === "proxy") return by((each) => each.kind === "control" && each.proxied === true);
		if (layer === "clock") return by((each) => each.kind === "control" && each.aheadMs !== undefined);
		return by(
			(each) =>
				each.kind === layer ||
				(each.kind === "control" && each.layer === layer) ||
				(layer === "families" && each.kind === "route"),
		);
	};
	return LAYERS.flatMap((layer, index): LayerReport[] => {
		if (layer === "service" && service === undefined) return [];
		const own = of(layer);
		const about = layer === "service" && service !== undefined ? { service } : {};
		return [{ layer, ...about, findings: own, state: stateOf(layer, own), tookMs: 40 + index * 37 }];
	});
}

interface Asked {
	readonly service?: string;
	readonly owner?: string;
	readonly unsettled?: Round["unsettled"];
}

export function examinationOf(
	findings: readonly Finding[],
	{ service, owner = "meta", unsettled }: Asked,
): Examination {
	const asked = service === undefined ? [] : [{ service, owner }];
	const diagnosis: Diagnosis = conclude({ findings, asked, ...(unsettled && { unsettled }) });
	return { startedAt: NOW - 3 * SECOND, at: NOW, layers: layersOf(findings, service), diagnosis, report: REPORT };
}

function over(findings: readonly Finding[], asked: Asked): () => WindowScene {
	return () => {
		const given = STATES.calm();
		const told = examinationOf(findings, asked);
		const about = asked.service === undefined ? {} : { about: `service=${asked.service}` };
		return { given, answers: { ...answersFor(given), diagnose: told }, ...about };
	};
}

const INSTAGRAM = { service: "instagram" };
const STEPS = { dns: 3.2, connect: 12, tls: 31, first_byte: 40.6 };
const well = ["i.instagram.com", "www.instagram.com", "graph.instagram.com"].map((name) =>
	host("instagram", name, "ok", { phases: STEPS, owner: "meta" }),
);
const failing = ["i.instagram.com", "www.instagram.com"].map((name) =>
	host("instagram", name, "http/503", { phases: STEPS, owner: "meta", tries: 2, feature: "feed" }),
);
const unreached = (says: "timeout" | "unreachable") => ({ portal: says, addresses: says, doh: says, names: says });

/** Without a place to break it, and with marks that turn the rest of the line around. */
const ENDLESS = `${"A".repeat(5000)}\u202E<img src=x onerror=alert(1)>`;

export const DIAGNOSIS: Scenes = {
	fine: over([...line({ routes: [4, 6], ipv6: "ok" }), ...well], INSTAGRAM),
	looking: () => {
		const given = STATES.calm();
		const layers = layersOf([...line({ addresses: "timeout" }), ...well], "instagram").filter(({ layer }) =>
			["link", "names", "doh", "addresses"].includes(layer),
		);
		return { given, answers: answersFor(given), layers, about: "service=instagram" };
	},
	service: over(
		[...line({ routes: [4, 6] }), ...failing, ...well.slice(2), { ...word("instagram", "major_outage"), page: "Meta" }],
		INSTAGRAM,
	),
	upstream: over(
		[
			...line(),
			...["www.discord.com", "gateway.discord.gg"].map((name) =>
				host("discord", name, "http/522", { upstream: "cloudflare", edge: "cloudflare", tries: 2 }),
			),
			...["www.notion.so", "www.figma.com"].map((name) =>
				host(name.includes("notion") ? "notion" : "figma", name, "http/522", {
					role: "carried",
					upstream: "cloudflare",
				}),
			),
		],
		{ service: "discord", owner: "discord" },
	),
	filtered: over(
		[
			...line(),
			host("instagram", "i.instagram.com", "dns_nxdomain", { owner: "meta" }),
			host("instagram", "www.instagram.com", "dns_nxdomain", { owner: "meta" }),
			detour("instagram", "i.instagram.com", "found", "ok"),
			detour("instagram", "www.instagram.com", "found", "ok"),
		],
		INSTAGRAM,
	),
	offline: over(line({ ...unreached("unreachable"), links: [], routes: [], gateway: "none", tls: "unreachable" }), {}),
	portal: over(line({ portal: "portal", addresses: "timeout", doh: "timeout", names: "ok" }), INSTAGRAM),
	isp: over([...line({ ...unreached("timeout"), tls: "timeout" })], INSTAGRAM),
	noted: over(
		[
			...line({
				links: ["wireless", "vpn"],
				proxied: true,
				aheadMs: 5 * 60 * SECOND,
				publicRoot: false,
				issuer: "Zscaler",
			}),
			...well,
		],
		INSTAGRAM,
	),
	connection: over(line({ routes: [4, 6], ipv6: "ok" }), {}),
	stopped: over(line(), { ...INSTAGRAM, unsettled: "stopped" }),
	failed: () => ({ given: "refused", about: "service=instagram" }),
	hostile: over(
		[
			...line({ doh: "tls_untrusted", issuer: ENDLESS, publicRoot: false }),
			host("instagram", ENDLESS, "timeout", { owner: "meta" }),
			{ ...word("instagram", "major_outage"), page: ENDLESS, title: ENDLESS },
		],
		INSTAGRAM,
	),
};

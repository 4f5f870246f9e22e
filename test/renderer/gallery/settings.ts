import type { CatalogueEntry, PageFound } from "../../../src/ipc/answers.ts";
import type { AppSettings, SettingsView } from "../../../src/ipc/settings.ts";
import { DEFAULT_APP_SETTINGS } from "../../../src/main/settings-shape.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { Answers, Scenes, WindowScene } from "./scenes.ts";
import { MORE_SETTINGS } from "./settings-more.ts";
import { STATES } from "./states.ts";

const OWN: AppSettings["own"] = [
	{
		id: "own-intranet",
		name: "Intranet",
		features: {
			web: { probes: [{ type: "http", url: "https://intranet.example/", healthy: { status: [200] } }] },
			dns: { probes: [{ type: "dns", name: "intranet.example", mayBePrivate: true }] },
		},
		sources: [],
	},
	{
		id: "own-shop",
		name: "Our shop",
		features: { api: { blind: "Only its status page tells of it." } },
		sources: [
			{
				format: "statuspage",
				url: "https://status.shop.example/api/v2/summary.json",
				components: { "c-api": "api" },
				speaksForWhole: true,
			},
		],
	},
];

const FOUND: PageFound = {
	kind: "page",
	name: "Example Shop",
	format: "statuspage",
	url: "https://status.shop.example/api/v2/summary.json",
	level: "degraded",
	parts: [
		{ key: "c-api", name: "Platform / API", level: "degraded" },
		{ key: "c-login", name: "Sign in", level: "operational" },
		{ key: "c-images", name: "Product images", level: "operational" },
		{ key: "c-till", name: "Tills", level: "operational" },
	],
	further: 0,
	incidents: [{ title: "Orders are slow to arrive", level: "degraded" }],
};

function own({ id, name, features }: AppSettings["own"][number]): CatalogueEntry {
	const names = Object.keys(features) as CatalogueEntry["features"];
	return { id, name, owner: name, kind: "service", aliases: [], features: names, regions: [], own: true };
}

/** The settings window with these services and own ones chosen. */
function scene(
	chosen: Partial<AppSettings> = {},
	more: Partial<SettingsView> = {},
	answers: Answers = {},
	section = "services",
): WindowScene {
	const settings = { ...DEFAULT_APP_SETTINGS, ...chosen };
	return {
		given: STATES.calm(),
		about: `section=${section}`,
		answers: {
			settings: { settings, locked: [], keys: [], ...more },
			catalogue: [...settings.own.map(own), ...CATALOGUE],
			lookAt: FOUND,
			tryProbe: { outcome: { kind: "ok" }, tookMs: 84 },
			...answers,
		},
	};
}

const HOSTILE = `<img src=x onerror=alert(1)> \u202Etxt.exe {{name}} ${"long ".repeat(60)}`;
const services = ["whatsapp", "instagram", "telegram"].map((id) => ({ id }));

/** The first two sections, and all of the others. */
export const SETTINGS: Scenes = {
	services: () =>
		scene({ services: [{ id: "whatsapp" }, { id: "instagram", features: ["feed", "media"] }, { id: "x" }] }),
	mine: () => scene({ services, own: OWN }),
	alone: () => scene({ services: [{ id: "signal" }] }),
	locked: () => scene({ services, own: OWN }, { locked: ["services", "own"] }),
	refusing: () => {
		const view = { settings: { ...DEFAULT_APP_SETTINGS, services }, locked: [], keys: [] };
		return scene({ services }, {}, { changeSettings: { view, problems: ["services: too many for this computer"] } });
	},
	unread: () => ({ given: STATES.lost(), about: "section=services" }),
	own: () => scene({ services, own: OWN }, {}, {}, "own"),
	ownNone: () => scene({ services }, {}, {}, "own"),
	ownFails: () =>
		scene(
			{ services },
			{},
			{
				lookAt: {
					kind: "failed",
					asked: true,
					failure: { kind: "unreadable", detail: "https://shop.example/: a page without a status" },
				},
				tryProbe: { outcome: { kind: "failed", failure: { kind: "refused", detail: "refused" } }, tookMs: 12 },
			},
			"own",
		),
	hostileServices: () => {
		const [first] = OWN;
		const named = first ? [{ ...first, name: HOSTILE }] : [];
		const built = scene({ services: [{ id: "nobody-knows-it" }, ...services], own: named }, {}, {}, "own");
		const parts = [{ key: HOSTILE, name: HOSTILE, level: "unknown" as const }];
		const incidents = [{ title: HOSTILE, level: "major_outage" as const }];
		const page: PageFound = { ...(FOUND as Extract<PageFound, { kind: "page" }>), name: HOSTILE, parts, incidents };
		return { ...built, answers: { ...built.answers, lookAt: page } };
	},
	...MORE_SETTINGS,
};

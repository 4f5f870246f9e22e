import type { FeatureName } from "../../../src/core/model.ts";
import type { CatalogueEntry } from "../../../src/ipc/answers.ts";

type Known = readonly [name: string, owner: string, category: string, features: string, more?: Partial<CatalogueEntry>];

const KNOWN: readonly Known[] = [
	["WhatsApp", "Meta", "messaging", "messaging media calls web"],
	["Instagram", "Meta", "social", "feed publishing media stories messaging login", { aliases: ["ig"] }],
	["Facebook", "Meta", "social", "feed publishing media login ads"],
	["Messenger", "Meta", "messaging", "messaging calls"],
	["Threads", "Meta", "social", "feed publishing"],
	["X", "X Corp.", "social", "feed publishing media login", { aliases: ["twitter"] }],
	["Telegram", "Telegram", "messaging", "messaging media calls web"],
	["Signal", "Signal Foundation", "messaging", "messaging calls"],
	["Discord", "Discord", "messaging", "messaging calls api web"],
	["YouTube", "Google", "video", "media search web"],
	["TikTok", "ByteDance", "video", "feed media publishing"],
	["Reddit", "Reddit", "social", "feed publishing web"],
	["Netflix", "Netflix", "video", "media login"],
	["Spotify", "Spotify", "music", "media login"],
	["Gmail", "Google", "mail", "messaging login"],
	["Outlook", "Microsoft", "mail", "messaging login"],
	["Microsoft Teams", "Microsoft", "meetings", "messaging calls"],
	["Zoom", "Zoom", "meetings", "calls web"],
	["Google Drive", "Google", "files", "media web"],
	["Dropbox", "Dropbox", "files", "media api web"],
	["ChatGPT", "OpenAI", "ai", "messaging api login"],
	["Claude", "Anthropic", "ai", "messaging api"],
	["Steam", "Valve", "games", "login web"],
	["GitHub", "Microsoft", "developer", "api web login"],
	["PayPal", "PayPal", "money", "web api"],
	["Amazon", "Amazon", "shopping", "web"],
	["Satispay", "Satispay", "money", "web api", { regions: ["it"] }],
	["IO", "PagoPA", "public", "web login", { regions: ["it"] }],
	["Poste ID", "Poste Italiane", "public", "login", { regions: ["it"] }],
	["Télé Santé", "Télé Santé", "public", "web", { regions: ["fr"] }],
	["Cloudflare", "Cloudflare", "cloud", "web dns api", { kind: "provider" }],
	["Amazon Web Services", "Amazon", "cloud", "api", { kind: "provider", aliases: ["aws"] }],
];

/** Some thirty services, the most popular first. */
export const CATALOGUE: readonly CatalogueEntry[] = KNOWN.map(([name, owner, category, features, more]) => ({
	id: name
		.normalize("NFD")
		.replaceAll(/\p{M}/gu, "")
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, "-"),
	name,
	owner,
	kind: "service",
	aliases: [],
	features: features.split(" ") as FeatureName[],
	category,
	regions: [],
	own: false,
	...more,
}));

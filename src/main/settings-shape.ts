import { z } from "zod";
import { fileOfOwn, ownService, type ServiceFile } from "../catalogue/schema.ts";
import { FEATURES } from "../core/model.ts";
import { DEFAULT_SETTINGS, type NetworkSettings, type Settings } from "../core/settings.ts";
import { networkOptions } from "../io/network-files.ts";
import { networkSettings } from "../io/network-settings.ts";
import { notificationSettings } from "../io/notification-settings.ts";
import type { AppSettings } from "../ipc/settings.ts";
import { wordsOf } from "./troubles.ts";

const MINUTE_MS = 60_000;
const MEBIBYTE = 1024 * 1024;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What each choice may be. A page, the settings file and whoever set this computer up are all held to it. */
export const CHOICES = {
	services: z
		.array(
			z.strictObject({
				id: z.string().min(1).max(40),
				features: z.array(z.enum(FEATURES)).min(1).max(FEATURES.length).exactOptional(),
			}),
		)
		.min(1)
		.max(200),
	own: z.array(ownService).max(100),
	intervalMinutes: z.number().min(5).max(60),
	notify: z.boolean(),
	notifications: notificationSettings,
	sound: z.enum(["never", "major", "all"]),
	theme: z.enum(["system", "light", "dark"]),
	windowMode: z.enum(["popover", "window"]),
	density: z.enum(["comfortable", "compact"]),
	askLess: z.enum(["never", "battery", "always"]),
	language: z.string().regex(/^(?:system|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)$/, "system, or a tag such as it"),
	startAtLogin: z.boolean(),
	shortcut: z.string().max(60),
	updates: z.boolean(),
	proxy: z.union([z.literal("system"), networkSettings.proxy.unwrap()]),
	dnsServers: networkSettings.dnsServers.unwrap(),
	certificates: networkSettings.certificates.unwrap(),
	history: z.strictObject({
		keep: z.boolean(),
		megabytes: z.number().min(1).max(4096),
		days: z.number().min(1).max(4000),
	}),
} satisfies Record<keyof AppSettings, z.ZodType>;

export const DEFAULT_APP_SETTINGS: AppSettings = {
	services: DEFAULT_SETTINGS.services,
	own: [],
	intervalMinutes: DEFAULT_SETTINGS.intervalMs / MINUTE_MS,
	notify: true,
	notifications: DEFAULT_SETTINGS.notifications,
	sound: "all",
	language: "system",
	theme: "system",
	windowMode: "popover",
	density: "comfortable",
	askLess: "battery",
	startAtLogin: false,
	shortcut: "",
	updates: true,
	proxy: "system",
	dnsServers: [],
	certificates: [],
	history: {
		keep: DEFAULT_SETTINGS.history.keep,
		megabytes: DEFAULT_SETTINGS.history.maxBytes / MEBIBYTE,
		days: DEFAULT_SETTINGS.history.maxAgeMs / DAY_MS,
	},
};

/** What is watched, and how: the app's settings in the words of the core, with the user's own services as the catalogue would have them. */
export function watchSettings(app: AppSettings): { settings: Settings; own: readonly ServiceFile[] } {
	return {
		own: CHOICES.own.parse(app.own).map(fileOfOwn),
		settings: {
			services: [...app.services, ...furtherOf(app).map(({ id }) => ({ id }))],
			intervalMs: app.intervalMinutes * MINUTE_MS,
			network: networkOf(app),
			history: {
				keep: app.history.keep,
				maxBytes: app.history.megabytes * MEBIBYTE,
				maxAgeMs: app.history.days * DAY_MS,
			},
			notifications: app.notifications,
			catalogue: DEFAULT_SETTINGS.catalogue,
		},
	};
}

/** The user's own that have no place among the services: they are watched last. */
function furtherOf({ services, own }: AppSettings): AppSettings["own"] {
	return own.filter(({ id }) => !services.some((each) => each.id === id));
}

/** What speaks against the files that the settings name. */
export function networkObjections(app: AppSettings): readonly string[] {
	try {
		networkOptions(networkOf(app));
		return [];
	} catch (error) {
		return [wordsOf(error)];
	}
}

function networkOf({ proxy, dnsServers, certificates }: AppSettings): NetworkSettings {
	return { certificates, clientCertificates: [], dnsServers, ...(proxy !== "system" && { proxy }) };
}

import type { ProbeSpec, ReportsProvider, SourceSpec } from "../core/check.ts";
import type { FeatureName, ServiceId } from "../core/model.ts";
import type { NotificationSettings, WatchedService } from "../core/settings.ts";

/** What people can choose in the app. */
export interface AppSettings {
	/** At least one. */
	readonly services: readonly WatchedService[];
	/** Services of the user's own. */
	readonly own: readonly OwnService[];
	/** 5 to 60. */
	readonly intervalMinutes: number;
	/** False: nothing is shown, and the icon goes on telling. */
	readonly notify: boolean;
	/** Rules, and hours in which nothing is shown. */
	readonly notifications: NotificationSettings;
	/** `system`, or a tag such as `it`. */
	readonly language: string;
	readonly startAtLogin: boolean;
	/** Opens the popover from anywhere, as Electron writes accelerators (`Control+Alt+S`); empty for none. */
	readonly shortcut: string;
	/** Looks for new versions of the app, where it may update itself; from the next start on. */
	readonly updates: boolean;
	readonly proxy: ProxyChoice;
	/** DNS servers to ask instead of the system's, as `address` or `address:port`. */
	readonly dnsServers: readonly string[];
	/** Files of further root certificates, PEM, as absolute paths. */
	readonly certificates: readonly string[];
	readonly history: HistoryChoice;
}

/** `http://`, `https://` or `socks5://`; hosts of `bypass` are reached directly. A page never sees the login that the address may hold. */
export type ProxyChoice = "system" | "direct" | { readonly url: string; readonly bypass: readonly string[] };

interface HistoryChoice {
	readonly keep: boolean;
	readonly megabytes: number;
	readonly days: number;
}

/** An intranet, a shop, a server at home. */
interface OwnService {
	readonly id: ServiceId;
	readonly name: string;
	readonly features: Readonly<
		Partial<Record<FeatureName, { readonly probes: readonly ProbeSpec[] } | { readonly blind: string }>>
	>;
	readonly sources: readonly SourceSpec[];
}

/** What is to change; what is absent stays. */
export type SettingsPatch = { readonly [K in keyof AppSettings]?: AppSettings[K] };

/** The settings in force. */
export interface SettingsView {
	readonly settings: AppSettings;
	/** Chosen by whoever set this computer up: shown, and not to be changed. */
	readonly locked: readonly (keyof AppSettings)[];
	/** Whose key is kept; the keys themselves are never shown. */
	readonly keys: readonly ReportsProvider[];
}

/** Why nothing was changed, a sentence for each reason; none where all of it was. */
export interface ChangeResult {
	readonly view: SettingsView;
	readonly problems: readonly string[];
}

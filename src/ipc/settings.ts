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
	/** Which trouble makes a sound: none, only what is wholly down, or all. Good news never does. */
	readonly sound: "never" | "major" | "all";
	/** `system`, or a tag such as `it`. */
	readonly language: string;
	readonly theme: "system" | "light" | "dark";
	/** What shows first: a popover under the icon, or a small window like any other. Without a place for icons it is always a window. */
	readonly windowMode: "popover" | "window";
	/** How close together the popover's rows are. */
	readonly density: "comfortable" | "compact";
	/** When all is asked half as often: never, on battery and over a line that the system calls metered, or always. */
	readonly askLess: "never" | "battery" | "always";
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
	/** The proxy's address holds a login, which is not shown. */
	readonly proxyLogin?: true;
	/** Absent where nobody but the user sets anything. */
	readonly managed?: Management;
}

/** What whoever set this computer up has a hand in. */
interface Management {
	/** Where it comes from, as people find it: a file, a place in the registry. */
	readonly source: string;
	/** Chosen for the user as long as they choose nothing else. */
	readonly suggested: readonly (keyof AppSettings)[];
}

/** A settings file that people picked, tried and not yet in force. */
export type SettingsFile =
	| { readonly kind: "none" }
	/** A sentence for each reason why it cannot be used. */
	| { readonly kind: "unusable"; readonly problems: readonly string[] }
	/** What it would change, and what of it is locked and stays. */
	| { readonly kind: "usable"; readonly patch: SettingsPatch; readonly locked: readonly (keyof AppSettings)[] };

/** A file of certificates that people picked. */
export type CertificateFile =
	| { readonly kind: "none" }
	| { readonly kind: "unusable"; readonly why: string }
	| { readonly kind: "usable"; readonly file: string };

/** Why nothing was changed, a sentence for each reason; none where all of it was. */
export interface ChangeResult {
	readonly view: SettingsView;
	readonly problems: readonly string[];
}

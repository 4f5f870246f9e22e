import { FEATURES, type FeatureName, type ServiceId } from "./model.ts";
import type { NotificationRule } from "./notice-rules.ts";
import type { QuietHours } from "./quiet-hours.ts";

/** What the user, or whoever set this computer up, has chosen. */
export interface Settings {
	readonly services: readonly WatchedService[];
	/** The quiet pace of one host, ms: at least five minutes, for the hosts' sake. */
	readonly intervalMs: number;
	readonly network: NetworkSettings;
	readonly history: HistorySettings;
	readonly notifications: NotificationSettings;
	readonly catalogue: CatalogueSettings;
}

export interface WatchedService {
	readonly id: ServiceId;
	/** All of its features where absent. */
	readonly features?: readonly FeatureName[];
}

export interface NetworkSettings {
	/** `direct`: none. Absent: the system's, wherever that can be asked. The URL may hold a login: it is not to be shown. */
	readonly proxy?: { readonly url: string; readonly bypass: readonly string[] } | "direct";
	/** Files of further root certificates to believe, PEM, as absolute paths. */
	readonly certificates: readonly string[];
	readonly clientCertificates: readonly ClientCertificate[];
	/** DNS servers to ask instead of the system's, as `address` or `address:port`. */
	readonly dnsServers: readonly string[];
}

/** Who we are to hosts that want to see a certificate. */
export interface ClientCertificate {
	/** Names, which stand for all names under them, addresses and networks. */
	readonly hosts: readonly string[];
	/** PKCS#12, or PEM, as an absolute path. */
	readonly file: string;
	/** The file of the private key, where it is not in `file`. */
	readonly key?: string;
	/** Not to be shown. */
	readonly passphrase?: string;
}

export interface CatalogueSettings {
	/** Where updates of the catalogue are kept: an https address, a file or a share. */
	readonly updates?: string;
	/** Public keys, each in one line, of those whose updates are believed. */
	readonly keys: readonly string[];
}

interface HistorySettings {
	/** The usual place of the system where absent. */
	readonly folder?: string;
	readonly keep: boolean;
	readonly maxBytes: number;
	readonly maxAgeMs: number;
}

export interface NotificationSettings {
	/** The last that matches decides; `wants` says what people hear of where none does. */
	readonly rules: readonly NotificationRule[];
	readonly quietHours?: QuietHours;
}

const DAY_MS = 24 * 3_600_000;

/** What people watch who have chosen nothing. */
const POPULAR: readonly ServiceId[] = [
	"whatsapp",
	"instagram",
	"facebook",
	"messenger",
	"threads",
	"x",
	"telegram",
	"signal",
	"discord",
	"youtube",
	"tiktok",
	"reddit",
];

export const DEFAULT_NOTIFICATIONS: NotificationSettings = { rules: [] };

export const DEFAULT_SETTINGS: Settings = {
	services: POPULAR.map((id) => ({ id })),
	intervalMs: 5 * 60_000,
	network: { certificates: [], clientCertificates: [], dnsServers: [] },
	history: { keep: true, maxBytes: 64 * 1024 * 1024, maxAgeMs: 400 * DAY_MS },
	notifications: DEFAULT_NOTIFICATIONS,
	catalogue: { keys: [] },
};

/** The chosen features of a service, in the vocabulary's order; all where none is chosen. */
export function chosenFeatures(watched: WatchedService): ReadonlySet<FeatureName> {
	return new Set(watched.features ?? FEATURES);
}

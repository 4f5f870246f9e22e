import { FEATURES, type FeatureName, type ServiceId } from "./model.ts";

/** What the user, or whoever set this computer up, has chosen. */
export interface Settings {
	readonly services: readonly WatchedService[];
	/** The quiet pace of one host, ms: at least five minutes, for the hosts' sake. */
	readonly intervalMs: number;
	readonly network: NetworkSettings;
	readonly history: HistorySettings;
}

export interface WatchedService {
	readonly id: ServiceId;
	/** All of its features where absent. */
	readonly features?: readonly FeatureName[];
}

export interface NetworkSettings {
	readonly proxy?: { readonly url: string; readonly bypass: readonly string[] };
	/** Files of further root certificates to believe, PEM, as absolute paths. */
	readonly certificates: readonly string[];
	/** DNS servers to ask instead of the system's, as `address` or `address:port`. */
	readonly dnsServers: readonly string[];
}

interface HistorySettings {
	/** The usual place of the system where absent. */
	readonly folder?: string;
	readonly keep: boolean;
	readonly maxBytes: number;
	readonly maxAgeMs: number;
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

export const DEFAULT_SETTINGS: Settings = {
	services: POPULAR.map((id) => ({ id })),
	intervalMs: 5 * 60_000,
	network: { certificates: [], dnsServers: [] },
	history: { keep: true, maxBytes: 64 * 1024 * 1024, maxAgeMs: 400 * DAY_MS },
};

/** The chosen features of a service, in the vocabulary's order; all where none is chosen. */
export function chosenFeatures(watched: WatchedService): ReadonlySet<FeatureName> {
	return new Set(watched.features ?? FEATURES);
}

/** What people do with a service; the only feature names there are. */
export const FEATURES = [
	"messaging",
	"media",
	"feed",
	"publishing",
	"stories",
	"calls",
	"login",
	"ads",
	"search",
	"push",
	"web",
	"api",
	"dns",
] as const;
export type FeatureName = (typeof FEATURES)[number];

export const CAUSES = [
	"device",
	"network",
	"captive_portal",
	"dns",
	"proxy",
	"isp",
	"service",
	"upstream",
	"unknown",
] as const;
export type Cause = (typeof CAUSES)[number];

/** Milliseconds since 1970, UTC. */
export type Time = number;

/** Lower-case letters, digits and hyphens; unique in the catalogue, also the file's name. */
export type ServiceId = string;
/** Unique over all checks; built from the catalogue, stable between runs so that history can refer to it. */
export type CheckId = string;

/** Who runs a service: services of one owner that fail together are one incident. */
interface Owner {
	readonly id: string;
	readonly name: string;
}

export interface Service {
	readonly id: ServiceId;
	readonly name: string;
	/** A provider carries other services: a CDN, a cloud, an ISP. */
	readonly kind: "service" | "provider";
	readonly owner: Owner;
	/** Ids of the providers that this service, or any of its features, is known to sit behind. */
	readonly upstreams: readonly ServiceId[];
	/** Ids of the clouds it is known to run in, whatever edge stands before them; absent where none is known. */
	readonly runsOn?: readonly ServiceId[];
	readonly features: readonly Feature[];
	/** The human status page, where there is one. */
	readonly page?: string;
}

export interface Feature {
	readonly name: FeatureName;
	/** Why no probe can see this feature; present exactly when it has no probe. */
	readonly blind?: string;
}

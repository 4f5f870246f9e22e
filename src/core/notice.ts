import type { IncidentFeature } from "./incidents.ts";
import type { Cause, FeatureName, ServiceId, Time } from "./model.ts";

/** Something worth telling people, once. */
export type Notice = IncidentNotice | ConnectionNotice | BackNotice | DigestNotice;

export interface IncidentNotice {
	readonly kind: "opened" | "worsened" | "eased" | "closed";
	readonly at: Time;
	/** The same from opening to closing. */
	readonly incident: string;
	readonly cause: Cause;
	readonly culprit: string;
	readonly openedAt: Time;
	/** When it was over, which may be some time before people are told; only with kind `closed`. */
	readonly closedAt?: Time;
	/** It comes and goes; absent where it does not. */
	readonly unstable?: true;
	/** Every feature the incident holds now; when it closes, those it held. */
	readonly features: readonly IncidentFeature[];
}

export interface ConnectionNotice {
	readonly kind: "connection_lost" | "connection_back";
	readonly at: Time;
	readonly cause: Cause;
	readonly since: Time;
	/** When it was back, which may be some time before people are told; only with kind `connection_back`. */
	readonly until?: Time;
}

/** Someone asked to be told when a service is well again, and it is. */
export interface BackNotice {
	readonly kind: "back";
	readonly at: Time;
	readonly service: ServiceId;
	/** What was in trouble when they asked, or came to be since. */
	readonly features: readonly FeatureName[];
	/** When its trouble began. */
	readonly since: Time;
}

/** What happened while nobody wanted to hear, or nobody was there. */
export interface DigestNotice {
	readonly kind: "digest";
	readonly at: Time;
	readonly why: "quiet_hours" | "away";
	readonly since: Time;
	/** What goes on first, then what is over; the newest first. */
	readonly incidents: readonly DigestIncident[];
}

export interface DigestIncident {
	readonly incident: string;
	readonly cause: Cause;
	readonly culprit: string;
	readonly openedAt: Time;
	/** Absent where it goes on. */
	readonly closedAt?: Time;
	readonly features: readonly IncidentFeature[];
}

import { type IncidentChange, type IncidentFeature, openFeatures } from "./incidents.ts";
import type { Cause, Time } from "./model.ts";
import type { Connection } from "./state.ts";

/** Something worth telling people, once. */
export type Notice = IncidentNotice | ConnectionNotice;

export interface IncidentNotice {
	readonly kind: "opened" | "worsened" | "eased" | "closed";
	readonly at: Time;
	/** The same from opening to closing. */
	readonly incident: string;
	readonly cause: Cause;
	readonly culprit: string;
	readonly openedAt: Time;
	/** Every feature the incident holds now; when it closes, those it held. */
	readonly features: readonly IncidentFeature[];
}

export interface ConnectionNotice {
	readonly kind: "connection_lost" | "connection_back";
	readonly at: Time;
	readonly cause: Cause;
	readonly since: Time;
}

/** A connection lost for less than this is nobody's business. */
export const CONNECTION_GRACE_MS = 45_000;

export function incidentNotices(changes: readonly IncidentChange[]): IncidentNotice[] {
	return changes.map(({ kind, incident, at }) => ({
		kind,
		at,
		incident: incident.id,
		cause: incident.cause,
		culprit: incident.culprit,
		openedAt: incident.openedAt,
		features: kind === "closed" ? incident.features : openFeatures(incident),
	}));
}

/** Says that the connection is lost once it has been for a while, and that it is back only where people were told. */
export function connectionNotice(connection: Connection, now: Time): ConnectionNotice | undefined {
	const { state, since, announced, cause = "unknown" } = connection;
	if (state === "trouble" && !announced && now - since >= CONNECTION_GRACE_MS) {
		return { kind: "connection_lost", at: now, cause, since };
	}
	return state === "online" && announced ? { kind: "connection_back", at: now, ...announced } : undefined;
}

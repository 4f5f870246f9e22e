import type { Cause, Time } from "./model.ts";
import type { ConnectionNotice } from "./notice.ts";
import type { Connection } from "./state.ts";

/** The trouble of the connection that people have been told of. */
export interface LostConnection {
	readonly cause: Cause;
	readonly since: Time;
}

/** A connection lost for less than this is nobody's business. */
export const CONNECTION_GRACE_MS = 45_000;

/** Says that the connection is lost once it has been for a while, and that it is back only where people were told. */
export function connectionNotice(
	connection: Connection,
	told: LostConnection | undefined,
	now: Time,
): ConnectionNotice | undefined {
	const { state, since, cause = "unknown" } = connection;
	if (state === "trouble" && !told && now - since >= CONNECTION_GRACE_MS) {
		return { kind: "connection_lost", at: now, cause, since };
	}
	return state === "online" && told ? { kind: "connection_back", at: now, ...told, until: since } : undefined;
}

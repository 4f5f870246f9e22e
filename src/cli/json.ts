import type { Snapshot } from "../core/snapshot.ts";
import { headline } from "../words/headline.ts";
import type { Words } from "../words/words.ts";
import { exitCode } from "./exit-code.ts";

/** Keys that hold moments; they are printed as RFC 3339 in UTC. */
const MOMENTS = new Set(["at", "since", "until", "openedAt", "closedAt", "readAt"]);

/** Any plain data as JSON text, moments in RFC 3339. */
export function toJson(value: unknown): string {
	return JSON.stringify(
		value,
		(key, inner) => (MOMENTS.has(key) && typeof inner === "number" ? new Date(inner).toISOString() : inner),
		2,
	);
}

/** What `check --json` prints: the snapshot, its headline and the exit code. */
export function snapshotJson(snapshot: Snapshot, words: Words): string {
	return toJson({ headline: headline(snapshot, words), exitCode: exitCode(snapshot), ...snapshot });
}

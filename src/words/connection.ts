import type { FailedControl } from "../core/connectivity.ts";
import type { ConnectionView } from "../core/snapshot.ts";
import { list, sentences, unique } from "./lists.ts";
import { localTrouble } from "./trouble.ts";
import type { Words } from "./words.ts";

/** What the controls found, in one sentence that names those that failed. */
export function connectionSentence(connection: ConnectionView, words: Words): string {
	const { state, cause, failed, passed } = connection;
	if (state === "unknown") return words.t("connection.unchecked");
	if (state === "online") return words.t("connection.fine", { passed, all: passed + failed.length });
	return `${sentences(localTrouble(cause, words))} ${failedControls(failed, words)}`;
}

/** "These controls failed: Google (web, DNS over HTTPS) and Apple (web)." */
export function failedControls(failed: readonly FailedControl[], words: Words): string {
	const byVendor = Map.groupBy(failed, ({ vendor }) => vendor);
	const controls = [...byVendor].map(([vendor, own]) => {
		const kinds = unique(own.map(({ control }) => words.t(`control.${control}`)));
		return `${vendor.charAt(0).toUpperCase()}${vendor.slice(1)} (${kinds.join(", ")})`;
	});
	return words.t("connection.failed", { controls: list(controls, words), count: failed.length });
}

import { plainLine } from "../core/failure.ts";
import type { DecidedNotice } from "../core/history.ts";
import type { Time } from "../core/model.ts";
import type { Clock, History, Show } from "./ports.ts";

interface DeliveryPorts {
	readonly clock: Clock;
	readonly history?: History;
	readonly show?: Show;
}

/** A notice that a crash kept from being shown is news for this long. */
const NEWS_FOR_MS = 10 * 60_000;
const FAILURE_LIMIT = 200;

/** Shows notices, one after another, and writes down what came of each. Never throws. */
export function deliver(notices: readonly DecidedNotice[], ports: DeliveryPorts): void {
	for (const { number, notice } of notices) {
		const written = (failure?: string) =>
			ports.history?.saveShowing({ number, at: ports.clock.now(), ...(failure !== undefined && { failure }) });
		try {
			const shown = ports.show?.(notice);
			if (shown)
				shown.then(
					() => written(),
					(error: unknown) => written(wordsOf(error)),
				);
			else written();
		} catch (error) {
			written(wordsOf(error));
		}
	}
}

/** Whether a notice that an earlier run had decided and not shown is news still. */
export function isNews({ notice }: DecidedNotice, now: Time): boolean {
	return now - notice.at <= NEWS_FOR_MS;
}

/** Shows what an earlier run had decided and not shown, unless it is no news any more. */
export function deliverLate(notices: readonly DecidedNotice[], ports: DeliveryPorts): void {
	const at = ports.clock.now();
	const { fresh = [], stale = [] } = Object.groupBy(notices, (each) => (isNews(each, at) ? "fresh" : "stale"));
	deliver(fresh, ports);
	for (const { number } of stale) {
		ports.history?.saveShowing({ number, at, failure: "no news any more when it could be shown" });
	}
}

function wordsOf(error: unknown): string {
	return plainLine(error instanceof Error ? error.message : String(error), FAILURE_LIMIT);
}

import { weightOfFailure } from "./confidence.ts";
import type { ProbeEvidence } from "./evidence.ts";
import type { Failure } from "./failure.ts";
import { type FreshMs, isFresh, PROBE_FRESH_MS } from "./freshness.ts";
import type { ServiceId, Time } from "./model.ts";

/** How one host of a feature has been answering lately: the witness that `fuse` hears. */
export interface Witness {
	readonly host: string;
	readonly says: "passes" | "fails" | "blocked" | "skipped";
	/** Runs in a row, newest first, that said the same. */
	readonly inRow: number;
	/** How heavily its runs speak for its being down: see `weightOfFailure`. */
	readonly weight: number;
	/** When the newest run ended. */
	readonly at: Time;
	/** When the newest run began: controls vouch for it if they passed at or after this moment. */
	readonly startedAt: Time;
	/** When the newest failed run ended, of those remembered. */
	readonly lastFailureAt?: Time;
	/** Of the newest run, where it failed or was refused. */
	readonly failure?: Failure;
	/** Why the newest run was skipped. */
	readonly why?: string;
	/** The provider the host sits behind: by the answer's own signature, else by the catalogue. */
	readonly upstream?: ServiceId;
	/** Total duration of the newest run, ms. */
	readonly tookMs: number;
}

/**
 * One witness per host, from runs in any order. Stale runs and runs that began before `trustedSince` (when this computer
 * itself was in doubt) do not count. A host with several checks fails only when all of them fail, and weighs as the one that
 * fails least.
 */
export function witnesses(
	runs: readonly ProbeEvidence[],
	trustedSince: Time,
	now: Time,
	freshMs: FreshMs = () => PROBE_FRESH_MS,
): Witness[] {
	const byHost = new Map<string, Map<string, ProbeEvidence[]>>();
	for (const run of runs) {
		if (run.startedAt < trustedSince || !isFresh(run.at, now, freshMs(run.checkId))) continue;
		const checks = getOrMake(byHost, run.host, () => new Map<string, ProbeEvidence[]>());
		getOrMake(checks, run.checkId, () => []).push(run);
	}
	return [...byHost.values()]
		.map((checks) =>
			[...checks]
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([, own]) => witnessOf(own))
				.reduce(kinder),
		)
		.sort((a, b) => (a.host < b.host ? -1 : 1));
}

function witnessOf(runs: readonly ProbeEvidence[]): Witness {
	const newestFirst = [...runs].sort(
		(a, b) => b.at - a.at || b.startedAt - a.startedAt || (a.outcome.kind < b.outcome.kind ? -1 : 1),
	);
	const newest = newestFirst[0] as ProbeEvidence;
	const different = newestFirst.findIndex((run) => run.outcome.kind !== newest.outcome.kind);
	const lastFailure = newestFirst.find((run) => run.outcome.kind === "failed");
	return {
		host: newest.host,
		says: SAYS[newest.outcome.kind],
		inRow: different === -1 ? newestFirst.length : different,
		weight: lastFailure ? weightOfFailure(newestFirst.toReversed().flatMap(saysOfItself)) : 0,
		at: newest.at,
		startedAt: newest.startedAt,
		tookMs: newest.at - newest.startedAt,
		...(lastFailure && { lastFailureAt: lastFailure.at }),
		...("failure" in newest.outcome && { failure: newest.outcome.failure }),
		...("why" in newest.outcome && { why: newest.outcome.why }),
		...((newest.edge ?? newest.upstream) && { upstream: newest.edge ?? newest.upstream }),
	};
}

/** Refusals and skipped runs speak neither way. */
function saysOfItself({ outcome: { kind } }: ProbeEvidence): boolean[] {
	return kind === "ok" || kind === "failed" ? [kind === "failed"] : [];
}

const SAYS = { ok: "passes", failed: "fails", blocked: "blocked", skipped: "skipped" } as const;
const KINDNESS = { passes: 3, blocked: 2, skipped: 1, fails: 0 } as const;

/** Of two checks of one host the kinder is believed: a host that answers on one port is there. */
function kinder(a: Witness, b: Witness): Witness {
	const order = KINDNESS[a.says] - KINDNESS[b.says];
	const kept = order > 0 || (order === 0 && a.inRow <= b.inRow) ? a : b;
	const weight = Math.min(a.weight, b.weight);
	const lastFailureAt = Math.max(a.lastFailureAt ?? 0, b.lastFailureAt ?? 0);
	return { ...kept, weight, ...(a.says === b.says && lastFailureAt > 0 && { lastFailureAt }) };
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	let value = map.get(key);
	if (value === undefined) {
		value = make();
		map.set(key, value);
	}
	return value;
}

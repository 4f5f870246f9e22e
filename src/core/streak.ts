import { weightOfFailure, weightOfRecovery } from "./confidence.ts";
import type { Evidence, ProbeEvidence } from "./evidence.ts";
import { type Failure, isOfProxy } from "./failure.ts";
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
	/** Of its runs while it was failing, the share that failed, 0 to 1: 1 is down, less is on and off. 0 where none failed. */
	readonly share: number;
	/** How heavily its passes since the last failure speak for its being well again: see `weightOfRecovery`. Endless where none failed. */
	readonly recovery: number;
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
	/** What its runs usually take, ms: present where they have been much slower again and again. */
	readonly usualMs?: number;
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
		getOrMake(checks, run.checkId, () => []).push(aboutTarget(run));
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

/** What keeps a run from its target is no failure of the target: the run might as well not have been tried. */
function aboutTarget(run: ProbeEvidence): ProbeEvidence {
	if (run.outcome.kind !== "failed" || !isOfProxy(run.outcome.failure)) return run;
	return { ...run, outcome: { kind: "skipped", why: run.outcome.failure.detail } };
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
		...(lastFailure ? weighed(newestFirst.flatMap(saysOfItself)) : UNTROUBLED),
		at: newest.at,
		startedAt: newest.startedAt,
		tookMs: newest.at - newest.startedAt,
		...(lastFailure && { lastFailureAt: lastFailure.at }),
		...("failure" in newest.outcome && { failure: newest.outcome.failure }),
		...("why" in newest.outcome && { why: newest.outcome.why }),
		...((newest.edge ?? newest.upstream) && { upstream: newest.edge ?? newest.upstream }),
	};
}

const UNTROUBLED = { weight: 0, share: 0, recovery: Number.POSITIVE_INFINITY };
/** So many passes in a row end an episode: what failed before belongs to another. */
const PASSES_BETWEEN_EPISODES = 3;

/** What the runs, newest first and true where they failed, say for and against the host. */
function weighed(failed: readonly boolean[]): Pick<Witness, "weight" | "share" | "recovery"> {
	const passes = failed.indexOf(true);
	const episode = failed.slice(passes, endOfEpisode(failed, passes));
	const failures = episode.filter(Boolean).length;
	return {
		weight: weightOfFailure(failed.toReversed()),
		share: failures / episode.length,
		recovery: weightOfRecovery(passes, failures, episode.length),
	};
}

/** The place after the oldest failure of the newest episode. */
function endOfEpisode(failed: readonly boolean[], newest: number): number {
	let oldest = newest;
	for (let at = newest; at < failed.length && at - oldest <= PASSES_BETWEEN_EPISODES; at++) if (failed[at]) oldest = at;
	return oldest + 1;
}

/** Refusals and skipped runs speak neither way, nor do proxies that cannot be used. */
export function saysOfItself({ outcome }: Evidence): boolean[] {
	if (outcome.kind === "ok") return [false];
	return outcome.kind === "failed" && !isOfProxy(outcome.failure) ? [true] : [];
}

const SAYS = { ok: "passes", failed: "fails", blocked: "blocked", skipped: "skipped" } as const;
const KINDNESS = { passes: 3, blocked: 2, skipped: 1, fails: 0 } as const;

/** Of two checks of one host the kinder is believed: a host that answers on one port is there. */
function kinder(a: Witness, b: Witness): Witness {
	const order = KINDNESS[a.says] - KINDNESS[b.says];
	const kept = order > 0 || (order === 0 && a.inRow <= b.inRow) ? a : b;
	const least = { weight: Math.min(a.weight, b.weight), share: Math.min(a.share, b.share) };
	if (a.says !== b.says) return { ...kept, ...least };
	const lastFailureAt = Math.max(a.lastFailureAt ?? 0, b.lastFailureAt ?? 0);
	const recovery = Math.min(a.recovery, b.recovery);
	return { ...kept, ...least, recovery, ...(lastFailureAt > 0 && { lastFailureAt }) };
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	let value = map.get(key);
	if (value === undefined) {
		value = make();
		map.set(key, value);
	}
	return value;
}

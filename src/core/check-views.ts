import type { ProbeCheck, ProbeSpec, SourceCheck } from "./check.ts";
import type { Phases, ProbeEvidence } from "./evidence.ts";
import type { Failure } from "./failure.ts";
import type { Level } from "./level.ts";
import type { CheckId, FeatureName, ServiceId, Time } from "./model.ts";
import type { State } from "./state.ts";

/** What a service is judged by: who runs it, and each of its checks with its last answer. Plain data. */
export interface CheckViews {
	readonly owner: string;
	/** Names of the providers that it is known to sit behind. */
	readonly behind: readonly string[];
	readonly sources: readonly SourceCheckView[];
	readonly probes: readonly ProbeCheckView[];
}

/** An official page, and what it last said. */
export interface SourceCheckView {
	readonly id: CheckId;
	readonly url: string;
	/** As it answers, or as the catalogue expects where it has not. */
	readonly format: string;
	/** Its own name, once it has been read. */
	readonly page?: string;
	readonly readAt?: Time;
	/** What it says of the service as a whole. */
	readonly level: Level;
	readonly title?: string;
	/** When it was last asked, and why in vain; absent where it could be read. */
	readonly failed?: { readonly at: Time; readonly failure: Failure };
	/** When it is to be asked next. */
	readonly nextAt: Time;
}

/** A probe, and what it last saw. */
export interface ProbeCheckView {
	readonly id: CheckId;
	readonly feature: FeatureName;
	readonly host: string;
	readonly type: ProbeSpec["type"];
	/** Absent until it has been run. */
	readonly last?: LastRun;
	readonly nextAt: Time;
}

export interface LastRun {
	readonly at: Time;
	readonly outcome: ProbeEvidence["outcome"]["kind"];
	/** Of a run that failed or was refused. */
	readonly failure?: Failure;
	readonly tookMs: number;
	readonly phases: Phases;
	/** So many of the newest runs ended like this one; more than a handful are not remembered. */
	readonly inRow: number;
}

/** The checks of one service, sources first, in the catalogue's order; `undefined` where it is not watched. Pure. */
export function checkViews(state: State, id: ServiceId): CheckViews | undefined {
	const service = state.services.get(id);
	if (!service) return undefined;
	const checks = [...state.checks.values()];
	return {
		owner: service.owner.name,
		behind: service.upstreams.map((provider) => state.names[provider] ?? provider),
		sources: checks.flatMap((check) =>
			check.kind === "source" && check.service === id ? [sourceView(state, check)] : [],
		),
		probes: checks.flatMap((check) =>
			check.kind === "probe" && check.service === id ? [probeView(state, check)] : [],
		),
	};
}

function sourceView(state: State, { id, source: { url, format } }: SourceCheck): SourceCheckView {
	const run = state.runs.get(id);
	const newest = run?.recent[0]?.kind === "source" ? run.recent[0] : undefined;
	const outcome = newest?.outcome;
	const words = run?.words;
	return {
		id,
		url,
		format: outcome?.kind === "read" ? outcome.page.format : format,
		level: words?.whole.level ?? "unknown",
		...(words && { page: words.page, readAt: words.at }),
		...(words?.whole.title !== undefined && { title: words.whole.title }),
		...(newest && outcome?.kind === "failed" && { failed: { at: newest.at, failure: outcome.failure } }),
		nextAt: run?.dueAt ?? state.now,
	};
}

function probeView(state: State, { id, feature, host, probe }: ProbeCheck): ProbeCheckView {
	const run = state.runs.get(id);
	const recent = (run?.recent ?? []).flatMap((each) => (each.kind === "probe" ? [each] : []));
	const last = lastRun(recent);
	return { id, feature, host, type: probe.type, ...(last && { last }), nextAt: run?.dueAt ?? state.now };
}

function lastRun(recent: readonly ProbeEvidence[]): LastRun | undefined {
	const [newest] = recent;
	if (!newest) return undefined;
	const { at, startedAt, outcome, phases } = newest;
	const other = recent.findIndex((each) => each.outcome.kind !== outcome.kind);
	return {
		at,
		outcome: outcome.kind,
		...("failure" in outcome && { failure: outcome.failure }),
		tookMs: at - startedAt,
		phases,
		inRow: other === -1 ? recent.length : other,
	};
}

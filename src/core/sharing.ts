import type { Check, SourceCheck } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { CheckId } from "./model.ts";

/** Checks by id that read the same page as others do: of each, those others. */
export type Sharers = ReadonlyMap<CheckId, readonly SourceCheck[]>;

export function sharersIn(checks: readonly Check[]): Sharers {
	const sources = checks.filter((check) => check.kind === "source");
	const shared = [...Map.groupBy(sources, ({ source }) => source.url).values()].filter(({ length }) => length > 1);
	return new Map(shared.flatMap((all) => all.map((check) => [check.id, all.filter((other) => other !== check)])));
}

/** A run's evidence, and what it is to the other checks of the same page, which need not ask for it. */
export function forAllSharers(sharers: Sharers, evidence: Evidence): readonly Evidence[] {
	if (evidence.kind !== "source") return [evidence];
	const others = sharers.get(evidence.checkId) ?? [];
	return [evidence, ...others.map(({ id, service }) => ({ ...evidence, checkId: id, service }))];
}

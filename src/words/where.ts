import { isProblem } from "../core/level.ts";
import type { FeatureName, ServiceId } from "../core/model.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Reason } from "../core/verdict.ts";
import { list, unique } from "./lists.ts";
import type { Words } from "./words.ts";

/** Who else sees the trouble of these features, as far as anybody knows: nobody's own view is taken for the world's. */
export function whereSeen(
	features: readonly { readonly service: ServiceId; readonly feature: FeatureName }[],
	{ services }: Snapshot,
	words: Words,
): string {
	const asked = new Set(features.map(({ service, feature }) => `${service}/${feature}`));
	const views = services.flatMap(({ id, features: own }) => own.filter(({ feature }) => asked.has(`${id}/${feature}`)));
	return witnesses(
		views.flatMap(({ reasons }) => reasons),
		words,
	);
}

function witnesses(reasons: readonly Reason[], words: Words): string {
	const reports = reasons.flatMap((reason) =>
		reason.kind === "reports" && reason.perHour > reason.baseline ? [reason] : [],
	);
	const regions = unique(reports.flatMap((reason) => reason.regions));
	if (regions.length > 0) return words.t("where.reportedIn", { regions: list(regions, words) });
	if (reasons.some((reason) => reason.kind === "official" && isProblem(reason.level))) return words.t("where.official");
	return words.t(reports.length > 0 ? "where.reported" : "where.here");
}

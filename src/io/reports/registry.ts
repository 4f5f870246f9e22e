import type { ReportsCheck, ReportsProvider } from "../../core/check.ts";
import type { Service } from "../../core/model.ts";
import type { Reports, Subject } from "./provider.ts";
import { downdetector } from "./providers/downdetector.ts";
import { ioda } from "./providers/ioda.ts";
import { isdown } from "./providers/isdown.ts";
import { radar } from "./providers/radar.ts";
import { statusgator } from "./providers/statusgator.ts";

/** Everybody who can be asked what other people report. */
export const REPORTS = { downdetector, statusgator, isdown, radar, ioda } satisfies Readonly<
	Record<ReportsProvider, Reports>
>;

/** The user's keys: of whom there is none, nobody asks. */
export type Secrets = (provider: ReportsProvider) => string | undefined;

export function subjectOf({ id, name, owner }: Service): Subject {
	return { id, name, owner: owner.id };
}

/** One check for each of these services and each provider that there is a key for, and that can say anything about it. */
export function reportsChecks(services: readonly Service[], secrets: Secrets): ReportsCheck[] {
	return Object.values<Reports>(REPORTS).flatMap(({ provider, host, covers }) =>
		secrets(provider) === undefined
			? []
			: services
					.filter((service) => covers(subjectOf(service)))
					.map(
						({ id }): ReportsCheck => ({
							kind: "reports",
							id: `${id}/reports/${provider}`,
							host,
							service: id,
							provider,
						}),
					),
	);
}

import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { componentOf, summedPageOf } from "../parts.ts";
import { list, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const instance = z.object({ key: z.string().min(1), location: z.string(), status: z.string() });

const shape = z.union([instance.transform((one) => [one]), list(instance).refine((instances) => instances.length > 0)]);

/** Core is what everybody works with; the rest are additions. */
const LEVELS = {
	OK: "operational",
	INFORMATIONAL: "operational",
	MAINTENANCE_CORE: "maintenance",
	MAINTENANCE_NONCORE: "maintenance",
	UNPLANNED_MAINTENANCE_CORE: "maintenance",
	MINOR_INCIDENT_NONCORE: "degraded",
	MINOR_INCIDENT_CORE: "degraded",
	MAJOR_INCIDENT_NONCORE: "partial_outage",
	MAJOR_INCIDENT_CORE: "major_outage",
} satisfies Record<string, Level>;

/**
 * Salesforce Trust, `/v1/instances/<key>/status` and `/v1/instances/status/preview`. An instance is asked for by its key. Not
 * confirmed by a recorded answer: known from public clients. Incidents and windows of maintenance are not read.
 */
export const salesforce: Source = {
	format: "salesforce",
	what: "Salesforce's instances",
	accept: "application/json",
	parse(answer, now) {
		const instances = readJson(answer, shape, salesforce.what);
		const unknown: UnknownWords = new Set();
		const components = instances.map(({ key, location, status }) =>
			componentOf(key, key, levelFor(LEVELS, status, unknown), location),
		);
		return summedPageOf({ format: "salesforce", name: "Salesforce Trust", components, unknown }, "unknown", now);
	},
};

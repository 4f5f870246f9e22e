import type { Time } from "../../core/model.ts";
import type { OfficialIncident, OfficialMaintenance, OfficialPage } from "../../core/official.ts";
import type { Inspection } from "./inspect.ts";

/** An inspection for machines: times as RFC 3339 in UTC, and no key without a value. */
export function inspectJson(result: Inspection) {
	if (result.kind === "failed") return { failure: result.failure, tried: result.tried };
	const { page, movedFrom } = result;
	return { ...pageJson(page), ...(movedFrom !== undefined && { movedFrom }) };
}

function pageJson({ format, page, level, components, incidents, maintenances, unknownWords }: OfficialPage) {
	return {
		format,
		page,
		level,
		components,
		incidents: incidents.map(incidentJson),
		maintenances: maintenances.map(maintenanceJson),
		...(unknownWords.length > 0 && { unknownWords }),
	};
}

function incidentJson({ id, title, level, state, open, startedAt, updatedAt }: OfficialIncident) {
	return {
		id,
		title,
		level,
		...(state !== "" && { state }),
		open,
		...(startedAt !== undefined && { startedAt: rfc3339(startedAt) }),
		...(updatedAt !== undefined && { updatedAt: rfc3339(updatedAt) }),
	};
}

function maintenanceJson({ id, title, state, active, from, until }: OfficialMaintenance) {
	return {
		id,
		title,
		state,
		active,
		...(from !== undefined && { from: rfc3339(from) }),
		...(until !== undefined && { until: rfc3339(until) }),
	};
}

function rfc3339(time: Time): string {
	return new Date(time).toISOString();
}

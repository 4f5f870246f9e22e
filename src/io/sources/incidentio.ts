import type { Source } from "./source.ts";
import { statuspage } from "./statuspage.ts";

/** incident.io's summary in Statuspage's shape: no groups, no maintenances, and no `incidents` key while there is none. */
export const incidentio: Source = {
	...statuspage,
	format: "incidentio",
	what: "an incident.io summary",
};

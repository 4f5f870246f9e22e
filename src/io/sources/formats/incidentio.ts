import type { Time } from "../../../core/model.ts";
import type { OfficialPage } from "../../../core/official.ts";
import { embeddedData, valuesAfter } from "../embedded.ts";
import { type Answer, type Source, Unreadable } from "../source.ts";
import { nativePage } from "./incidentio-native.ts";
import { widgetPage } from "./incidentio-widget.ts";
import { statuspage } from "./statuspage.ts";

/**
 * incident.io, in each of the ways it speaks: its own summary (`/proxy/<host>`, or the data of the page for people), the summary
 * for widgets (`/api/v1/summary`, where the owner allows it), and Statuspage's shape (`/api/v2/summary.json`) with neither
 * groups nor maintenances, and without an `incidents` key while there is none.
 */
export const incidentio: Source = {
	format: "incidentio",
	what: "an incident.io summary",
	accept: "application/json, text/html;q=0.5",
	timely: true,
	parse(answer, now) {
		const { text, value } = answer;
		const page = value === undefined ? fromWebPage(text, now) : (nativePage(value, now) ?? widgetPage(value, now));
		return page ?? inStatuspageShape(answer, now);
	},
};

function fromWebPage(html: string, now: Time): OfficialPage | undefined {
	for (const summary of valuesAfter(embeddedData(html), '"summary":')) {
		const page = nativePage({ summary }, now);
		if (page) return page;
	}
	return undefined;
}

function inStatuspageShape(answer: Answer, now: Time): OfficialPage {
	try {
		return statuspage.parse(answer, now);
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		throw new Unreadable(error.message.replace(statuspage.what, incidentio.what));
	}
}

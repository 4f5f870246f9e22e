import { z } from "zod";
import { timeOf } from "../../sources/time-of.ts";
import { placesIn } from "../names.ts";
import { networkOf } from "../networks.ts";
import { LIST_LIMIT, type Reports } from "../provider.ts";

const SHARED_MS = 10 * 60_000;

const annotation = z.object({
	startDate: z.string(),
	endDate: z.string().nullish(),
	locationsDetails: z.array(z.object({ name: z.string() })).nullish(),
});
const outages = z.object({
	success: z.literal(true),
	result: z.object({ annotations: z.array(annotation).transform((list) => list.slice(0, LIST_LIMIT)) }),
});

/** Outages of whole networks, as Cloudflare's people note them, often hours late. */
export const radar: Reports = {
	provider: "radar",
	host: "api.cloudflare.com",
	name: "Cloudflare Radar",
	covers: (subject) => networkOf(subject) !== undefined,
	async read(subject, { ask, now }) {
		const url = `https://api.cloudflare.com/client/v4/radar/annotations/outages?asn=${networkOf(subject)}&dateRange=1d&limit=100&format=json`;
		const { result } = await ask({ url, shape: outages, what: "Radar's list of outages", sharedForMs: SHARED_MS });
		const open = result.annotations.filter(
			({ startDate, endDate }) => (timeOf(startDate) ?? now) <= now && (!endDate || (timeOf(endDate) ?? 0) > now),
		);
		const places = open.flatMap(({ locationsDetails }) => locationsDetails?.map(({ name }) => name) ?? []);
		return { kind: "noted", trouble: open.length > 0, regions: placesIn(places) };
	},
};

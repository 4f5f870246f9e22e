import { z } from "zod";
import { networkOf } from "../networks.ts";
import { LIST_LIMIT, type Reports } from "../provider.ts";

const SHARED_MS = 10 * 60_000;
const LOOK_BACK_MS = 3 * 60 * 60_000;
/** Questions are rounded to this, so that services of one network ask the same one. */
const STEP_MS = 5 * 60_000;
/** One way of measuring alone is often wrong. */
const MEASURES_TO_BELIEVE = 2;

const alert = z.object({ datasource: z.string(), time: z.number(), level: z.string() });
const alerts = z.object({ data: z.array(alert).transform((list) => list.slice(0, LIST_LIMIT)) });

/** Networks that fall out of the Internet, as Georgia Tech measures it in several ways: alerts are of the fall and of the recovery. */
export const ioda: Reports = {
	provider: "ioda",
	host: "api.ioda.inetintel.cc.gatech.edu",
	name: "IODA",
	keyless: true,
	covers: (subject) => networkOf(subject) !== undefined,
	async read(subject, { ask, now }) {
		const until = Math.floor(now / STEP_MS) * STEP_MS;
		const span = `from=${(until - LOOK_BACK_MS) / 1000}&until=${until / 1000}`;
		const url = `https://api.ioda.inetintel.cc.gatech.edu/v2/outages/alerts?entityType=asn&entityCode=${networkOf(subject)}&${span}&limit=200`;
		const { data } = await ask({ url, shape: alerts, what: "IODA's list of alerts", sharedForMs: SHARED_MS });
		const newest = new Map(data.sort((a, b) => a.time - b.time).map(({ datasource, level }) => [datasource, level]));
		const critical = [...newest.values()].filter((level) => level === "critical");
		return { kind: "noted", trouble: critical.length >= MEASURES_TO_BELIEVE, regions: [] };
	},
};

import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialPage } from "../../../core/official.ts";
import { readLog, ttlMs } from "../feed-log.ts";
import { componentsNamedIn } from "../named-components.ts";
import { openItemsPage } from "../open-items.ts";
import { componentOf, incidentOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText, readJson } from "../shape.ts";
import { type Source, Unreadable } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const service = z.object({ id: anyId.nullish(), name: z.string(), status: z.string() });
const org = z.object({ id: anyId, name: z.string(), services: list(service) });

const outage = z.object({
	id: anyId.nullish(),
	service_id: anyId,
	status: z.string(),
	time: z.union([z.string(), z.number()]).nullish(),
	posts: optionalList(
		z.object({ status: optionalText, description: optionalText, time: z.union([z.string(), z.number()]).nullish() }),
	),
});

const shape = z.union([
	list(org)
		.refine((orgs) => orgs.length > 0)
		.transform((orgs) => ({ orgs })),
	list(outage).transform((outages) => ({ outages })),
]);

/** `Resolved` stays for hours after an outage. */
const LEVELS = {
	"No known issues": "operational",
	Resolved: "operational",
	"Low disruptions": "degraded",
	"Medium disruptions": "partial_outage",
	"High disruptions": "major_outage",
} satisfies Record<string, Level>;

/**
 * metastatus.com, Meta's products for businesses: `/data/orgs.json`, every product with its state, `/data/outages/<org>.json`,
 * and the products' feeds of open events. A product is asked for as `<org>/<service>` by their ids, or by name. Not confirmed by a
 * recorded answer: known from several public clients. Any other path answers with the same empty page.
 */
export const meta: Source = {
	format: "meta",
	what: "Meta's status data",
	accept: "application/json, application/rss+xml;q=0.9",
	timely: true,
	silent: true,
	parse(answer, now) {
		if (/^\s*</.test(answer.text.slice(0, 200))) return pageOfFeed(answer.text, now);
		const body = readJson(answer, shape, meta.what);
		return "orgs" in body ? pageOfOrgs(body.orgs, now) : pageOfOutages(body.outages, now);
	},
	askAgainAfterMs: ttlMs,
};

function pageOfOrgs(orgs: readonly z.infer<typeof org>[], now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	const components = orgs.flatMap(({ id: orgId, name: group, services }) =>
		services.map(({ id, name, status }) =>
			componentOf(`${orgId}/${id ?? name}`, name, levelFor(LEVELS, status, unknown), group),
		),
	);
	return summedPageOf({ format: "meta", name: "Meta", components, unknown }, "unknown", now);
}

function pageOfOutages(outages: readonly z.infer<typeof outage>[], now: Time): OfficialPage {
	const unknown: UnknownWords = new Set();
	const entries = outages.map(({ id, service_id: service, status, time, posts }) => {
		const level = levelFor(LEVELS, status, unknown);
		const [newest] = posts;
		const incident = incidentOf({
			id: id ?? `${service}/${time ?? ""}`,
			title: newest?.description ?? status,
			level,
			state: status,
			open: level !== "operational",
			started: time,
			updated: newest?.time ?? time,
			names: [service],
		});
		return { incident, about: [{ id: service, name: service }] };
	});
	const incidents = entries.map(({ incident }) => incident);
	const raw = { format: "meta", name: "Meta", components: componentsNamedIn(entries, now), incidents, unknown };
	return summedPageOf({ ...raw, unlisted: "operational" }, "operational", now);
}

/** A feed of Meta is known by the address that it gives for itself. */
function pageOfFeed(text: string, now: Time): OfficialPage {
	const log = readLog(text, meta.what);
	if (!log.self?.includes("/outage-events-feed-")) {
		throw new Unreadable(`expected ${meta.what}, found a feed of something else`);
	}
	return openItemsPage("meta", log, now);
}

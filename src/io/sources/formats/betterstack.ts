import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import type { OfficialComponent } from "../../../core/official.ts";
import { componentOf, incidentOf, maintenanceOf, pageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const section = z.object({
	type: z.literal("status_page_section"),
	id: anyId,
	attributes: z.object({ name: optionalText }),
});

const resource = z.object({
	type: z.literal("status_page_resource"),
	id: anyId,
	attributes: z.object({ public_name: z.string(), status: z.string(), status_page_section_id: anyId.nullish() }),
});

const report = z.object({
	type: z.literal("status_report"),
	id: anyId,
	attributes: z.object({
		title: z.string(),
		report_type: z.string(),
		starts_at: optionalText,
		ends_at: optionalText,
		aggregate_state: z.string(),
		affected_resources: optionalList(z.object({ status_page_resource_id: anyId })),
	}),
	relationships: z.object({ status_updates: z.object({ data: list(z.object({ id: anyId })) }) }).nullish(),
});

const update = z.object({
	type: z.literal("status_update"),
	id: anyId,
	attributes: z.object({ published_at: optionalText }),
});

const READ = /^status_(?:page_section|page_resource|report|update)$/;
const anythingElse = z.object({ type: z.string().refine((type) => !READ.test(type)) });

const index = z.object({
	data: z.object({
		type: z.literal("status_page"),
		attributes: z.object({ company_name: z.string(), company_url: optionalText, aggregate_state: z.string() }),
	}),
	included: list(z.union([section, resource, report, update, anythingElse])),
});

type Included = z.infer<typeof index>["included"];

const PAGE_LEVELS = {
	operational: "operational",
	maintenance: "maintenance",
	degraded: "degraded",
	downtime: "partial_outage",
} satisfies Record<string, Level>;

/** `not_monitored` is a word for knowing nothing. */
const RESOURCE_LEVELS = { ...PAGE_LEVELS, downtime: "major_outage", not_monitored: "unknown" } satisfies Record<
	string,
	Level
>;

/** `resolved` stands where a report has no end. */
const REPORT_LEVELS = { ...PAGE_LEVELS, resolved: "operational" } satisfies Record<string, Level>;

/** Better Stack, `index.json` (JSON:API). A page can be down without any report: a monitor failed and nobody has written yet. */
export const betterstack: Source = {
	format: "betterstack",
	what: "a Better Stack page",
	accept: "application/json",
	timely: true,
	parse(answer, now) {
		const { data, included } = readJson(answer, index, betterstack.what);
		const unknown: UnknownWords = new Set();
		const { company_name: name, company_url: url, aggregate_state: state } = data.attributes;
		return pageOf({
			format: "betterstack",
			name,
			url,
			level: levelFor(PAGE_LEVELS, state, unknown),
			components: componentsOf(included, unknown),
			...postsOf(included, unknown, now),
			unknown,
		});
	},
};

function componentsOf(included: Included, unknown: UnknownWords): OfficialComponent[] {
	const sections = new Map(included.flatMap((each) => (isOf(section, each) ? [[each.id, each.attributes.name]] : [])));
	return included.flatMap((each) => {
		if (!isOf(resource, each)) return [];
		const { public_name: name, status, status_page_section_id: group } = each.attributes;
		return [componentOf(each.id, name, levelFor(RESOURCE_LEVELS, status, unknown), sections.get(group ?? ""))];
	});
}

/** A maintenance days ahead already says `maintenance`: its window decides. Any other report is decided by its own state. */
function postsOf(included: Included, unknown: UnknownWords, now: Time) {
	const times = new Map(
		included.flatMap((each) => (isOf(update, each) ? [[each.id, each.attributes.published_at]] : [])),
	);
	const posts = included
		.filter((each) => isOf(report, each))
		.map((each) => {
			const { title, starts_at, ends_at, aggregate_state, report_type, affected_resources } = each.attributes;
			const written = each.relationships?.status_updates.data.flatMap(({ id }) => times.get(id) ?? []) ?? [];
			const names = affected_resources.map((named) => named.status_page_resource_id);
			const over = aggregate_state === "resolved" || aggregate_state === "operational";
			const level = levelFor(REPORT_LEVELS, aggregate_state, unknown);
			const post = { id: each.id, title, state: aggregate_state, names };
			return { ...post, over, level, planned: report_type === "maintenance", starts_at, ends_at, written };
		});
	return {
		incidents: posts
			.filter(({ planned }) => !planned)
			.map(({ over, starts_at: started, written, ...post }) =>
				incidentOf({ ...post, open: !over, started, updated: written.sort().at(-1) }),
			),
		maintenances: posts
			.filter(({ planned }) => planned)
			.map(({ over, starts_at: from, ends_at: until, ...post }) =>
				maintenanceOf({ ...post, ...(over && { underWay: false }), from, until }, now),
			),
	};
}

function isOf<T extends z.ZodObject<{ type: z.ZodLiteral<string> }>>(
	shape: T,
	each: Included[number],
): each is z.output<T> {
	return each.type === shape.shape.type.value;
}

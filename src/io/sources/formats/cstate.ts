import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { componentOf, incidentOf, pageOf } from "../parts.ts";
import { list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const issue = z.object({
	title: z.string(),
	severity: z.string(),
	createdAt: optionalText,
	lastMod: optionalText,
	permalink: optionalText,
	resolved: z.boolean(),
	informational: z.boolean().nullish(),
	affected: optionalList(z.string()),
});

const system = z.object({
	name: z.string(),
	category: optionalText,
	status: z.string(),
	unresolvedIssues: optionalList(issue),
});

const index = z.object({
	title: z.string(),
	baseURL: optionalText,
	cStateVersion: z.string(),
	summaryStatus: z.string(),
	systems: list(system),
});

const LEVELS = {
	ok: "operational",
	notice: "degraded",
	disrupted: "partial_outage",
	down: "major_outage",
} satisfies Record<string, Level>;

/** cState, `index.json`, as its templates write it. Systems have no ids but their names; issues repeat under each they affect. */
export const cstate: Source = {
	format: "cstate",
	what: "a cState index",
	accept: "application/json",
	parse(answer) {
		const body = readJson(answer, index, cstate.what);
		const unknown: UnknownWords = new Set();
		const issues = new Map(
			body.systems.flatMap(({ unresolvedIssues }) =>
				unresolvedIssues.map((each) => [each.permalink ?? each.title, each]),
			),
		);
		return pageOf({
			format: "cstate",
			name: body.title,
			url: body.baseURL,
			level: levelFor(LEVELS, body.summaryStatus, unknown),
			components: body.systems.map(({ name, category, status }) =>
				componentOf(name, name, levelFor(LEVELS, status, unknown), category),
			),
			incidents: [...issues].map(([id, { title, severity, resolved, informational, ...each }]) =>
				incidentOf({
					id,
					title,
					level: informational ? "operational" : levelFor(LEVELS, severity, unknown),
					state: severity,
					open: !resolved,
					started: each.createdAt,
					updated: each.lastMod,
					names: each.affected,
				}),
			),
			unknown,
		});
	},
};

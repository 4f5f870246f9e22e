import { z } from "zod";
import type { Level } from "../../../core/level.ts";
import { isProblem } from "../../../core/level.ts";
import { componentOf, incidentOf, summedPageOf } from "../parts.ts";
import { list, optionalText, readJson } from "../shape.ts";
import type { Source } from "../source.ts";
import { levelFor, type UnknownWords } from "../vocabulary.ts";

const post = z.object({
	Id: z.string().min(1),
	Title: optionalText,
	Status: z.string(),
	AuthoredDateTime: optionalText,
	InternalDateTime: optionalText,
	LastUpdatedTime: z.string(),
	ServiceDisplayName: optionalText,
	ServiceWorkloadName: optionalText,
});

const shape = z.union([post.transform((one) => [one]), list(post).refine((posts) => posts.length > 0)]);

/** `Unknown` is Microsoft's own word for not knowing. */
const LEVELS = {
	Available: "operational",
	Operational: "operational",
	ServiceRestored: "operational",
	"Service restored": "operational",
	ServiceDegradation: "degraded",
	"Service degradation": "degraded",
	ServiceInterruption: "major_outage",
	"Service interruption": "major_outage",
	Unknown: "unknown",
} satisfies Record<string, Level>;

/**
 * Microsoft 365, `status.cloud.microsoft/api/posts/<page>`: one post for an administrators' page (`mac`, `ppac`, `azure`), a list
 * for the consumer services (`m365Consumer`). `LastUpdatedTime` is the clock of the request, so it is no time of an update.
 */
export const microsoft: Source = {
	format: "microsoft",
	what: "Microsoft's status posts",
	accept: "application/json",
	parse(answer, now) {
		const posts = readJson(answer, shape, microsoft.what);
		const unknown: UnknownWords = new Set();
		const rows = posts.map((each) => {
			const name = each.ServiceDisplayName ?? "Microsoft 365";
			return { ...each, name, id: each.ServiceWorkloadName ?? name, level: levelFor(LEVELS, each.Status, unknown) };
		});
		const raw = {
			format: "microsoft",
			name: "Microsoft 365",
			components: rows.map(({ id, name, level }) => componentOf(id, name, level)),
			incidents: rows
				.filter(({ level }) => isProblem(level))
				.map(({ Id, Title, name, id, level, Status: state, AuthoredDateTime: started }) =>
					incidentOf({ id: Id, title: Title || name, level, state, open: true, started, names: [id] }),
				),
			unknown,
		};
		return summedPageOf(raw, "unknown", now);
	},
};

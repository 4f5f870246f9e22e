import { z } from "zod";
import { type Level, worst } from "../../../core/level.ts";
import type { Time } from "../../../core/model.ts";
import { answerOf } from "../describe.ts";
import { componentOf, incidentOf, maintenanceOf, summedPageOf } from "../parts.ts";
import { anyId, list, optionalList, optionalText, readJson } from "../shape.ts";
import type { Answer, Source } from "../source.ts";
import { levelFor, stateFor, type UnknownWords } from "../vocabulary.ts";

const event = z.object({
	messageId: anyId.nullish(),
	message: optionalText,
	statusType: z.string(),
	eventStatus: z.string(),
	epochStartDate: z.number().nullish(),
	epochEndDate: z.number().nullish(),
	datePosted: optionalText,
});

const shape = z.object({
	services: list(z.object({ serviceName: z.string().min(1), events: optionalList(event) })).refine(
		(all) => all.length > 0,
	),
});

const LEVELS = {
	Available: "operational",
	Maintenance: "maintenance",
	Issue: "degraded",
	Performance: "degraded",
	Outage: "major_outage",
} satisfies Record<string, Level>;

/** Only asked where an event has no times. */
const OPEN_STATES = { ongoing: true, upcoming: false, resolved: false, completed: false };

/**
 * Apple's system status, plain JSON for consumers, wrapped in a call of a function for developers. Events that are over stay
 * listed for days: one counts from its start to its end. Services have no ids but their names.
 */
export const apple: Source = {
	format: "apple",
	what: "Apple's system status",
	accept: "application/json, text/javascript;q=0.9, */*;q=0.5",
	timely: true,
	parse(answer, now) {
		const body = readJson(unwrapped(answer), shape, apple.what);
		const unknown: UnknownWords = new Set();
		const rows = body.services.map(({ serviceName: name, events }) => ({
			name,
			events: events.map((each) => ({
				...each,
				name,
				live: isLive(each, unknown, now),
				level: levelFor(LEVELS, each.statusType, unknown),
			})),
		}));
		const all = rows.flatMap(({ events }) => events);
		const raw = {
			format: "apple",
			name: "Apple System Status",
			components: rows.map(({ name, events }) => {
				const live = events.filter((each) => each.live).map(({ level }) => level);
				return componentOf(name, name, live.length === 0 ? "operational" : worst(live));
			}),
			incidents: all
				.filter(({ level }) => level !== "maintenance")
				.map((each) =>
					incidentOf({
						...postOf(each),
						level: each.level,
						open: each.live,
						started: each.epochStartDate,
						updated: each.datePosted ?? each.epochStartDate,
					}),
				),
			maintenances: all
				.filter(({ level }) => level === "maintenance")
				.map((each) =>
					maintenanceOf(
						{ ...postOf(each), underWay: each.live, from: each.epochStartDate, until: each.epochEndDate },
						now,
					),
				),
			unknown,
		};
		return summedPageOf(raw, "unknown", now);
	},
};

/** The answer, or the object inside of it where it is `jsonCallback({…});`. */
function unwrapped(answer: Answer): Answer {
	const { text } = answer;
	const call = /^\s{0,20}[\w.]{1,60}\(/.test(text);
	return call ? answerOf(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) : answer;
}

function isLive(each: z.infer<typeof event>, unknown: UnknownWords, now: Time): boolean {
	const { epochStartDate: start, epochEndDate: end, eventStatus: word } = each;
	const said = stateFor(OPEN_STATES, word, unknown);
	if (typeof start !== "number") return said ?? true;
	return start <= now && (typeof end === "number" ? end > now : (said ?? true));
}

function postOf({
	messageId,
	message,
	name,
	eventStatus: state,
	epochStartDate,
}: z.infer<typeof event> & { name: string }) {
	const id = messageId ?? `${name}/${epochStartDate ?? ""}`;
	return { id, title: message ? `${name}: ${message}` : name, state, names: [name] };
}

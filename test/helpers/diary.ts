import type { Transition } from "../../src/core/hysteresis.ts";
import { recordTransitions } from "../../src/core/incident-book.ts";
import type { BlameOf, Incident, IncidentBook } from "../../src/core/incidents.ts";
import { compareLevels, isProblem, type Level } from "../../src/core/level.ts";
import type { FeatureName } from "../../src/core/model.ts";
import { T0 } from "./evidence.ts";

/** Service and feature. */
export type Key = `${string}/${FeatureName}`;

/** A book that is written to in order. Levels are kept per feature, so that every transition is one that can happen. */
export function diary(blame: Record<string, string> = {}, book: IncidentBook = { incidents: [], nextNumber: 1 }) {
	const levels = new Map<Key, Level>();
	const culprits = new Map(Object.entries(blame));
	const blameOf: BlameOf = (service, feature) => {
		const culprit = culprits.get(`${service}/${feature}`) ?? culprits.get(service);
		return culprit === undefined ? undefined : { cause: culprit === "cloudflare" ? "upstream" : "service", culprit };
	};
	const moments: string[] = [];
	return {
		culprits,
		/** All that `write` gave so far. */
		moments,
		get book() {
			return book;
		},
		incident: (id: string): Incident => book.incidents.find((each) => each.id === id) as Incident,
		/** At so many ms after T0 the given features have moved to these levels. Gives what became of which incident. */
		write(at: number, moved: Readonly<Record<string, Level>>): string[] {
			const transitions = (Object.entries(moved) as [Key, Level][]).flatMap(([key, level]): Transition[] => {
				const from = levels.get(key) ?? "operational";
				levels.set(key, level);
				const [service, feature] = key.split("/") as [string, FeatureName];
				const kind = kindOf(from, level);
				return kind ? [{ kind, service, feature, from, level, at: T0 + at }] : [];
			});
			const before = new Map(book.incidents.map((incident) => [incident.id, incident]));
			book = recordTransitions(book, transitions, blameOf, T0 + at);
			const became = book.incidents.flatMap((incident) => {
				const fate = fateOf(before.get(incident.id), incident);
				return fate ? [`${fate} ${incident.id}`] : [];
			});
			moments.push(...became);
			return became;
		},
	};
}

function fateOf(before: Incident | undefined, after: Incident): string | undefined {
	if (before === after) return undefined;
	if (after.mergedInto !== undefined) return `merged into ${after.mergedInto}`;
	if (after.closedAt !== undefined) return "closed";
	return before === undefined || before.closedAt !== undefined ? "opened" : "changed";
}

function kindOf(from: Level, to: Level): Transition["kind"] | undefined {
	if (!isProblem(to)) return isProblem(from) ? "closed" : undefined;
	if (!isProblem(from)) return "opened";
	return to === from ? undefined : compareLevels(to, from) > 0 ? "worsened" : "eased";
}

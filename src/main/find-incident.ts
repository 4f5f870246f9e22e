import type { Incident } from "../core/incidents.ts";

/** How often one outage can turn out to be part of another before something is wrong. */
const MOST_MERGES = 10;

/** The incident of that id, or the one that it has become part of; the first list has the last word. */
export function findIncident(id: string, ...lists: readonly (readonly Incident[])[]): Incident | undefined {
	const find = (wanted: string) => lists.flatMap((list) => list.find((each) => each.id === wanted) ?? [])[0];
	let found = find(id);
	for (let merges = 0; found?.mergedInto !== undefined && merges < MOST_MERGES; merges += 1)
		found = find(found.mergedInto);
	return found;
}

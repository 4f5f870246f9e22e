import type { LevelChange } from "../core/history.ts";
import { type Level, worst } from "../core/level.ts";
import type { Time } from "../core/model.ts";
import type { Stretch } from "../io/history/asked.ts";
import type { Band } from "../ipc/answers.ts";

/** A level that was in force, and seen to be. */
interface Seen extends Stretch {
	readonly level: Level;
}

const ALWAYS: Stretch = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** What of the changes was seen, by when somebody looked; both oldest first. What has never been anything is unknown. */
export function seenLevels(changes: readonly LevelChange[], looked: readonly Stretch[]): readonly Seen[] {
	const known = changes.map(({ at, level }, index) => ({
		from: at,
		until: changes[index + 1]?.at ?? Number.POSITIVE_INFINITY,
		level,
	}));
	const all = known.length > 0 ? known : [{ ...ALWAYS, level: "unknown" as const }];
	return overlaps(all, looked, ({ level }, stretch) => ({ ...stretch, level }));
}

/** For each step from one edge to the next the worst that was seen in it; `gap` where nobody looked. */
export function bandsOf(seen: readonly Seen[], edges: readonly Time[]): Band[] {
	const steps = edges.slice(1).map((until, index) => ({ from: edges[index] ?? until, until, index }));
	const levels = steps.map((): Level[] => []);
	overlaps(steps, seen, ({ index }, _, { level }) => levels[index]?.push(level));
	return levels.map((those) => (those.length === 0 ? "gap" : worst(those)));
}

/** Of several features the worst in each step. */
export function worstBands(rows: readonly (readonly Band[])[]): Band[] {
	const [first = []] = rows;
	return first.map((_, step) => {
		const levels = rows.flatMap((row): Level[] => {
			const band = row[step];
			return band === undefined || band === "gap" ? [] : [band];
		});
		return levels.length === 0 ? "gap" : worst(levels);
	});
}

/** The share of the time that it worked, 0 to 1: of what was seen, without planned work; `undefined` where nothing was. */
export function uptimeOf(seen: readonly Seen[], from: Time): number | undefined {
	let worked = 0;
	let all = 0;
	for (const { level, from: begun, until } of seen) {
		if (level === "unknown" || level === "maintenance") continue;
		const ms = Math.max(0, until - Math.max(from, begun));
		all += ms;
		if (level === "operational") worked += ms;
	}
	return all === 0 ? undefined : worked / all;
}

/** What becomes of each two that overlap, of two rows in order of time. */
function overlaps<A extends Stretch, B extends Stretch, T>(
	rows: readonly A[],
	others: readonly B[],
	become: (row: A, overlap: Stretch, other: B) => T,
): T[] {
	const found: T[] = [];
	let first = 0;
	for (const row of rows) {
		while ((others[first]?.until ?? Number.POSITIVE_INFINITY) <= row.from) first += 1;
		for (let at = first; at < others.length; at += 1) {
			const other = others[at];
			if (!other || other.from >= row.until) break;
			const overlap = { from: Math.max(row.from, other.from), until: Math.min(row.until, other.until) };
			if (overlap.from < overlap.until) found.push(become(row, overlap, other));
		}
	}
	return found;
}

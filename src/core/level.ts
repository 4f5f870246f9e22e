/** How well a feature works, from least to most certain trouble; `unknown` is a state of its own, never green, never red. */
export const LEVELS = ["unknown", "operational", "maintenance", "degraded", "partial_outage", "major_outage"] as const;

export type Level = (typeof LEVELS)[number];

/** A level that people would call "it does not work properly". */
export type Problem = "degraded" | "partial_outage" | "major_outage";

const SEVERITY: Readonly<Record<Level, number>> = {
	unknown: 0,
	operational: 1,
	maintenance: 2,
	degraded: 3,
	partial_outage: 4,
	major_outage: 5,
};

/** Negative when `a` is milder than `b`, positive when it is worse, 0 when they are the same. */
export function compareLevels(a: Level, b: Level): number {
	return SEVERITY[a] - SEVERITY[b];
}

/** The worst of the given levels; `unknown` when there is none. */
export function worst(levels: Iterable<Level>): Level {
	let result: Level = "unknown";
	for (const level of levels) if (compareLevels(level, result) > 0) result = level;
	return result;
}

export function isProblem(level: Level): level is Problem {
	return SEVERITY[level] >= SEVERITY.degraded;
}

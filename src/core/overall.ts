import { isProblem, type Level, worst } from "./level.ts";
import type { ServiceView } from "./snapshot.ts";

/** How several services are at a glance, as the icon and the window's head show it. */
export interface Overall {
	readonly level: Level;
	/** Something that could be seen has not been: it is not all well, as far as anybody knows. */
	readonly gaps: boolean;
}

/** The worst trouble; without any, what is known, or `unknown` where more services are unknown than known. */
export function overall(services: readonly ServiceView[]): Overall {
	const level = worst(services.map((service) => service.level));
	const gaps = services.some(({ features }) => features.some(isGap));
	if (isProblem(level)) return { level, gaps };
	const unchecked = services.filter((service) => service.level === "unknown" && service.features.some(isGap)).length;
	return { level: unchecked * 2 > services.length ? "unknown" : level, gaps };
}

/** What nobody can see from outside is no gap: it is said of the feature, and stays so. */
function isGap({ level, blind }: ServiceView["features"][number]): boolean {
	return level === "unknown" && !blind;
}

import { plainLine } from "../core/failure.ts";
import { sentences } from "./lists.ts";

/** What notification centres show whole, characters. */
export const TITLE_LIMIT = 60;
export const BODY_LIMIT = 160;

/** The first telling that has room, else as much of the last as has. */
export function fitting(tellings: readonly string[], limit: number): string {
	return tellings.find(({ length }) => length <= limit) ?? plainLine(tellings.at(-1) ?? "", limit);
}

/** What must be said, followed by as many of the sentences that may be said as one likes: the most first. */
export function withMore(must: readonly string[], may: readonly string[]): string[] {
	return Array.from({ length: may.length + 1 }, (_, left) => sentences(...must, ...may.slice(0, may.length - left)));
}

import { plainLine } from "../../core/failure.ts";
import type { Subject } from "./provider.ts";

const NAME_LIMIT = 60;
const REGIONS_LIMIT = 5;

/** Whether somebody else's name for a service means this one: spelling, blanks and what stands in brackets do not matter. */
export function isNamed(subject: Subject, name: string): boolean {
	const bare = bareName(name);
	return bare !== "" && [subject.id, subject.name].some((own) => bareName(own) === bare);
}

function bareName(name: string): string {
	return name
		.slice(0, 200)
		.replaceAll(/\([^()]*\)/g, "")
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The first few names of places, each once, as plain text. */
export function placesIn(names: readonly string[]): string[] {
	const plain = names.slice(0, 100).map((name) => plainLine(name, NAME_LIMIT));
	return [...new Set(plain)].filter((name) => name !== "").slice(0, REGIONS_LIMIT);
}

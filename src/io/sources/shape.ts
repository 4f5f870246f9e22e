import { z } from "zod";
import { describeText } from "./describe.ts";
import { type Answer, ENTRIES_LIMIT, Unreadable } from "./source.ts";

/** A text that may be missing or null. */
export const optionalText = z.string().nullish();

/** An id as vendors write it, a text or a number; a text here. */
export const anyId = z.union([z.string().min(1), z.number()]).transform(String);

/** A list that must be there, of which only the first entries are kept. */
export function list<T extends z.ZodType>(entry: T) {
	return z.array(entry).transform((entries) => entries.slice(0, ENTRIES_LIMIT));
}

/** A list that is left out, or null, where it is empty. */
export function optionalList<T extends z.ZodType>(entry: T) {
	return z
		.array(entry)
		.nullish()
		.transform((entries) => (entries ?? []).slice(0, ENTRIES_LIMIT));
}

/** Reads JSON of one vendor's shape; throws `Unreadable` with the first thing that does not fit. */
export function readJson<T>(answer: Answer, shape: z.ZodType<T>, what: string): T {
	const read = shape.safeParse(answer.value);
	if (read.success) return read.data;
	const [issue] = read.error.issues;
	const where = issue && issue.path.length > 0 ? ` (${issue.path.join(".")}: ${issue.message})` : "";
	throw new Unreadable(`expected ${what}, found ${describeText(answer)}${answer.value === undefined ? "" : where}`);
}

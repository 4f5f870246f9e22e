import { z } from "zod";
import { plainLine } from "../core/failure.ts";
import { nearest } from "./nearest.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];
type JsonSchema = z.core.JSONSchema.BaseSchema;

const QUOTE_LIMIT = 60;

/**
 * Puts what a schema has against `input` into sentences: "FILE: PLACE: expected X, found Y", in the schema's order.
 * A message that a schema gives of its own is read as the words after "expected". With `schema`, an unknown key is
 * answered with the nearest known one.
 */
export function explainIssues(file: string, error: z.ZodError, input: unknown, schema?: z.ZodType): string[] {
	let shape: JsonSchema | undefined;
	const keysAt = (path: Path): string[] => {
		if (!schema) return [];
		shape ??= z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
		return keysOf(shapesAt(shape, path));
	};
	const sentences = error.issues.flatMap((issue) => explain(issue, [], input, keysAt));
	return [...new Set(sentences.map((sentence) => `${file}: ${sentence}`))];
}

function explain(issue: Issue, base: Path, input: unknown, keysAt: (path: Path) => string[]): string[] {
	const path = [...base, ...issue.path];
	if (issue.code === "unrecognized_keys") {
		return issue.keys.map((key) => `${placeOf([...path, key])}: ${aboutKey(key, keysAt(path))}`);
	}
	if (issue.code === "invalid_union" && issue.errors.length > 0 && !ownWords(issue)) {
		return closestBranch(issue.errors).flatMap((inner) => explain(inner, path, input, keysAt));
	}
	const place = path.length === 0 ? "" : `${placeOf(path)}: `;
	const found = path.at(-1) === "passphrase" ? "what is not shown here" : foundBy(issue, valueAt(input, path));
	return [`${place}expected ${expectedBy(issue)}, found ${found}`];
}

/** The branch that was most likely meant: what is missing or unknown at its top counts for more than what is wrong inside. */
function closestBranch(branches: readonly Issue[][]): readonly Issue[] {
	const cost = (issues: readonly Issue[]) =>
		issues.reduce((sum, issue) => sum + (issue.path.length < 2 ? 10 * wrongKeys(issue) : 0) + 1, 0);
	return branches.reduce((best, branch) => (cost(branch) < cost(best) ? branch : best));
}

function wrongKeys(issue: Issue): number {
	if (issue.code === "unrecognized_keys") return issue.keys.length;
	return issue.code === "invalid_type" ? 1 : 0;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
	string: "a text",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	object: "an object",
	record: "an object",
	null: "null",
};

function expectedBy(issue: Issue): string {
	const own = ownWords(issue);
	if (own) return own;
	switch (issue.code) {
		case "invalid_type":
			return TYPE_WORDS[issue.expected] ?? issue.expected;
		case "invalid_value":
			return choiceOf(issue.values.map(quote));
		case "invalid_union":
			return choiceOf("options" in issue && Array.isArray(issue.options) ? issue.options.map(quote) : []);
		case "too_small":
			return `at least ${amountOf(Number(issue.minimum), issue.origin)}`;
		case "too_big":
			return `at most ${amountOf(Number(issue.maximum), issue.origin)}`;
		case "invalid_format":
			return issue.format === "date" ? "a date such as 2026-11-22" : `text of the form "${issue.format}"`;
		default:
			return plainLine(issue.message, QUOTE_LIMIT);
	}
}

/** The library's own messages begin with these words; anything else was written into a schema for people. */
function ownWords(issue: Issue): string | undefined {
	return /^(Invalid|Too (small|big)|Unrecognized)\b/.test(issue.message) ? undefined : issue.message;
}

function choiceOf(options: readonly string[]): string {
	return options.length > 1 ? `one of ${options.join(", ")}` : (options[0] ?? "one of the known kinds");
}

function amountOf(count: number, origin: string): string {
	const unit = origin === "string" ? "character" : origin === "array" || origin === "object" ? "entr" : undefined;
	if (!unit) return String(count);
	const ending = unit === "entr" ? (count === 1 ? "y" : "ies") : count === 1 ? "" : "s";
	return `${count} ${unit}${ending}`;
}

function foundBy(issue: Issue, value: unknown): string {
	const counted = issue.code === "too_small" || issue.code === "too_big";
	if (counted && Array.isArray(value)) return amountOf(value.length, "array");
	if (issue.code === "too_big" && typeof value === "string") return amountOf(value.length, "string");
	return value === undefined ? "nothing" : quote(value);
}

/** A login in an address is nobody's business but its owner's. */
function quote(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	return plainLine(text.replaceAll(/:\/\/[^/\s"]*@/g, "://…@"), QUOTE_LIMIT);
}

function placeOf(path: Path): string {
	return path.reduce<string>((place, step) => {
		if (typeof step === "number") return `${place}[${step}]`;
		const key = String(step);
		if (!/^[\w$-]{1,60}$/.test(key)) return `${place}[${quote(key)}]`;
		return place === "" ? key : `${place}.${key}`;
	}, "");
}

function valueAt(input: unknown, path: Path): unknown {
	return path.reduce<unknown>(
		(value, step) =>
			typeof value === "object" && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined,
		input,
	);
}

/** A key may be known and yet not go with its neighbours: it belongs to another kind of the same thing. */
function aboutKey(key: string, known: readonly string[]): string {
	if (known.includes(key)) return "this key does not go with the others here";
	const near = nearest(key, known);
	return near ? `unknown key, did you mean "${near}"?` : "unknown key";
}

/** Every shape that may stand at `path`: all branches of a union are followed. */
function shapesAt(shape: JsonSchema, path: Path): JsonSchema[] {
	const branches = [shape, ...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].filter(isShape);
	const [step, ...rest] = path;
	if (step === undefined) return branches;
	return branches.flatMap((branch) => {
		const inner =
			typeof step === "number" ? branch.items : (branch.properties?.[String(step)] ?? branch.additionalProperties);
		return isShape(inner) ? shapesAt(inner, rest) : [];
	});
}

function isShape(shape: unknown): shape is JsonSchema {
	return typeof shape === "object" && shape !== null && !Array.isArray(shape);
}

function keysOf(shapes: readonly JsonSchema[]): string[] {
	return shapes.flatMap((shape) => {
		const names = isShape(shape.propertyNames) ? (shape.propertyNames.enum ?? []) : [];
		return [...Object.keys(shape.properties ?? {}), ...names.map(String)];
	});
}

/** What came of reading a JSON text: its value, or one sentence that names file, line and column. */
export type ParsedJson = { readonly value: unknown } | { readonly problem: string };

/** Reads JSON as people save it (a byte order mark is let pass). Never throws. Lines and columns count from 1. */
export function parseJson(file: string, text: string): ParsedJson {
	const body = text.replace(/^\uFEFF/, "");
	const message = complaintAbout(body);
	if (message === undefined) return { value: JSON.parse(body) };
	const at = positionOf(message, body);
	const before = body.slice(0, at).split("\n");
	const place = `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
	const found = at >= body.length ? "the end" : JSON.stringify(plainLine(body.slice(at, at + 20), 20) || " ");
	return { problem: `${file}: ${place}: expected JSON, found ${found}` };
}

function complaintAbout(text: string): string | undefined {
	try {
		JSON.parse(text);
		return;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** The engine names a position only in some of its messages. */
function positionOf(message: string, text: string): number {
	const named = / at position (\d+)/.exec(message)?.[1];
	if (named !== undefined) return Number(named);
	if (!isUnexpectedToken(message)) return text.length;
	// The message stays the same for every longer part of the text: halve to find the shortest.
	let fits = 0;
	let fails = text.length;
	while (fails - fits > 1) {
		const middle = Math.floor((fits + fails) / 2);
		if (isUnexpectedToken(complaintAbout(text.slice(0, middle)) ?? "")) fails = middle;
		else fits = middle;
	}
	return fits;
}

function isUnexpectedToken(message: string): boolean {
	return message.startsWith("Unexpected token");
}

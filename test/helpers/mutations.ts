import type { Random } from "../../src/core/random.ts";

/** A payload made wrong: as text, or as bytes where it is the encoding that is wrong. */
export interface Mutant {
	readonly body: string | Uint8Array;
	/** What was done to it, for the report of a failure. */
	readonly how: string;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const ODD_VALUES: readonly Json[] = [
	null,
	true,
	false,
	0,
	-1,
	1e308,
	Number.MAX_SAFE_INTEGER,
	"",
	" ",
	"operational",
	"\u0000\u202e<script>",
	"x".repeat(5000),
	"9".repeat(400),
	[],
	{},
	[null],
	{ "": 1 },
	[[[[]]]],
	{ toString: "x", constructor: {}, __proto__: null } as unknown as Json,
];

/** A wrong version of a payload; the same random numbers make the same one. */
export function mutant(text: string, other: string, random: Random): Mutant {
	const value = jsonOf(text);
	const ways = value === undefined ? TEXT_WAYS : [...TEXT_WAYS, ...JSON_WAYS, ...JSON_WAYS];
	const [how, way] = pick(ways, random);
	return { how, body: way({ text, other, value: value ?? null, random }) };
}

interface Subject {
	readonly text: string;
	/** Another payload, of whatever format. */
	readonly other: string;
	readonly value: Json;
	readonly random: Random;
}

type Way = readonly [how: string, make: (subject: Subject) => string | Uint8Array];

const BOMB =
	'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>';

const TEXT_WAYS: readonly Way[] = [
	["truncated", ({ text, random }) => text.slice(0, below(text.length, random))],
	["beginning lost", ({ text, random }) => text.slice(below(text.length, random))],
	["bits flipped", ({ text, random }) => flipped(Buffer.from(text), random)],
	["in UTF-16 without a mark", ({ text }) => Buffer.from(text, "utf16le")],
	[
		"in UTF-16 with the other mark",
		({ text }) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, "utf16le")]),
	],
	["in UTF-16, big end first", ({ text }) => Buffer.concat([Buffer.from([0xfe, 0xff]), bigEndian(text)])],
	["in Latin-1 called UTF-8", ({ text }) => Buffer.from(`${text}é`, "latin1")],
	["two pages in one", ({ text, other, random }) => text.slice(0, below(text.length, random)) + other],
	["a piece of another", ({ text, other, random }) => inserted(text, piece(other, random), random)],
	[
		"a piece again and again",
		({ text, random }) => inserted(text, piece(text, random).repeat(1 + below(40, random)), random),
	],
	["entities", ({ text, random }) => BOMB + inserted(text, "&c;&c;&c;", random)],
	["entities inside", ({ text, random }) => inserted(text, "&lt;&#0;&#x10ffff;&amp;amp;", random)],
	["nested elements", ({ text, random }) => inserted(text, "<i>".repeat(1 + below(2000, random)), random)],
	[
		"nested brackets",
		({ text, random }) => inserted(text, pick(["[", "{", '{"a":'], random).repeat(1 + below(3000, random)), random),
	],
	[
		"quotes",
		({ text, random }) => inserted(text, pick(['"', "'", "\\", "<", ">", "<![CDATA[", "-->"], random), random),
	],
	["a key twice", ({ text, random }) => twice(text, random)],
	["nothing but blanks", ({ random }) => " \n\t".repeat(below(100, random))],
	[
		"someone else's page",
		({ text }) => `<!doctype html><html><head><title>Welcome</title></head><body>${text}</body></html>`,
	],
	["a complaint", () => '{"message":"Forbidden","status":"ok"}'],
];

const JSON_WAYS: readonly Way[] = [
	["a key deleted", ({ value, random }) => JSON.stringify(changed(value, random, () => undefined))],
	[
		"several keys deleted",
		({ value, random }) => JSON.stringify(times(3, value, (one) => changed(one, random, () => undefined))),
	],
	["a top key deleted", ({ value, random }) => JSON.stringify(withoutTopKey(value, random))],
	["a value swapped", ({ value, random }) => JSON.stringify(changed(value, random, () => pick(ODD_VALUES, random)))],
	[
		"values swapped",
		({ value, random }) =>
			JSON.stringify(times(4, value, (one) => changed(one, random, () => pick(ODD_VALUES, random)))),
	],
	[
		"a huge number",
		({ value, random }) => JSON.stringify(changed(value, random, () => "#")).replace('"#"', hugeNumber(random)),
	],
	[
		"a value nested",
		({ value, random }) => JSON.stringify(changed(value, random, (old) => nested(old, below(500, random)))),
	],
	[
		"a list made long",
		({ value, random }) =>
			JSON.stringify(changed(value, random, (old) => Array.from({ length: below(300, random) }, () => old ?? null))),
	],
	[
		"a word made another",
		({ value, random }) => JSON.stringify(changed(value, random, (old) => (typeof old === "string" ? `${old}x` : old))),
	],
	["all in a list", ({ value }) => JSON.stringify([value])],
	["all in an object", ({ value }) => JSON.stringify({ data: value, result: value, summary: value })],
];

function below(limit: number, random: Random): number {
	return Math.floor(random.next() * Math.max(1, limit));
}

function pick<T>(list: readonly T[], random: Random): T {
	return list[below(list.length, random)] as T;
}

function piece(text: string, random: Random): string {
	const start = below(text.length, random);
	return text.slice(start, start + 1 + below(200, random));
}

function inserted(text: string, more: string, random: Random): string {
	const at = below(text.length, random);
	return text.slice(0, at) + more + text.slice(at);
}

function flipped(bytes: Buffer, random: Random): Buffer {
	for (let n = 1 + below(8, random); n > 0; n--) {
		const at = below(bytes.length, random);
		bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8, random));
	}
	return bytes;
}

function bigEndian(text: string): Buffer {
	return Buffer.from(text, "utf16le").swap16();
}

function twice(text: string, random: Random): string {
	const keys = [...text.matchAll(/"[\w$-]{1,40}"\s*:/g)];
	const key = keys[below(keys.length, random)];
	if (!key) return text + text;
	return `${text.slice(0, key.index)}${key[0]}${JSON.stringify(pick(ODD_VALUES, random))},${text.slice(key.index)}`;
}

function hugeNumber(random: Random): string {
	return pick(["1e400", "-1e400", "9".repeat(400), "0.1e-999", "1E+308", "123456789012345678901234567890"], random);
}

function nested(value: Json | undefined, depth: number): Json {
	let result: Json = value ?? null;
	for (let n = 0; n < depth; n++) result = n % 2 === 0 ? [result] : { a: result };
	return result;
}

function times(count: number, value: Json, change: (value: Json) => Json): Json {
	return Array.from({ length: count }).reduce<Json>((before) => change(before), value);
}

function withoutTopKey(value: Json, random: Random): Json {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
	const keys = Object.keys(value);
	const gone = pick(keys, random);
	return Object.fromEntries(Object.entries(value).filter(([key]) => key !== gone));
}

/** The value with one place in it, however deep, changed; `undefined` takes the place out. */
function changed(value: Json, random: Random, change: (old: Json | undefined) => Json | undefined): Json {
	if (typeof value !== "object" || value === null) return change(value) ?? null;
	const entries = Object.entries(value) as [string, Json][];
	const chosen = below(entries.length, random);
	const deeper = random.next() < 0.7;
	const next = entries.flatMap(([key, inner], index): [string, Json][] => {
		if (index !== chosen) return [[key, inner]];
		const made = deeper && typeof inner === "object" && inner !== null ? changed(inner, random, change) : change(inner);
		return made === undefined ? [] : [[key, made]];
	});
	return Array.isArray(value) ? next.map(([, inner]) => inner) : Object.fromEntries(next);
}

function jsonOf(text: string): Json | undefined {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

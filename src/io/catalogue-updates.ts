import type { KeyObject } from "node:crypto";
import { type Bundle, bundleShape, withBundle } from "../catalogue/bundle.ts";
import type { Parts } from "../catalogue/catalogue.ts";
import { contradictions } from "../catalogue/contradictions.ts";
import { SHIPPED_EDITION } from "../catalogue/edition.ts";
import { plainLine } from "../core/failure.ts";
import type { Time } from "../core/model.ts";
import { CatalogueError } from "./catalogue-files.ts";
import { openUpdate } from "./catalogue-signature.ts";
import { explainIssues, parseJson } from "./explain-issues.ts";

/** Ten times what the whole catalogue needs, signature included. */
export const UPDATE_LIMIT_BYTES = 4 * 1024 * 1024;

/** What an update has to fit. */
export interface UpdateTerms {
	/** Whose updates are believed. */
	readonly keys: readonly KeyObject[];
	/** What it is laid over: the catalogue that the program ships with. */
	readonly shipped: Parts;
	/** The program's version, such as `0.1.0`. */
	readonly app: string;
	readonly now: Time;
}

export interface CheckedUpdate {
	readonly bundle: Bundle;
	/** The shipped catalogue with the update laid over it. */
	readonly parts: Parts;
}

/**
 * Opens a signed update, whole or not at all: signed by a known key, in shape, in date, for this program, newer than what it
 * ships with, and free of contradictions. Throws `CatalogueError`, whose problems begin with `name`.
 */
export function checkUpdate(name: string, signed: Buffer, terms: UpdateTerms): CheckedUpdate {
	const refuse = (...problems: string[]) => new CatalogueError(problems.map((problem) => `${name}: ${problem}`));
	if (signed.length > UPDATE_LIMIT_BYTES) throw refuse(`expected at most ${UPDATE_LIMIT_BYTES} bytes, found more`);
	let bytes: Buffer;
	try {
		bytes = openUpdate(signed, terms.keys);
	} catch (error) {
		throw refuse(error instanceof Error ? error.message : String(error));
	}
	const bundle = readBundle(name, bytes);
	const unfit = unfitness(bundle, terms);
	if (unfit !== undefined) throw refuse(unfit);
	const parts = withBundle(terms.shipped, bundle);
	const problems = contradictions(parts.files, { roots: new Set(parts.roots.keys()) });
	if (problems.length > 0) throw refuse(...problems);
	return { bundle, parts };
}

/** A bundle that nobody has signed yet, checked for its shape. Throws `CatalogueError`. */
export function readBundle(name: string, bytes: Buffer): Bundle {
	const json = parseJson(name, bytes.toString("utf8"));
	if ("problem" in json) throw new CatalogueError([json.problem]);
	const checked = bundleShape.safeParse(json.value);
	if (checked.success) return checked.data;
	throw new CatalogueError(explainIssues(name, checked.error, json.value, bundleShape));
}

function unfitness(bundle: Bundle, { app, now }: UpdateTerms): string | undefined {
	const { version, minimumApp, expiresAt } = bundle;
	if (Date.parse(expiresAt) <= now) return `it expired on ${plainLine(expiresAt, 40)}`;
	if (isOlder(app, minimumApp)) return `it is for version ${minimumApp} of this program or later, this is ${app}`;
	if (version <= SHIPPED_EDITION.version) {
		return `its version ${version} is not newer than ${SHIPPED_EDITION.version}, which this program came with`;
	}
	return undefined;
}

/** Whether the version `a` comes before `b`, both as `1.4.0`. */
function isOlder(a: string, b: string): boolean {
	const numbers = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number);
	const [mine, wanted] = [numbers(a), numbers(b)];
	const at = mine.findIndex((number, index) => number !== wanted[index]);
	return at >= 0 && (mine[at] ?? 0) < (wanted[at] ?? 0);
}

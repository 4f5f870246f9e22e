import type { KeyObject } from "node:crypto";
import type { Bundle } from "../catalogue/bundle.ts";
import type { Parts } from "../catalogue/catalogue.ts";
import { BUILT_IN_KEYS } from "../catalogue/keys.ts";
import type { Time } from "../core/model.ts";
import { CatalogueError } from "./catalogue-files.ts";
import { openUpdate, readPublicKey } from "./catalogue-signature.ts";
import { checkUpdate, readBundle, type UpdateTerms } from "./catalogue-updates.ts";
import { fetchUpdate } from "./fetch-update.ts";
import { type KeptUpdate, keepUpdate, keptUpdate } from "./kept-update.ts";
import type { Network } from "./network/network.ts";

/** What decides which catalogue is in force. */
export interface Standing {
	/** Where updates are kept. */
	readonly folder: string;
	/** Public keys from the settings, each in one line; the built-in ones are believed as well. */
	readonly keys: readonly string[];
	readonly shipped: Parts;
	/** The program's version, such as `0.1.0`. */
	readonly app: string;
	readonly now: Time;
}

/** The catalogue in force: the shipped one, with the kept update over it where that is believed. */
export interface Current {
	readonly parts: Parts;
	readonly update?: { readonly bundle: Bundle; readonly kept: KeptUpdate };
	/** Why a kept update is not in force. */
	readonly refused?: readonly string[];
}

const KEPT = "the kept catalogue update";

/** Never throws for an update: one that is not believed any more leaves the shipped catalogue in force. */
export function currentCatalogue(standing: Standing): Current {
	const kept = keptUpdate(standing.folder);
	if (!kept) return { parts: standing.shipped };
	try {
		const { bundle, parts } = checkUpdate(KEPT, kept.signed, termsOf(standing, kept.key));
		return { parts, update: { bundle, kept } };
	} catch (error) {
		return { parts: standing.shipped, refused: problemsIn(error) };
	}
}

export type Outcome =
	| { readonly kind: "taken"; readonly bundle: Bundle }
	/** What was found is in force already. */
	| { readonly kind: "unchanged" }
	/** One reason, or all that is wrong inside; the catalogue stays as it was. */
	| { readonly kind: "refused"; readonly problems: readonly string[] };

/**
 * Gets an update, checks it, and keeps it in place of the one before; it is in force at the next start. `key` is one more that is
 * believed, and remembered with the update. Never rejects.
 */
export async function takeUpdate(from: string, network: Network, standing: Standing, key?: string): Promise<Outcome> {
	const kept = keptUpdate(standing.folder);
	const fetched = await fetchUpdate(from, network, kept);
	if (fetched.kind === "unchanged") return fetched;
	if (fetched.kind === "nothing") return { kind: "refused", problems: [`${from}: ${fetched.why}`] };
	const { kind: _, ...got } = fetched;
	try {
		const { bundle } = checkUpdate(from, got.signed, termsOf(standing, key));
		const before = kept && versionOf(kept, standing);
		if (kept && before === bundle.version && kept.signed.equals(got.signed)) return { kind: "unchanged" };
		if (before !== undefined && bundle.version <= before) {
			return {
				kind: "refused",
				problems: [`${from}: its version ${bundle.version} is not newer than ${before}, which is kept`],
			};
		}
		keepUpdate(standing.folder, { ...got, from, takenAt: standing.now, ...(key !== undefined && { key }) });
		return { kind: "taken", bundle };
	} catch (error) {
		return { kind: "refused", problems: problemsIn(error) };
	}
}

function termsOf({ keys, shipped, app, now }: Standing, further: string | undefined): UpdateTerms {
	const written = [...BUILT_IN_KEYS, ...keys, ...(further === undefined ? [] : [further])];
	return { keys: written.flatMap(keyIn), shipped, app, now };
}

function keyIn(written: string): readonly KeyObject[] {
	try {
		return [readPublicKey(written)];
	} catch {
		return [];
	}
}

/** Also of an update that has expired: what is older than it stays refused. */
function versionOf(kept: KeptUpdate, standing: Standing): number | undefined {
	try {
		return readBundle(KEPT, openUpdate(kept.signed, termsOf(standing, kept.key).keys)).version;
	} catch {
		return undefined;
	}
}

function problemsIn(error: unknown): readonly string[] {
	if (error instanceof CatalogueError) return error.problems;
	return [`${KEPT}: ${error instanceof Error ? error.message : error}`];
}

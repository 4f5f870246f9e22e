import { isIP } from "node:net";
import { hostname, userInfo } from "node:os";
import type { Conclusion } from "../../core/diagnosis-conclusion.ts";
import type { AddressKind, Finding } from "../../core/diagnosis-findings.ts";
import { interceptorOf } from "../../core/diagnosis-issuers.ts";
import type { Note } from "../../core/diagnosis-notes.ts";
import { plainLine } from "../../core/failure.ts";
import type { Examination } from "./diagnose.ts";
import { kindOf } from "./link.ts";

type Names = Readonly<Record<string, string>>;

/** What stands in a report for what is left out. */
export interface Placeholders {
	readonly someone: string;
	readonly address: Readonly<Record<AddressKind, string>>;
}

/** The names of this computer and of its user. A user of a container may have a number only. */
export function ownNames(): readonly string[] {
	try {
		return [hostname(), userInfo().username];
	} catch {
		return [hostname()];
	}
}

/** Makes what came from outside fit to be handed on. */
export interface Redaction {
	examination(told: Examination): Examination;
	names(names: Names): Names;
}

const LONGEST = 200;
/** Whatever might be an address: numbers with dots, hexadecimal ones with colons, a zone behind them. */
const ADDRESS = /(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4})?(?:%\w+)?/gi;

/**
 * Leaves out addresses but for their kind, issuers but for known products, and these names (of a computer, of its user) where they stand
 * as words of their own; of a computer's full name its first part counts too. The findings themselves hold nothing else of the kind.
 */
export function createRedaction(secrets: readonly string[], { someone, address }: Placeholders): Redaction {
	const isSecret = patternOf(secrets);
	const text = (from: string) => {
		const line = plainLine(from, LONGEST).replaceAll(ADDRESS, (found) =>
			isAddress(found) ? address[kindOf(found.replace(/(?<!:):$/, ""))] : found,
		);
		return isSecret ? line.replaceAll(isSecret, someone) : line;
	};
	const issuer = (name: string) => interceptorOf(name)?.name ?? someone;
	const finding = <F extends Finding>(each: F): F => ({
		...each,
		...("host" in each && { host: text(each.host) }),
		...("issuer" in each && each.issuer !== undefined && { issuer: issuer(each.issuer) }),
		...(each.kind === "word" && {
			page: text(each.page),
			...(each.title !== undefined && { title: text(each.title) }),
		}),
	});
	const conclusion = <C extends Conclusion>(each: C): C => ({
		...each,
		seen: each.seen.map(finding),
		...(each.kind === "interception" && each.culprit !== undefined && { culprit: issuer(each.culprit) }),
	});
	const note = (each: Note): Note =>
		each.kind === "interception" && each.by !== undefined ? { ...each, by: issuer(each.by) } : each;
	return {
		examination: ({ layers, diagnosis, ...rest }) => ({
			...rest,
			layers: layers.map((layer) => ({ ...layer, findings: layer.findings.map(finding) })),
			diagnosis: {
				...conclusion(diagnosis),
				services: diagnosis.services.map(conclusion),
				notes: diagnosis.notes.map(note),
			},
		}),
		names: (names) => Object.fromEntries(Object.entries(names).map(([id, name]) => [id, text(name)])),
	};
}

/** An address, or so like one that only a machine could tell; a time of day is none. */
function isAddress(text: string): boolean {
	return isIP(text.replace(/%.*$/, "")) !== 0 || text.includes("::") || text.split(":").length > 4;
}

/** Absent where there is no name to look for. A single letter would be found everywhere. */
function patternOf(secrets: readonly string[]): RegExp | undefined {
	const names = new Set(secrets.flatMap((name) => [name, name.split(".")[0] ?? ""]).filter(({ length }) => length > 1));
	if (names.size === 0) return undefined;
	const longestFirst = [...names]
		.sort((a, b) => b.length - a.length)
		.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
	return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

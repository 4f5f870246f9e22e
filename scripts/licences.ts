import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A part of the program that others have made, and on what terms. */
interface Licence {
	readonly name: string;
	readonly version: string;
	/** As SPDX writes it. */
	readonly licence: string;
	/** The whole text, at most `LONGEST` characters; empty where the package brings none. */
	readonly text: string;
}

interface Locked {
	readonly version?: string;
	readonly dev?: boolean;
	readonly devOptional?: boolean;
	readonly license?: string;
}

const LONGEST = 30_000;
const FILE = /^(?:licen[cs]e|copying)(?:[-.].*)?$/i;

/** Every package that the program is built from, by the lock file: all that is not for its makers alone, by name. */
export function licencesOf(root: string): readonly Licence[] {
	const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
		readonly packages: Readonly<Record<string, Locked>>;
	};
	const found = Object.entries(lock.packages)
		.filter(([place, { dev, devOptional }]) => place.startsWith("node_modules/") && !dev && !devOptional)
		.filter(([place]) => existsSync(join(root, place)))
		.map(([place, { version = "", license = "" }]) => ({
			name: place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length),
			version,
			licence: license,
			text: textIn(join(root, place)),
		}));
	const once = new Map(found.map((each) => [`${each.name} ${each.version}`, each]));
	return [...once.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function textIn(folder: string): string {
	const file = readdirSync(folder).find((name) => FILE.test(name));
	return file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim().slice(0, LONGEST);
}

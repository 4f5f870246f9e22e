import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nearest } from "../io/nearest.ts";
import { loadScenario, ScenarioError } from "./scenario.ts";

/** A scenario that can be named instead of given as a file. */
export interface ScenarioEntry {
	/** Also the file's name, without its ending. */
	readonly name: string;
	/** What happens in it, in a few sentences; empty where the file does not say. */
	readonly about: string;
	readonly file: string;
}

const SHIPPED = fileURLToPath(new URL("./scenarios/", import.meta.url));

/**
 * Every scenario of a folder in the order of its names, the shipped ones unless another folder is given. A bundled program has no
 * shipped folder beside it and must give one. Throws `ScenarioError` where the folder or a file cannot be used.
 */
export function listScenarios(folder: string = SHIPPED): ScenarioEntry[] {
	return namesIn(folder).map((name) => entry(folder, name));
}

/** The scenario with this name, or the only one whose name begins so. Throws `ScenarioError`, which says what was meant perhaps. */
export function findScenario(name: string, folder: string = SHIPPED): ScenarioEntry {
	const names = namesIn(folder);
	const matching = names.includes(name) ? [name] : names.filter((each) => name !== "" && each.startsWith(name));
	const [only, ...others] = matching;
	if (only === undefined)
		throw new ScenarioError(`expected the name of a scenario, found "${name}": ${hint(name, names)}`);
	if (others.length === 0) return entry(folder, only);
	throw new ScenarioError(`expected the beginning of one name, found "${name}", with which ${listed(matching)} begin`);
}

function entry(folder: string, name: string): ScenarioEntry {
	const file = join(folder, `${name}.json`);
	return { name, about: loadScenario(file).about ?? "", file };
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder)
			.filter((file) => file.endsWith(".json") && !file.startsWith("."))
			.map((file) => basename(file, ".json"))
			.sort();
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
		throw new ScenarioError(`${folder}: expected a folder of scenarios, found ${code === "ENOENT" ? "nothing" : code}`);
	}
}

/** Few people remember a whole name: a slip at its beginning, or any part of it, is enough. */
function hint(word: string, names: readonly string[]): string {
	const near = names.filter(
		(name) => word !== "" && (name.includes(word) || nearest(word, [name, name.slice(0, word.length)]) !== undefined),
	);
	if (near.length > 0) return `did you mean ${listed(near)}?`;
	return names.length > 0 ? `there are ${listed(names)}` : "there are none";
}

function listed(names: readonly string[]): string {
	return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "");
}

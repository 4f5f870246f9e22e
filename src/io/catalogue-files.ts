import { X509Certificate } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { type Catalogue, catalogueOf, type Parts } from "../catalogue/catalogue.ts";
import { contradictions } from "../catalogue/contradictions.ts";
import { controlsFile, rootFile, type ServiceFile, serviceFile } from "../catalogue/schema.ts";
import { explainIssues, parseJson } from "./explain-issues.ts";
import { PACKED, unpack } from "./packed-catalogue.ts";

/** The catalogue's files cannot be used. The message has one sentence a line, each naming file, place, expected and found. */
export class CatalogueError extends Error {
	override readonly name = "CatalogueError";
	readonly problems: readonly string[];

	constructor(problems: readonly string[]) {
		super(problems.join("\n"));
		this.problems = problems;
	}
}

const SHIPPED = fileURLToPath(new URL("../catalogue/", import.meta.url));

/** Ten times what the largest file needs. */
const FILE_LIMIT_BYTES = 256 * 1024;

/** Reads a folder as `readParts` does and puts it together; the shipped one unless another is given. */
export function loadCatalogue(folder: string = SHIPPED): Catalogue {
	return catalogueOf(folder === SHIPPED ? shippedParts() : readParts(folder));
}

/** What this program ships with: one packed file where it was built, the folder itself in the source tree. */
export function shippedParts(): Parts {
	return existsSync(join(SHIPPED, PACKED)) ? unpack(readFileSync(join(SHIPPED, PACKED), "utf8")) : readParts(SHIPPED);
}

/**
 * Reads `services/`, `providers/`, `controls.json` and `roots/` of a folder. Throws `CatalogueError` with every problem at once:
 * of each file, and of what they say against one another.
 */
export function readParts(folder: string): Parts {
	const problems: string[] = [];
	const services = [...readServices(folder, "service", problems), ...readServices(folder, "provider", problems)];
	const controls = readChecked(folder, "controls.json", controlsFile, problems);
	const roots = readRoots(folder, problems);
	const files = services.flatMap(({ file }) => file ?? []);
	const unread = new Set(services.flatMap(({ id, file }) => (file ? [] : [id])));
	problems.push(...contradictions(files, { roots: new Set(roots.keys()), unread }));
	if (problems.length > 0 || !controls) throw new CatalogueError(problems);
	return { files, controls, roots };
}

interface ReadService {
	readonly id: string;
	/** Absent where the file cannot be used. */
	readonly file?: ServiceFile;
}

function readServices(folder: string, kind: ServiceFile["kind"], problems: string[]): ReadService[] {
	return filesIn(folder, `${kind}s`, ".json", problems).map((name) => {
		const id = basename(name, ".json");
		const file = readChecked(folder, name, serviceFile, problems);
		if (!file) return { id };
		const misplaced = [
			...(file.id === id ? [] : [`${name}: id: expected "${id}" as in the file's name, found "${file.id}"`]),
			...(file.kind === kind ? [] : [`${name}: kind: expected "${kind}" in this folder, found "${file.kind}"`]),
		];
		problems.push(...misplaced);
		return misplaced.length > 0 ? { id } : { id, file };
	});
}

function readRoots(folder: string, problems: string[]): Map<string, string> {
	if (!existsSync(join(folder, "roots"))) return new Map();
	const names = filesIn(folder, "roots", ".pem", problems).map((file) => basename(file, ".pem"));
	return new Map(
		names.flatMap((name) => {
			const pem = readText(folder, `roots/${name}.pem`, problems);
			const facts = readChecked(folder, `roots/${name}.json`, rootFile, problems);
			if (pem === undefined || !facts) return [];
			const found = fingerprintOf(pem);
			if (found !== facts.sha256) {
				problems.push(`roots/${name}.pem: expected a certificate with sha256 ${facts.sha256}, found ${found}`);
			}
			return [[name, pem] as const];
		}),
	);
}

function fingerprintOf(pem: string): string {
	try {
		return new X509Certificate(pem).fingerprint256.replaceAll(":", "").toLowerCase();
	} catch {
		return "no certificate";
	}
}

function readChecked<S extends z.ZodType>(folder: string, name: string, schema: S, problems: string[]) {
	const text = readText(folder, name, problems);
	if (text === undefined) return;
	const json = parseJson(name, text);
	if ("problem" in json) {
		problems.push(json.problem);
		return;
	}
	const checked = schema.safeParse(json.value);
	if (checked.success) return checked.data;
	problems.push(...explainIssues(name, checked.error, json.value, schema));
	return;
}

/** In the order of their names, so that the same files always give the same catalogue. */
function filesIn(folder: string, part: string, ending: string, problems: string[]): string[] {
	try {
		const names = readdirSync(join(folder, part)).filter((name) => name.endsWith(ending) && !name.startsWith("."));
		return names.sort().map((name) => `${part}/${name}`);
	} catch (error) {
		problems.push(`${part}: expected a folder, found ${codeOf(error)}`);
		return [];
	}
}

function readText(folder: string, name: string, problems: string[]): string | undefined {
	try {
		const path = join(folder, name);
		const { size } = statSync(path);
		if (size <= FILE_LIMIT_BYTES) return readFileSync(path, "utf8");
		problems.push(`${name}: expected at most ${FILE_LIMIT_BYTES} bytes, found ${size}`);
	} catch (error) {
		problems.push(`${name}: expected a file, found ${codeOf(error)}`);
	}
	return;
}

function codeOf(error: unknown): string {
	const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
	return code === "ENOENT" ? "nothing" : code;
}

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import en from "../../src/words/en.json" with { type: "json" };
import { flat } from "./texts.ts";

const SRC = join(import.meta.dirname, "../../src");
const KEYS = new Set([...flat(en).keys()].map((key) => key.replace(/_(?:one|other)$/, "")));
const ROOTS = Object.keys(en);

/** What a piece of source can ask for: a key as it stands, or with parts that are filled in, such as `level.${level}`. */
function asked(source: string): RegExp[] {
	const literals = [...source.matchAll(/"([\w.]+)"/g)].flatMap(([, text = ""]) => (KEYS.has(text) ? [text] : []));
	const templates = [...source.matchAll(/`([^`]*\$\{[^`]*)`/g)].flatMap(([, text = ""]) => {
		const [pattern, fixed] = ["[\\w.]+", "\0"].map((part) => text.replaceAll(/\$\{[^}]*\}/g, part));
		// what begins with a part that is filled in has to say more than a full stop to be told from all else
		const telling = ROOTS.some((root) => text.startsWith(`${root}.`)) || /^\0\.\w{3,}/.test(fixed ?? "");
		return telling && !/\s/.test(fixed ?? "") ? [(pattern ?? "").replaceAll(/(?<!\[\\w)\./g, "\\.")] : [];
	});
	return [...literals.map((key) => key.replaceAll(".", "\\.")), ...templates].map((each) => new RegExp(`^${each}$`));
}

test("every text is asked for somewhere", () => {
	const patterns = globSync("**/*.{ts,tsx}", { cwd: SRC }).flatMap((file) =>
		asked(readFileSync(join(SRC, file), "utf8")),
	);
	expect(patterns.length).toBeGreaterThan(200);
	expect([...KEYS].filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
});

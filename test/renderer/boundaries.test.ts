import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import en from "../../src/words/en.json" with { type: "json" };

const SRC = join(import.meta.dirname, "../../src");
const read = (file: string) => readFileSync(join(SRC, file), "utf8");
const PAGES = globSync("renderer/**/*.{ts,tsx}", { cwd: SRC });

describe("the windows", () => {
	test.each(PAGES)("%s judges nothing by itself: of core it takes types, and the order of levels", (file) => {
		const values = [...read(file).matchAll(/^import (?!type\b)[^;]*?from "([^"]*\/core\/[^"]+)";/gms)].map(
			([, path]) => path,
		);
		expect(values.filter((path) => !path?.endsWith("/core/level.ts"))).toEqual([]);
	});

	test.each(PAGES)("%s writes no markup and no style of its own: the page's policy would refuse them", (file) => {
		expect(read(file)).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|dangerouslySet|\bstyle=|\.style\b/);
	});

	test("use every word that is there for them", () => {
		const keys = (texts: object, before: string): string[] =>
			Object.entries(texts).flatMap(([key, text]) =>
				typeof text === "string" ? [`${before}.${key.replace(/_(?:one|other)$/, "")}`] : keys(text, `${before}.${key}`),
			);
		const used = [...PAGES, "words/window.ts", "words/outage.ts"].flatMap((file) =>
			[...read(file).matchAll(/"(window\.[\w.]+)"|`(window\.[^`]+)`/g)].map(
				([, key, pattern = ""]) => new RegExp(`^${key ?? pattern.replaceAll(/\$\{[^}]*\}/g, "\\w+")}$`),
			),
		);
		expect(used.length).toBeGreaterThan(30);
		expect(keys(en.window, "window").filter((key) => !used.some((pattern) => pattern.test(key)))).toEqual([]);
	});
});

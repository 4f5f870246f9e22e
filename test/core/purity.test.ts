import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const CORE = join(ROOT, "src/core");

/** What reads the clock, the platform, the page or chance, as it stands in code: not after a dot, not as a key. */
const WORLD = new RegExp(
	`(?<![.\\w$])(?:${[
		...["Date", "performance", "crypto", "process", "console", "globalThis", "global", "self", "window", "document"],
		...["navigator", "location", "localStorage", "fetch", "XMLHttpRequest", "WebSocket", "Buffer", "require", "eval"],
		...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "WeakRef", "FinalizationRegistry"],
	].join("|")})\\b(?!\\??:)`,
	"g",
);
/** Of `Math` anything but chance, and nothing that hides which: `Math["random"]`, `const { random } = Math`. */
const CHANCE = /\bMath\b(?!\.(?!random\b)\w)/g;
const PLATFORM = /\bimport\.meta\b|\bIntl\.(?!ListFormat\b)\w+|\.toLocale\w+|\.localeCompare\b/g;

/** Everything in a piece of TypeScript that makes it impure, in the order of the rules. */
function impurities(source: string): string[] {
	const { code, strings } = withoutText(source);
	const imported = [...code.matchAll(/\b(?:from|import)\s*\(?\s*"(\d+)"/g)].map(([, n]) => strings[Number(n)] ?? "");
	const outside = imported.filter((path) => !/^\.\/[a-z-]+\.ts$/.test(path)).map((path) => `import ${path}`);
	return [...outside, ...[WORLD, CHANCE, PLATFORM].flatMap((rule) => [...code.matchAll(rule)].map(([found]) => found))];
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const STRING = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/y;
const EXPRESSION = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/\w*/y;
/** Of a template the text up to its end or to the next `${`. */
const TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;

/** The code without comments, texts and regular expressions; strings give way to their numbers, `${}` stays code. */
function withoutText(source: string): { code: string; strings: string[] } {
	const strings: string[] = [];
	/** Braces that are open in each `${`. */
	const open: number[] = [];
	let code = "";
	let at = 0;
	const take = (rule: RegExp): string | undefined => {
		rule.lastIndex = at;
		const found = rule.exec(source)?.[0];
		at += found?.length ?? 0;
		return found;
	};
	while (at < source.length) {
		const char = source.charAt(at);
		const string = take(STRING);
		if (string !== undefined) code += `"${strings.push(string.slice(1, -1)) - 1}"`;
		else if (take(COMMENT) !== undefined) code += " ";
		else if (char === "/" && /[(=,:?&|!]\s*$/.test(code.slice(-40)) && take(EXPRESSION) !== undefined) code += '""';
		else if (char === "`" || (char === "}" && open.at(-1) === 0)) {
			if (char === "}") open.pop();
			at += 1;
			code += char;
			if (take(TEXT)?.endsWith("{")) open.push(0);
		} else {
			if (char === "{" || char === "}") open.push((open.pop() ?? 0) + (char === "{" ? 1 : -1));
			code += char;
			at += 1;
		}
	}
	return { code, strings };
}

describe("core", () => {
	const files = globSync("**/*.ts", { cwd: CORE });

	test("is here to be looked at", () => {
		expect(files.length).toBeGreaterThan(25);
		expect(files).toContain("reduce.ts");
	});

	test.each(files)("%s imports only core, and knows no clock, chance, platform or page", (file) => {
		expect(impurities(readFileSync(join(CORE, file), "utf8"))).toEqual([]);
	});
});

describe("the search for impurities", () => {
	test.each([
		['import "node:fs";', "import node:fs"],
		['import { app } from "electron";', "import electron"],
		['import type { Http } from "../io/http.ts";', "import ../io/http.ts"],
		['export * from "../io/http.ts";', "import ../io/http.ts"],
		["import z from 'zod';", "import zod"],
		['const late = import("./late.ts" + x), { a } = await import("undici");', "import undici"],
		["const now = Date.now();", "Date"],
		["const now = new Date();", "Date"],
		["const id = crypto.randomUUID();", "crypto"],
		["const t = performance.now();", "performance"],
		["setTimeout(() => {}, 5);", "setTimeout"],
		["const env = process.env;", "process"],
		["console.log(1);", "console"],
		["globalThis.x = 1;", "globalThis"],
		["const title = document.title;", "document"],
		["const x = Math.random();", "Math"],
		['const x = Math["random"]();', "Math"],
		["const { random } = Math;", "Math"],
		["const f = new Intl.DateTimeFormat();", "Intl.DateTimeFormat"],
		["const s = (5).toLocaleString();", ".toLocaleString"],
		[`const s = \`at \${Date.now()} ms\`;`, "Date"],
		[`const s = \`a \${x} b \${process.pid}\`;`, "process"],
		[`const s = \`it's \${a ? \`b \${{ c: Date }}\` : d} isn't\`;`, "Date"],
		["const s = `it's`; const now = Date.now(); const t = 'x';", "Date"],
		["const u = import.meta.url;", "import.meta"],
	])("finds what is wrong in %s", (source, found) => {
		expect(impurities(source)).toContain(found);
	});

	test.each([
		["a comment", "// Date.now() and process.env\n/* Math.random() */ const a = 1;"],
		["a string", `const a = "Date"; const b = 'process.env'; const c = "it\\"s Date";`],
		["a template", `const a = \`Date \${b} process's \${\`c \${{ d: 1 }} Math\`} Math\`; if (a) { b(\`Date\`); }`],
		["a regular expression", 'const a = /Date"/.test(b) && c.replace(/["]process/g, "");'],
		["a name of ours", "interface A { readonly date: Date2; process: number } const updatedAt = a.process;"],
		["arithmetic", 'const a = Math.max(b / c, d / e) + Math.floor(1); const f = "x";'],
		["a neighbour", 'import { a } from "./official-levels.ts"; import type { B } from "./model.ts";'],
	])("lets %s pass", (_, source) => {
		expect(impurities(source)).toEqual([]);
	});
});

interface Diagnostic {
	readonly category: string;
	readonly severity: string;
	readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

/** What the linter, with this project's rules, has against these files: `path:line category` of each error. */
function lint(files: Readonly<Record<string, readonly string[]>>): string[] {
	const folder = mkdtempSync(join(tmpdir(), "guards-"));
	try {
		for (const name of ["biome.json", "package.json"]) cpSync(join(ROOT, name), join(folder, name));
		for (const [path, lines] of Object.entries(files)) {
			mkdirSync(join(folder, dirname(path)), { recursive: true });
			writeFileSync(join(folder, path), `${lines.join("\n")}\n`);
		}
		const biome = join(ROOT, "node_modules/.bin/biome");
		const { stdout } = spawnSync(biome, ["lint", "--reporter=json", "--max-diagnostics=none", "src"], {
			cwd: folder,
			encoding: "utf8",
		});
		const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
		return diagnostics
			.filter(({ severity }) => severity === "error")
			.map(
				({ category, location }) => `${location.path}:${location.start.line} ${category.replace(/^lint\/\w+\//, "")}`,
			);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

describe("the linter", () => {
	const found = lint({
		"src/core/bad.ts": [
			'import "node:fs";',
			'import "electron";',
			'import "../io/http.ts";',
			"export const now = Date.now();",
			"export const title = document.title;",
			"export const env = process.env;",
			"export const chance = Math.random();",
			'import "zod";',
		],
		"src/core/good.ts": ['import "./bad.ts";', "export const four = Math.max(3, 4);"],
		"src/engine/bad.ts": ['import "../io/http.ts";', 'import "node:fs";', "export const now = Date.now();"],
		"src/engine/good.ts": ['import "../core/good.ts";', 'import "./bad.ts";'],
		"src/catalogue/bad.ts": ['import "../io/http.ts";', 'import "node:fs";', 'import "electron";'],
		"src/catalogue/good.ts": ['import "../core/good.ts";', 'import "zod";'],
		"src/words/bad.ts": ['import "../io/http.ts";', 'import "node:fs";', "export const now = Date.now();"],
		"src/words/good.ts": ['import "../core/good.ts";', 'import "i18next";'],
		"src/io/bad.ts": [
			'import "../engine/monitor.ts";',
			'import "electron";',
			'import "../cli/program.ts";',
			'import "../words/words.ts";',
		],
		"src/io/good.ts": [
			'import "node:fs";',
			'import "undici";',
			'import "../core/good.ts";',
			"export const t = Date.now();",
		],
	});

	test.each([
		["core", "Node", "src/core/bad.ts:1 noNodejsModules"],
		["core", "Electron", "src/core/bad.ts:2 noRestrictedImports"],
		["core", "io", "src/core/bad.ts:3 noRestrictedImports"],
		["core", "the clock", "src/core/bad.ts:4 noRestrictedGlobals"],
		["core", "the page", "src/core/bad.ts:5 noRestrictedGlobals"],
		["core", "the process", "src/core/bad.ts:6 noRestrictedGlobals"],
		["core", "packages", "src/core/bad.ts:8 noRestrictedImports"],
		["engine", "io", "src/engine/bad.ts:1 noRestrictedImports"],
		["engine", "Node", "src/engine/bad.ts:2 noNodejsModules"],
		["engine", "the clock", "src/engine/bad.ts:3 noRestrictedGlobals"],
		["the catalogue", "io", "src/catalogue/bad.ts:1 noRestrictedImports"],
		["the catalogue", "Node", "src/catalogue/bad.ts:2 noNodejsModules"],
		["the catalogue", "Electron", "src/catalogue/bad.ts:3 noRestrictedImports"],
		["words", "io", "src/words/bad.ts:1 noRestrictedImports"],
		["words", "Node", "src/words/bad.ts:2 noNodejsModules"],
		["words", "the clock", "src/words/bad.ts:3 noRestrictedGlobals"],
		["io", "the engine", "src/io/bad.ts:1 noRestrictedImports"],
		["io", "Electron", "src/io/bad.ts:2 noRestrictedImports"],
		["io", "the terminal", "src/io/bad.ts:3 noRestrictedImports"],
		["io", "words", "src/io/bad.ts:4 noRestrictedImports"],
	])("keeps %s from %s", (_, __, error) => {
		expect(found).toContain(error);
	});

	test("lets pass what each folder may use", () => {
		expect(found.filter((error) => error.includes("/good.ts"))).toEqual([]);
	});

	test("does not see chance in core: the search above does", () => {
		expect(found.filter((error) => error.startsWith("src/core/bad.ts:7 "))).toEqual([]);
		expect(impurities("export const chance = Math.random();")).toEqual(["Math"]);
	});
});

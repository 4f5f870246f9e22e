import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { licencesOf } from "./scripts/licences.ts";

const ROOT = join(import.meta.dirname, "src/renderer");

type Attributes = Readonly<Record<string, string>>;

/** The path of each kind of element that lucide draws with. */
const OUTLINES: Readonly<Record<string, (attributes: Attributes) => string>> = {
	// the path after another one begins at the corner too
	path: ({ d = "" }) => `M0 0${d}`,
	line: ({ x1, y1, x2, y2 }) => `M${x1} ${y1}L${x2} ${y2}`,
	circle: ({ cx, cy, r }) =>
		`M${Number(cx) - Number(r)} ${cy}a${r} ${r} 0 1 0 ${2 * Number(r)} 0a${r} ${r} 0 1 0 ${-2 * Number(r)} 0`,
	rect: ({ x, y, width, height, rx = "0" }) => {
		const [across, down] = [Number(width) - 2 * Number(rx), Number(height) - 2 * Number(rx)];
		const turn = (right: number, below: number) => `a${rx} ${rx} 0 0 1 ${right * Number(rx)} ${below * Number(rx)}`;
		return `M${Number(x) + Number(rx)} ${y}h${across}${turn(1, 1)}v${down}${turn(-1, 1)}h${-across}${turn(-1, -1)}v${-down}${turn(1, -1)}z`;
	},
};

/** `lucide-static/icons/x.svg?path` exports the whole drawing as the `path` of one element: cheap to show a hundred times. */
const drawings: Plugin = {
	name: "drawings",
	enforce: "pre",
	load(id) {
		if (!id.endsWith(".svg?path")) return null;
		const nodes = new URL("icon-nodes.json", import.meta.resolve("lucide-static/package.json"));
		const icons = JSON.parse(readFileSync(nodes, "utf8")) as Record<string, readonly (readonly [string, Attributes])[]>;
		const name = basename(id, ".svg?path");
		const path = icons[name]?.map(([element, attributes]) => {
			const outline = OUTLINES[element];
			if (!outline)
				throw new Error(`expected ${name} to be drawn with ${Object.keys(OUTLINES).join(", ")}, got ${element}`);
			return outline(attributes);
		});
		return `export const path = ${JSON.stringify(path?.join(""))};`;
	},
};

/** `virtual:licences` exports the licences of all that the program is built from. */
const licences: Plugin = {
	name: "licences",
	resolveId: (id) => (id === "virtual:licences" ? `\0${id}` : null),
	load: (id) =>
		id === "\0virtual:licences" ? `export const licences = ${JSON.stringify(licencesOf(import.meta.dirname))};` : null,
};

/** The windows: one page each, with every address relative, so that they open from any place. */
export default defineConfig({
	root: ROOT,
	base: "./",
	publicDir: false,
	plugins: [drawings, licences],
	build: {
		// what Electron 45 is built on
		target: "chrome140",
		outDir: join(import.meta.dirname, "out/renderer"),
		emptyOutDir: true,
		minify: "oxc",
		modulePreload: { polyfill: false },
		rolldownOptions: {
			input: globSync("*.html", { cwd: ROOT }).map((page) => join(ROOT, page)),
			// what windows share is one file: each more is another thing to wait for before the first paint
			output: { codeSplitting: { groups: [{ name: "shared", minShareCount: 2, test: /\.tsx?$|node_modules/ }] } },
		},
	},
});

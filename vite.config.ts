import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { defineConfig } from "vite";
import { readParts } from "./src/io/catalogue-files.ts";
import { PACKED, pack } from "./src/io/packed-catalogue.ts";

/** The scenarios keep their place relative to the bundle; so does the catalogue, checked here and packed into one file. */
const data = {
	name: "data",
	closeBundle() {
		cpSync("src/replay/scenarios", "out/cli/scenarios", { recursive: true });
		mkdirSync("out/catalogue", { recursive: true });
		writeFileSync(`out/catalogue/${PACKED}`, pack(readParts("src/catalogue")));
	},
};

export default defineConfig({
	plugins: [data],
	ssr: { noExternal: true },
	build: {
		ssr: "src/cli/semaforo.ts",
		target: "node24",
		outDir: "out",
		emptyOutDir: true,
		minify: "oxc",
		rolldownOptions: { output: { entryFileNames: "cli/semaforo.js", chunkFileNames: "cli/[name]-[hash].js" } },
	},
});

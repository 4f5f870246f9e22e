import { cpSync } from "node:fs";
import { defineConfig } from "vite";

/** The catalogue is data beside the code, read at start: it keeps its place relative to the bundle. */
const catalogue = {
	name: "catalogue",
	closeBundle() {
		const isData = (path: string) => !path.endsWith(".ts") && !path.endsWith("tsconfig.json");
		cpSync("src/catalogue", "out/catalogue", { recursive: true, filter: isData });
	},
};

export default defineConfig({
	plugins: [catalogue],
	ssr: { noExternal: true },
	build: {
		ssr: "src/cli/semaforo.ts",
		target: "node24",
		outDir: "out",
		emptyOutDir: true,
		rolldownOptions: { output: { entryFileNames: "cli/semaforo.js", chunkFileNames: "cli/[name]-[hash].js" } },
	},
});

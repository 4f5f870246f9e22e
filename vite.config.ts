import { cpSync } from "node:fs";
import { defineConfig } from "vite";

/** The catalogue and the scenarios are data beside the code: they keep their place relative to the bundle. */
const data = {
	name: "data",
	closeBundle() {
		cpSync("src/replay/scenarios", "out/cli/scenarios", { recursive: true });
		const isData = (path: string) => !path.endsWith(".ts") && !path.endsWith("tsconfig.json");
		cpSync("src/catalogue", "out/catalogue", { recursive: true, filter: isData });
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

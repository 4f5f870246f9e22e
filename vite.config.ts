import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { type BuildEnvironmentOptions, defineConfig } from "vite";
import { readParts } from "./src/io/catalogue-files.ts";
import { PACKED, pack } from "./src/io/packed-catalogue.ts";

/** The scenarios keep their place relative to the bundle; so does the catalogue, checked here and packed into one file. */
const data = {
	name: "data",
	applyToEnvironment: ({ name }: { name: string }) => name === "cli",
	closeBundle() {
		cpSync("src/replay/scenarios", "out/cli/scenarios", { recursive: true });
		mkdirSync("out/catalogue", { recursive: true });
		writeFileSync(`out/catalogue/${PACKED}`, pack(readParts("src/catalogue")));
	},
};

/** One program in a folder of its own, with all it needs but Electron. */
function program(folder: string, entries: Record<string, string>, format: "es" | "cjs" = "es") {
	const build: BuildEnvironmentOptions = {
		ssr: true,
		target: "node24",
		outDir: `out/${folder}`,
		emptyOutDir: true,
		minify: "oxc",
		rolldownOptions: {
			input: entries,
			external: ["electron"],
			output: {
				format,
				entryFileNames: format === "cjs" ? "[name].cjs" : "[name].js",
				chunkFileNames: "[name]-[hash].js",
			},
		},
	};
	return { consumer: "server" as const, resolve: { noExternal: true as const }, build };
}

export default defineConfig({
	plugins: [data],
	environments: {
		cli: program("cli", { semaforo: "src/cli/semaforo.ts" }),
		// `launch` is an entry of its own so that tests can give it another world than the real one
		main: program("main", { main: "src/main/main.ts", launch: "src/main/launch.ts" }),
		preload: program("preload", { preload: "src/preload/preload.ts" }, "cjs"),
	},
	builder: {
		async buildApp({ build, environments }) {
			for (const name of ["cli", "main", "preload"]) {
				const environment = environments[name];
				if (environment) await build(environment);
			}
		},
	},
});

import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		setupFiles: ["test/properties.ts"],
		// what comes by itself comes later on a busy computer
		expect: { poll: { timeout: 10_000 } },
		coverage: {
			provider: "v8",
			include: ["src/**/*.ts"],
			exclude: ["src/**/ports.ts"],
		},
	},
});

import { join } from "node:path";
import { build, createBuilder, type Rolldown } from "vite";
import { electronBinary, hasDisplay } from "../test/e2e/host/real/binary.ts";
import { digestOf } from "./dev/digest.ts";
import { Running } from "./dev/running.ts";

// Builds whatever changes in the folder that it is started in: pages are loaded anew, and the program is started anew with its own code.

const binary = electronBinary(process.env);
if (!binary || !hasDisplay(process.env)) {
	const missing = binary ? "there is no display" : "the Electron binary is not here (npx install-electron fetches it)";
	process.stderr.write(`No tray app: ${missing}. Pages alone are shown by npm run preview.\n`);
	process.exit(1);
}

/** The folders of `out` that make the tray app. */
const PARTS = ["main", "preload", "renderer"];

const root = process.cwd();
const watchers: Rolldown.RolldownWatcher[] = [];
const running = new Running(
	binary,
	[join(root, "out/main/main.js"), ...process.argv.slice(2)],
	(code) => void end(code),
);
/** What each part was when it was last built: before all of them are there, nothing is started. */
const digests = new Map<string, string>();

function built(part: string): void {
	const [before, now] = [digests.get(part), digestOf(join(root, "out", part))];
	// a file that was only touched is no news
	if (before === now) return;
	digests.set(part, now);
	if (digests.size < PARTS.length) return;
	const isFirst = before === undefined;
	void (part === "renderer" && !isFirst ? running.reload() : running.restart());
}

function follow(part: string, output: unknown): void {
	const watcher = output as Rolldown.RolldownWatcher;
	watchers.push(watcher);
	watcher.on("event", (event) => {
		if (event.code === "END") built(part);
		if (event.code === "BUNDLE_END") void event.result.close();
		if (event.code === "ERROR") process.stderr.write(`${part}: ${event.error.message}\n`);
	});
}

async function end(code: number): Promise<void> {
	await running.end();
	await Promise.all(watchers.map((watcher) => watcher.close()));
	process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end(0));

const logLevel = "warn";
const builder = await createBuilder({ root, configFile: join(root, "vite.config.ts"), logLevel, build: { watch: {} } });
for (const part of ["main", "preload"]) {
	const environment = builder.environments[part];
	if (environment) follow(part, await builder.build(environment));
}
follow("renderer", await build({ configFile: join(root, "vite.renderer.config.ts"), logLevel, build: { watch: {} } }));

// Starts the tray app; where it cannot run, says why in one line and starts the terminal watcher instead.
// Plain JavaScript without dependencies: it runs on whatever Node there is, before anything is built.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const BUILT = ["out/main/main.js", "out/preload/preload.cjs", "out/renderer/popover.html", "out/cli/semaforo.js"];

const PROGRAM =
	{ win32: "electron.exe", darwin: "Electron.app/Contents/MacOS/Electron" }[process.platform] ?? "electron";

/** Where the Electron binary is, given or fetched earlier; to ask its package would begin a download. */
function electronBinary() {
	const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(ROOT, "node_modules/electron/dist");
	const file = join(folder, PROGRAM);
	return existsSync(file) ? file : undefined;
}

function hasDisplay() {
	return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function run(program, args) {
	const { status } = spawnSync(program, args, { cwd: ROOT, stdio: "inherit", shell: false });
	return status ?? 1;
}

if (!BUILT.every((file) => existsSync(join(ROOT, file)))) {
	const built = spawnSync("npm", ["run", "--silent", "build"], {
		cwd: ROOT,
		stdio: "inherit",
		shell: process.platform === "win32",
	});
	if (built.status !== 0) process.exit(built.status ?? 1);
}

const binary = electronBinary();
const missing = !hasDisplay()
	? "there is no display"
	: !binary
		? "the Electron binary is not here (npx install-electron fetches it)"
		: undefined;
if (missing === undefined && binary) {
	process.exitCode = run(binary, [join(ROOT, "out/main/main.js"), ...process.argv.slice(2)]);
} else {
	process.stderr.write(`No tray app: ${missing}. Watching in the terminal instead.\n`);
	process.exitCode = run(process.execPath, [join(ROOT, "out/cli/semaforo.js"), "watch", ...process.argv.slice(2)]);
}

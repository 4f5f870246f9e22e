import { execFile } from "node:child_process";

const ASK_MS = 2_000;
const QUESTION = [
	"call",
	"--session",
	"--dest=org.freedesktop.DBus",
	"--object-path=/",
	"--method=org.freedesktop.DBus.NameHasOwner",
	"org.kde.StatusNotifierWatcher",
];

/** Whether this desktop has a place for icons. Plain GNOME has none, and tells nobody; where it cannot be asked, there is one. */
export function hasTrayHost(platform: NodeJS.Platform, program = "gdbus"): Promise<boolean> {
	if (platform !== "linux") return Promise.resolve(true);
	return new Promise((resolve) => {
		execFile(program, QUESTION, { timeout: ASK_MS }, (error, stdout) =>
			resolve(error !== null || !stdout.includes("false")),
		);
	});
}

import { execFile } from "node:child_process";

const ASK_MS = 2_000;
const QUESTION = [
	"call",
	"--system",
	"--dest=org.freedesktop.NetworkManager",
	"--object-path=/org/freedesktop/NetworkManager",
	"--method=org.freedesktop.DBus.Properties.Get",
	"org.freedesktop.NetworkManager",
	"Metered",
];
/** NM_METERED_YES and NM_METERED_GUESS_YES (https://networkmanager.dev/docs/api/latest/nm-dbus-types.html#NMMetered). */
const YES = /uint32 [13]\b/;

/** Whether the line is paid by what goes over it, or likely so. Only Linux with NetworkManager tells; where nobody does, it is not. */
export function isMetered(platform: NodeJS.Platform, program = "gdbus"): Promise<boolean> {
	if (platform !== "linux") return Promise.resolve(false);
	return new Promise((resolve) => {
		execFile(program, QUESTION, { timeout: ASK_MS }, (error, stdout) => resolve(error === null && YES.test(stdout)));
	});
}

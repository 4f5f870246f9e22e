import { join } from "node:path";
import type { App, Protocol } from "electron";
import { dataFolder } from "../io/folders.ts";
import { ORIGIN } from "./app-pages.ts";
import { confinePages } from "./safety.ts";

/** The same string as `appId` in `electron-builder.yml`: by it Windows knows whose a notification is. */
export const APP_ID = "net.semaforo.app";

/** By it Windows finds the app that a click on an old notification is for; never to change. */
const TOAST_ACTIVATOR = "{5B0D2C1E-7A46-4F38-9C63-0E8A4D17B2F9}";

/** What must be done before the app is ready: where it keeps things, in which box its pages run, where they come from. */
export function prepareApp(
	app: Pick<App, "enableSandbox" | "setName" | "setPath" | "setToastActivatorCLSID" | "on">,
	protocol: Pick<Protocol, "registerSchemesAsPrivileged">,
	{ platform, env }: Pick<NodeJS.Process, "platform" | "env">,
): void {
	app.enableSandbox();
	app.setName("Semaforo");
	// the lock that keeps a second instance out is kept there as well
	app.setPath("userData", join(dataFolder(platform, env), "app"));
	const scheme = new URL(ORIGIN).protocol.slice(0, -1);
	protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
	confinePages(app);
	if (platform === "win32") app.setToastActivatorCLSID(TOAST_ACTIVATOR);
	// a tray app lives on when its last window closes
	app.on("window-all-closed", () => {});
}

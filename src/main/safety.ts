import type { App, Session, WebContents, WebPreferences } from "electron";
import { isOwnPage } from "./app-pages.ts";

/** How every page runs: in a sandbox, apart from Node and from the preload's own world. */
export const WEB_PREFERENCES = {
	sandbox: true,
	contextIsolation: true,
	nodeIntegration: false,
	nodeIntegrationInWorker: false,
	nodeIntegrationInSubFrames: false,
	webSecurity: true,
	allowRunningInsecureContent: false,
	experimentalFeatures: false,
	webviewTag: false,
	navigateOnDragDrop: false,
	safeDialogs: true,
	spellcheck: false,
} as const satisfies WebPreferences;

/** Pages get no permission, whatever they ask for, and nothing is ever downloaded. */
export function denyPermissions(
	session: Pick<
		Session,
		"setPermissionRequestHandler" | "setPermissionCheckHandler" | "setDevicePermissionHandler" | "on"
	>,
): void {
	session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
	session.setPermissionCheckHandler(() => false);
	session.setDevicePermissionHandler(() => false);
	session.on("will-download", (event) => event.preventDefault());
}

/** No page goes anywhere but to our own pages, opens a window or holds a web view. */
export function confinePages(app: Pick<App, "on">): void {
	app.on("web-contents-created", (_, contents) => confine(contents));
}

function confine(contents: Pick<WebContents, "on" | "setWindowOpenHandler">): void {
	contents.setWindowOpenHandler(() => ({ action: "deny" }));
	contents.on("will-navigate", (event) => {
		if (!isOwnPage(event.url)) event.preventDefault();
	});
	contents.on("will-frame-navigate", (event) => {
		if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault();
	});
	contents.on("will-redirect", (event) => event.preventDefault());
	contents.on("will-attach-webview", (event) => event.preventDefault());
}

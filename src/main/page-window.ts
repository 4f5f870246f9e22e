import type { BrowserWindow, BrowserWindowConstructorOptions } from "electron";
import type { About } from "../ipc/contract.ts";
import { ORIGIN } from "./app-pages.ts";
import { WEB_PREFERENCES } from "./safety.ts";

/** What the windows need of Electron's. */
export type PageWindow = Pick<
	BrowserWindow,
	| "show"
	| "hide"
	| "focus"
	| "close"
	| "destroy"
	| "isVisible"
	| "isDestroyed"
	| "isMinimized"
	| "restore"
	| "getBounds"
	| "setBounds"
	| "loadURL"
	| "on"
	| "webContents"
>;

export type CreateWindow = (options: BrowserWindowConstructorOptions) => PageWindow;

/** The options of a window for one of our pages; it is shown once it is painted. */
export function pageOptions(
	preload: string,
	own: Omit<BrowserWindowConstructorOptions, "webPreferences" | "show">,
): BrowserWindowConstructorOptions {
	return { ...own, show: false, webPreferences: { ...WEB_PREFERENCES, preload } };
}

/** `app://semaforo/details.html?service=x` */
export function pageUrl(page: string, about: About = {}): string {
	const query = new URLSearchParams(Object.entries(about)).toString();
	return `${ORIGIN}/${page}.html${query === "" ? "" : `?${query}`}`;
}

import * as electron from "electron";
import type { WindowSeen } from "../witness.ts";
import { handsOn } from "./hands.ts";
import { after } from "./methods.ts";

interface WindowNote extends WindowSeen {
	readonly preferences: Electron.WebPreferences;
}

/** Takes note of every window from now on, by its id. */
export function noteWindows(): Map<number, WindowNote> {
	const notes = new Map<number, WindowNote>();
	const handlers = new WeakMap<object, Parameters<Electron.WebContents["setWindowOpenHandler"]>[0]>();
	const sent = new WeakMap<object, string[]>();
	electron.app.on("web-contents-created", (_, contents) => {
		sent.set(contents, []);
		after(contents, "send", (channel) => void sent.get(contents)?.push(channel));
		after(contents, "setWindowOpenHandler", (handler) => void handlers.set(contents, handler));
	});
	electron.app.on("browser-window-created", (_, window) => {
		notes.set(window.id, noteOf(window, { sentTo: (contents) => sent.get(contents) ?? [], handlers }));
	});
	return notes;
}

function noteOf(
	window: Electron.BrowserWindow,
	{ sentTo, handlers }: { sentTo(contents: object): string[]; handlers: WeakMap<object, WindowSeen["openHandler"]> },
): WindowNote {
	const { webContents: contents } = window;
	const complaints: string[] = [];
	let ready = false;
	window.once("ready-to-show", () => {
		ready = true;
	});
	contents.on("console-message", ({ level, message }) => {
		if (level === "error") complaints.push(message);
	});
	// not in Electron's declarations, and what Electron's own tests ask
	const preferences = (
		contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
	).getLastWebPreferences();
	return {
		get url() {
			return contents.getURL();
		},
		get visible() {
			return window.isVisible();
		},
		get bounds() {
			return window.getBounds();
		},
		get ready() {
			return ready && !contents.isLoading();
		},
		get sent() {
			return sentTo(contents);
		},
		get openHandler() {
			return handlers.get(contents);
		},
		complaints,
		contents,
		blur: () => void window.emit("blur"),
		evaluate: (script) => contents.executeJavaScript(script) as Promise<unknown>,
		...handsOn(contents),
		preferences,
	};
}

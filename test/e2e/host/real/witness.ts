import { basename } from "node:path";
import * as electron from "electron";
import { type MenuEntry, seen, system, type Witness } from "../witness.ts";
import { after, instead } from "./methods.ts";
import { noteWindows } from "./windows.ts";

/**
 * What is seen of real Electron. Its classes and modules stay what they are: their methods take note and then do what they do. Only
 * what would reach out of the test is held back, or answered in the system's place: notifications, questions, the browser, the clipboard.
 */
export function witnessElectron(): Witness {
	const { app, ipcMain, powerMonitor, safeStorage, BrowserWindow } = electron;
	noteApp();
	noteTray();
	noteNotifications();
	answerQuestions();
	after(ipcMain, "handle", (channel, listener) => void seen.handlers.set(channel, listener));
	const windows = noteWindows();
	return {
		windows: () =>
			BrowserWindow.getAllWindows()
				.sort((a, b) => a.id - b.id)
				.flatMap((window) => windows.get(window.id) ?? []),
		preferences: () => [...windows.values()].map(({ preferences }) => preferences),
		renderers: () => electron.webContents.getAllWebContents().length,
		hear: (event) => void app.emit(event),
		power: (event) => void powerMonitor.emit(event),
		theme: turnDesktop,
		logs: () => app.getPath("logs"),
		hasKeyStore: () =>
			safeStorage.isEncryptionAvailable() &&
			(process.platform !== "linux" || safeStorage.getSelectedStorageBackend() !== "basic_text"),
	};
}

/** The desktop's own theme, which no program can change: what the program chose for itself goes on top of it, as it does in Electron. */
function turnDesktop(dark: boolean): void {
	const { nativeTheme } = electron;
	const own = () => nativeTheme.themeSource;
	Object.defineProperties(nativeTheme, {
		shouldUseDarkColors: { configurable: true, get: () => (own() === "system" ? dark : own() === "dark") },
		shouldUseDarkColorsForSystemIntegratedUI: { configurable: true, get: () => dark },
	});
	nativeTheme.emit("updated");
}

function noteApp(): void {
	const { app, protocol, globalShortcut } = electron;
	after(app, "enableSandbox", () => {
		seen.sandboxed = true;
	});
	after(app, "setAppUserModelId", (id) => {
		seen.userModelId = id ?? "";
		seen.order.push("model id");
	});
	after(protocol, "registerSchemesAsPrivileged", (schemes) => {
		seen.schemes = schemes;
	});
	const handle = protocol.handle.bind(protocol);
	instead(protocol, "handle", (scheme: string, handler: NonNullable<typeof seen.pages>) => {
		seen.pages = handler;
		handle(scheme, handler as unknown as Parameters<typeof handle>[1]);
	});
	instead(globalShortcut, "register", (accelerator: string, pressed: () => void) => {
		seen.shortcuts.set(accelerator, pressed);
		return true;
	});
	instead(globalShortcut, "unregisterAll", () => seen.shortcuts.clear());
	// there is no session before the app is ready; whoever waited first goes first
	void app.whenReady().then(() => {
		const { defaultSession } = electron.session;
		const { permissions } = seen;
		after(
			defaultSession,
			"setPermissionRequestHandler",
			(handler) => void Object.assign(permissions, { request: handler }),
		);
		after(
			defaultSession,
			"setPermissionCheckHandler",
			(handler) => void Object.assign(permissions, { check: handler }),
		);
		after(
			defaultSession,
			"setDevicePermissionHandler",
			(handler) => void Object.assign(permissions, { device: handler }),
		);
		const on = defaultSession.on.bind(defaultSession) as (
			name: string,
			listener: (...args: never[]) => void,
		) => unknown;
		instead(defaultSession, "on", (name: string, listener: (...args: never[]) => void) => {
			if (name === "will-download") seen.willDownload = listener as unknown as NonNullable<typeof seen.willDownload>;
			return on(name, listener);
		});
	});
}

/** Electron lists no icons: each is noted when it is first told something. */
function noteTray(): void {
	const { Tray, nativeImage } = electron;
	const files = new WeakMap<object, string>();
	const createFromPath = nativeImage.createFromPath.bind(nativeImage);
	instead(nativeImage, "createFromPath", (path: string) => {
		const image = createFromPath(path);
		files.set(image, basename(path));
		return image;
	});
	const note = { file: "", tooltip: "", menu: [] as readonly MenuEntry[], draws: -1 };
	const { setImage, setToolTip, setContextMenu } = Tray.prototype;
	instead(Tray.prototype, "setImage", function (this: Electron.Tray, image: Electron.NativeImage) {
		seen.trayAsked = true;
		if (system.trayFails) throw new Error("no place for icons");
		setImage.call(this, image);
		Object.assign(note, { file: files.get(image) ?? "", draws: note.draws + 1 });
		seen.tray ??= Object.assign(note, { click: () => void this.emit("click") });
	});
	instead(Tray.prototype, "setToolTip", function (this: Electron.Tray, text: string) {
		setToolTip.call(this, text);
		note.tooltip = text;
	});
	instead(Tray.prototype, "setContextMenu", function (this: Electron.Tray, menu: Electron.Menu | null) {
		setContextMenu.call(this, menu);
		note.menu = menu?.items.map(entryOf) ?? [];
	});
}

function entryOf({ label, type, submenu, click }: Electron.MenuItem): MenuEntry {
	return {
		label: type === "separator" ? type : label,
		...(submenu && { submenu: submenu.items.map(entryOf) }),
		click: () => void click(),
	};
}

/** A desktop that is not there shows none, and one that is there would show them to people: the system's part is played here. */
function noteNotifications(): void {
	const { Notification } = electron;
	const closed = new WeakSet<Electron.Notification>();
	instead(Notification, "isSupported", () => true);
	instead(Notification.prototype, "show", function (this: Electron.Notification) {
		const { id, title, body, silent } = this;
		seen.order.push("notification");
		seen.notifications.push({
			id,
			title,
			body,
			silent,
			closed: false,
			click: () => void this.emit("click", {}),
			act: (actionIndex) => void this.emit("action", { actionIndex }),
		});
		const last = seen.notifications.at(-1);
		if (last) Object.defineProperty(last, "closed", { enumerable: true, get: () => closed.has(this) });
		if (system.notificationsFail) queueMicrotask(() => this.emit("failed", {}, "the system said no"));
		else queueMicrotask(() => this.emit("show", {}));
	});
	instead(Notification.prototype, "close", function (this: Electron.Notification) {
		closed.add(this);
	});
}

function answerQuestions(): void {
	const { shell, dialog, clipboard } = electron;
	instead(shell, "openExternal", (url: string) => {
		seen.opened.push(url);
		return Promise.resolve();
	});
	instead(shell, "openPath", (path: string) => {
		seen.opened.push(path);
		return Promise.resolve("");
	});
	instead(dialog, "showSaveDialog", () => Promise.resolve({ canceled: true, filePath: "" }));
	instead(dialog, "showOpenDialog", () => Promise.resolve({ canceled: true, filePaths: [] }));
	instead(dialog, "showMessageBox", ({ detail }: Electron.MessageBoxOptions) => {
		seen.asked.push(detail);
		return Promise.resolve({ response: system.answer, checkboxChecked: false });
	});
	instead(dialog, "showErrorBox", (title: string, text: string) => void process.stderr.write(`${title}: ${text}\n`));
	instead(clipboard, "writeText", (text: string) => {
		seen.copied = text;
	});
}

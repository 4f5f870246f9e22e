import { EventEmitter } from "node:events";
import { basename, join } from "node:path";
import type * as Electron from "electron";
import { type MenuEntry, seen, system, type Witness } from "../witness.ts";
import { refusing, type StandIn } from "./refusing.ts";
import { BrowserWindow, contentsMade, optionsSeen, windows } from "./windows.ts";

const paths = new Map<string, string>();
let dark = false;

const appEvents = new EventEmitter();
contentsMade.on("made", (contents) => appEvents.emit("web-contents-created", {}, contents));

export const app = refusing("app", {
	isPackaged: false,
	on: (name, listener) => appEvents.on(name, listener as () => void),
	enableSandbox: () => {
		seen.sandboxed = true;
	},
	setName: () => {},
	setPath: (name, path) => void paths.set(name, path),
	getPath: (name) => {
		const root = paths.get("userData") ?? "";
		return name === "userData" ? root : join(root, name);
	},
	getVersion: () => "0.0.0",
	getAppMetrics: () => [],
	getLocale: () => "en-GB",
	getPreferredSystemLanguages: () => [process.env["SEMAFORO_TEST_LANGUAGE"] ?? "en-GB"],
	getLoginItemSettings: () => ({ wasOpenedAtLogin: false }) as Electron.LoginItemSettings,
	requestSingleInstanceLock: () => process.env["SEMAFORO_TEST_SECOND"] === undefined,
	setAppUserModelId: (id) => {
		seen.userModelId = id ?? "";
		seen.order.push("model id");
	},
	whenReady: () => Promise.resolve(),
	exit: (code) => process.exit(code),
	quit: () => {
		let prevented = false;
		appEvents.emit("before-quit", {
			preventDefault: () => {
				prevented = true;
			},
		});
		if (!prevented) process.exit(0);
	},
} satisfies StandIn<Electron.App>);

export const protocol = refusing("protocol", {
	registerSchemesAsPrivileged: (schemes) => {
		seen.schemes = schemes;
	},
	handle: (_scheme, handler) => {
		seen.pages = handler as unknown as NonNullable<typeof seen.pages>;
	},
} satisfies StandIn<Electron.Protocol>);

export const session = refusing("session", {
	defaultSession: refusing("defaultSession", {
		setPermissionRequestHandler: (handler: unknown) => {
			seen.permissions.request = handler;
		},
		setPermissionCheckHandler: (handler: unknown) => {
			seen.permissions.check = handler;
		},
		setDevicePermissionHandler: (handler: unknown) => {
			seen.permissions.device = handler;
		},
		on: (name: string, listener: (...args: never[]) => void) => {
			if (name === "will-download") seen.willDownload = listener as unknown as NonNullable<typeof seen.willDownload>;
			return undefined as unknown as Electron.Session;
		},
		resolveProxy: () => Promise.resolve("DIRECT"),
		forceReloadProxyConfig: () => Promise.resolve(),
	} satisfies StandIn<Electron.Session>) as unknown as Electron.Session,
});

export const ipcMain = refusing("ipcMain", {
	handle: (channel, listener) => {
		if (seen.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
		seen.handlers.set(channel, listener);
	},
	// electron-store offers its data to pages that ask for it; no page of ours can ask
	on: () => undefined as unknown as Electron.IpcMain,
} satisfies StandIn<Electron.IpcMain>);

class StandInTray extends EventEmitter {
	file = "";
	tooltip = "";
	menu: readonly MenuEntry[] = [];
	draws = 0;

	constructor(image: unknown) {
		super();
		seen.trayAsked = true;
		if (system.trayFails) throw new Error("no place for icons");
		this.file = fileOf(image);
		seen.tray = this;
	}
	setImage(image: unknown): void {
		if (system.trayFails) throw new Error("no place for icons");
		this.file = fileOf(image);
		this.draws += 1;
	}
	setToolTip(text: string): void {
		this.tooltip = text;
	}
	setContextMenu(menu: { entries: readonly MenuEntry[] } | null): void {
		this.menu = menu?.entries ?? [];
	}
	getBounds(): Electron.Rectangle {
		return { x: 1500, y: 1050, width: 24, height: 24 };
	}
	click(): void {
		this.emit("click");
	}
	destroy(): void {
		seen.tray = undefined;
	}
}

function fileOf(image: unknown): string {
	return typeof image === "object" && image && "file" in image ? basename(String(image.file)) : "";
}

class StandInNotification extends EventEmitter {
	readonly id: string;
	readonly title: string;
	readonly body: string;
	readonly silent: boolean;
	closed = false;

	constructor({ id = "", title = "", body = "", silent = false }: Electron.NotificationConstructorOptions) {
		super();
		this.id = id;
		this.title = title;
		this.body = body;
		this.silent = silent;
	}
	static isSupported(): boolean {
		return true;
	}
	show(): void {
		seen.order.push("notification");
		seen.notifications.push(this);
		if (system.notificationsFail) queueMicrotask(() => this.emit("failed", {}, "the system said no"));
		else queueMicrotask(() => this.emit("show", {}));
	}
	close(): void {
		this.closed = true;
	}
	click(): void {
		this.emit("click", {});
	}
	act(actionIndex: number): void {
		this.emit("action", { actionIndex });
	}
}

function made<T extends new (...args: never[]) => object>(name: string, kind: T): T {
	return new Proxy(kind, {
		construct: (target, args, self) => refusing(name, Reflect.construct(target, args, self) as object),
	});
}

export const Tray = made("Tray", StandInTray);
export const Notification = made("Notification", StandInNotification);
export { BrowserWindow };

export const Menu = refusing("Menu", {
	buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ entries: template.map(entryOf) }),
});

function entryOf({ label, type, submenu, click }: Electron.MenuItemConstructorOptions): MenuEntry {
	return {
		label: label ?? type ?? "",
		...(Array.isArray(submenu) && { submenu: submenu.map(entryOf) }),
		click: () => click?.({} as never, undefined, {} as never),
	};
}

export const nativeImage = refusing("nativeImage", {
	createFromPath: (file: string) => ({ file }),
});

const themeEvents = new EventEmitter();
export const nativeTheme = refusing("nativeTheme", {
	themeSource: "system" as Electron.NativeTheme["themeSource"],
	get shouldUseDarkColors() {
		return this.themeSource === "system" ? dark : this.themeSource === "dark";
	},
	get shouldUseDarkColorsForSystemIntegratedUI() {
		if (process.platform === "linux") throw new Error("Electron has this on macOS and Windows alone");
		return dark;
	},
	on: (name, listener) => themeEvents.on(name, listener) as unknown as Electron.NativeTheme,
} satisfies StandIn<Electron.NativeTheme>);

const DISPLAY = {
	bounds: { x: 0, y: 0, width: 1920, height: 1080 },
	workArea: { x: 0, y: 0, width: 1920, height: 1040 },
} as Electron.Display;

export const screen = refusing("screen", {
	on: () => undefined as unknown as Electron.Screen,
	getDisplayMatching: () => DISPLAY,
	getDisplayNearestPoint: () => DISPLAY,
	getCursorScreenPoint: () => ({ x: 0, y: 0 }),
} satisfies StandIn<Electron.Screen>);

const powerEvents = new EventEmitter();
export const powerMonitor = refusing("powerMonitor", {
	on: (name, listener) => powerEvents.on(name, listener) as unknown as Electron.PowerMonitor,
	isOnBatteryPower: () => false,
	getSystemIdleTime: () => 0,
} satisfies StandIn<Electron.PowerMonitor>);

export const safeStorage = refusing("safeStorage", {
	isEncryptionAvailable: () => true,
	getSelectedStorageBackend: () => "gnome_libsecret" as const,
	encryptStringAsync: (text: string) => Promise.resolve(Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a))),
	decryptStringAsync: (locked: Buffer) =>
		Promise.resolve({ shouldReEncrypt: false, result: Buffer.from(locked.map((byte) => byte ^ 0x5a)).toString() }),
} satisfies StandIn<Electron.SafeStorage>);

export const shell = refusing("shell", {
	openExternal: (url) => {
		seen.opened.push(url);
		return Promise.resolve();
	},
	openPath: (path) => {
		seen.opened.push(path);
		return Promise.resolve("");
	},
} satisfies StandIn<Electron.Shell>);

export const dialog = refusing("dialog", {
	showErrorBox: (title: string, content: string) => void process.stderr.write(`${title}: ${content}\n`),
	showMessageBox: (options: Electron.MessageBoxOptions) => {
		seen.asked.push(options.detail);
		return Promise.resolve({ response: system.answer, checkboxChecked: false });
	},
	showSaveDialog: () => Promise.resolve({ canceled: true, filePath: "" }),
	showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
});

export const clipboard = refusing("clipboard", {
	writeText: (text) => {
		seen.copied = text;
	},
} satisfies StandIn<Electron.Clipboard>);

export const globalShortcut = refusing("globalShortcut", {
	unregisterAll: () => seen.shortcuts.clear(),
	register: (accelerator, pressed) => {
		if (accelerator === "Taken") return false;
		seen.shortcuts.set(accelerator, pressed);
		return true;
	},
} satisfies StandIn<Electron.GlobalShortcut>);

export const witness: Witness = {
	windows: () => windows,
	preferences: () => optionsSeen.map(({ webPreferences }) => webPreferences),
	renderers: () => windows.length,
	hear: (event) => void appEvents.emit(event),
	power: (event) => void powerEvents.emit(event),
	theme(isDark) {
		dark = isDark;
		themeEvents.emit("updated");
	},
	logs: () => app.getPath("logs"),
	hasKeyStore: () => true,
};

/** electron-store asks for all of it at once. */
const whole = { app, ipcMain, shell };

export { whole as default };

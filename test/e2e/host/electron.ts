import { EventEmitter } from "node:events";
import { join } from "node:path";
import type * as Electron from "electron";
import { answerPages, handlers } from "./calls.ts";
import { refusing, type StandIn } from "./refusing.ts";
import { BrowserWindow, contentsMade } from "./windows.ts";

/** What the stand-in was told, for tests to read. */
export const record = {
	tray: undefined as StandInTray | undefined,
	trayIsBroken: false,
	notifications: [] as StandInNotification[],
	notificationsFail: false,
	opened: [] as string[],
	asked: [] as Electron.MessageBoxOptions[],
	/** What people answer when they are asked: the index of a button. */
	answer: 1,
	copied: "",
	shortcuts: new Map<string, () => void>(),
	paths: new Map<string, string>(),
	userModelId: "",
	sandboxed: false,
	schemes: [] as Electron.CustomScheme[],
	permissions: {
		request: undefined as unknown,
		check: undefined as unknown,
		device: undefined as unknown,
	},
	order: [] as string[],
	dark: false,
};

const appEvents = new EventEmitter();
contentsMade.on("made", (contents) => appEvents.emit("web-contents-created", {}, contents));

export const app = refusing("app", {
	isPackaged: false,
	on: (name, listener) => appEvents.on(name, listener as () => void),
	enableSandbox: () => {
		record.sandboxed = true;
	},
	setName: () => {},
	setPath: (name, path) => void record.paths.set(name, path),
	getPath: (name) => {
		const root = record.paths.get("userData") ?? "";
		return name === "userData" ? root : join(root, name);
	},
	getVersion: () => "0.0.0",
	getLocale: () => "en-GB",
	getPreferredSystemLanguages: () => [process.env["SEMAFORO_TEST_LANGUAGE"] ?? "en-GB"],
	getLoginItemSettings: () => ({ wasOpenedAtLogin: false }) as Electron.LoginItemSettings,
	requestSingleInstanceLock: () => process.env["SEMAFORO_TEST_SECOND"] === undefined,
	setAppUserModelId: (id) => {
		record.userModelId = id ?? "";
		record.order.push("model id");
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

export function appHears(name: string, ...args: unknown[]): void {
	appEvents.emit(name, ...args);
}

export const protocol = refusing("protocol", {
	registerSchemesAsPrivileged: (schemes) => {
		record.schemes = schemes;
	},
	handle: (_scheme, handler) => answerPages(handler as unknown as Parameters<typeof answerPages>[0]),
} satisfies StandIn<Electron.Protocol>);

export const session = refusing("session", {
	defaultSession: refusing("defaultSession", {
		setPermissionRequestHandler: (handler: unknown) => {
			record.permissions.request = handler;
		},
		setPermissionCheckHandler: (handler: unknown) => {
			record.permissions.check = handler;
		},
		setDevicePermissionHandler: (handler: unknown) => {
			record.permissions.device = handler;
		},
		on: () => undefined as unknown as Electron.Session,
		resolveProxy: () => Promise.resolve("DIRECT"),
		forceReloadProxyConfig: () => Promise.resolve(),
	} satisfies StandIn<Electron.Session>) as unknown as Electron.Session,
});

export const ipcMain = refusing("ipcMain", {
	handle: (channel, listener) => {
		if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
		handlers.set(channel, listener);
	},
	// electron-store offers its data to pages that ask for it; no page of ours can ask
	on: () => undefined as unknown as Electron.IpcMain,
} satisfies StandIn<Electron.IpcMain>);

class StandInTray extends EventEmitter {
	image: unknown;
	tooltip = "";
	menu: Electron.MenuItemConstructorOptions[] = [];
	draws = 0;

	constructor(image: unknown) {
		super();
		if (record.trayIsBroken) throw new Error("no place for icons");
		this.image = image;
		record.tray = this;
	}
	setImage(image: unknown): void {
		this.image = image;
		this.draws += 1;
	}
	setToolTip(text: string): void {
		this.tooltip = text;
	}
	setContextMenu(menu: { template: Electron.MenuItemConstructorOptions[] } | null): void {
		this.menu = menu?.template ?? [];
	}
	getBounds(): Electron.Rectangle {
		return { x: 1500, y: 1050, width: 24, height: 24 };
	}
	destroy(): void {
		record.tray = undefined;
	}
}

class StandInNotification extends EventEmitter {
	readonly options: Electron.NotificationConstructorOptions;
	closed = false;

	constructor(options: Electron.NotificationConstructorOptions) {
		super();
		this.options = options;
	}
	static isSupported(): boolean {
		return true;
	}
	show(): void {
		record.order.push("notification");
		record.notifications.push(this);
		if (record.notificationsFail) setImmediate(() => this.emit("failed", {}, "the system said no"));
		else setImmediate(() => this.emit("show", {}));
	}
	close(): void {
		this.closed = true;
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
	buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template }),
});

export const nativeImage = refusing("nativeImage", {
	createFromPath: (file: string) => ({ file }),
});

const themeEvents = new EventEmitter();
export const nativeTheme = refusing("nativeTheme", {
	get shouldUseDarkColorsForSystemIntegratedUI() {
		return record.dark;
	},
	on: (name, listener) => themeEvents.on(name, listener) as unknown as Electron.NativeTheme,
} satisfies StandIn<Electron.NativeTheme>);

export function themeTurns(dark: boolean): void {
	record.dark = dark;
	themeEvents.emit("updated");
}

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

export const powerEvents = new EventEmitter();
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
		record.opened.push(url);
		return Promise.resolve();
	},
} satisfies StandIn<Electron.Shell>);

export const dialog = refusing("dialog", {
	showErrorBox: (title: string, content: string) => void process.stderr.write(`${title}: ${content}\n`),
	showMessageBox: (options: Electron.MessageBoxOptions) => {
		record.asked.push(options);
		return Promise.resolve({ response: record.answer, checkboxChecked: false });
	},
});

export const clipboard = refusing("clipboard", {
	writeText: (text) => {
		record.copied = text;
	},
} satisfies StandIn<Electron.Clipboard>);

export const globalShortcut = refusing("globalShortcut", {
	unregisterAll: () => record.shortcuts.clear(),
	register: (accelerator, pressed) => {
		if (accelerator === "Taken") return false;
		record.shortcuts.set(accelerator, pressed);
		return true;
	},
} satisfies StandIn<Electron.GlobalShortcut>);

/** electron-store asks for all of it at once. */
const whole = { app, ipcMain, shell };

export { whole as default };

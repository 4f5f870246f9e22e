import type { BrowserWindowConstructorOptions, CustomScheme, IpcMainInvokeEvent, WebContents } from "electron";

/** What a host has seen of the program's dealings with Electron: the same for both hosts, and all that tests are told. */
export const seen = {
	tray: undefined as TraySeen | undefined,
	/** Whether an icon has been asked for, with success or without. */
	trayAsked: false,
	notifications: [] as NotificationSeen[],
	handlers: new Map<string, Handler>(),
	/** Who answers for `app:`. */
	pages: undefined as Pages | undefined,
	opened: [] as string[],
	/** The details of each question. */
	asked: [] as (string | undefined)[],
	copied: "",
	shortcuts: new Map<string, () => void>(),
	userModelId: "",
	sandboxed: false,
	schemes: [] as CustomScheme[],
	permissions: { request: undefined as unknown, check: undefined as unknown, device: undefined as unknown },
	/** Told of a download as the session is. */
	willDownload: undefined as ((event: { preventDefault(): void }) => void) | undefined,
	/** In which order it happened. */
	order: [] as string[],
};

/** How the system around the program behaves: a test may change it at any time. */
export const system = {
	trayFails: false,
	notificationsFail: false,
	diskIsFull: false,
	/** What people answer when they are asked: the index of a button. */
	answer: 1,
};

export interface MenuEntry {
	readonly label: string;
	readonly submenu?: readonly MenuEntry[];
	click(): void;
}

export interface TraySeen {
	/** The name of the icon's file. */
	readonly file: string;
	readonly tooltip: string;
	readonly menu: readonly MenuEntry[];
	/** How often it was drawn. */
	readonly draws: number;
	click(): void;
}

export interface NotificationSeen {
	readonly id: string;
	readonly title: string;
	readonly body: string;
	readonly silent: boolean;
	readonly closed: boolean;
	click(): void;
	act(index: number): void;
}

export interface WindowSeen {
	readonly url: string;
	readonly visible: boolean;
	readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
	/** Whether its page has been painted once. */
	readonly ready: boolean;
	/** The channel of each message to the page. */
	readonly sent: readonly string[];
	/** What the page wrote to its console as an error, and every policy it broke. */
	readonly complaints: readonly string[];
	readonly contents: WebContents;
	readonly openHandler: Parameters<WebContents["setWindowOpenHandler"]>[0] | undefined;
	blur(): void;
	evaluate(script: string): Promise<unknown>;
	clickAt(x: number, y: number): Promise<void>;
	/** By its name as browsers know it, with others before it: `Control+i`. */
	pressKey(key: string): Promise<void>;
	write(text: string): Promise<void>;
}

/** One host, as seen from inside the program's own process. */
export interface Witness {
	/** Windows that were made and not destroyed, the oldest first. */
	windows(): readonly WindowSeen[];
	/** The web preferences of every window there ever was. */
	preferences(): readonly BrowserWindowConstructorOptions["webPreferences"][];
	/** Renderers that are alive. */
	renderers(): number;
	hear(event: "second-instance" | "activate"): void;
	power(event: PowerEvent): void;
	theme(dark: boolean): void;
	logs(): string;
	/** Whether keys can be kept safely here. */
	hasKeyStore(): boolean;
}

export type PowerEvent = "suspend" | "resume" | "lock-screen" | "unlock-screen" | "on-ac" | "on-battery";

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;
type Pages = (request: Request) => Response | Promise<Response>;

/** Calls a handler as a page at that address would; what goes over is cloned, both ways. */
export async function called(channel: string, args: unknown[], sender: unknown, frame: unknown): Promise<unknown> {
	const handler = seen.handlers.get(channel);
	if (!handler) throw new Error(`No handler registered for '${channel}'`);
	const event = { sender, senderFrame: frame } as unknown as IpcMainInvokeEvent;
	return structuredClone(await handler(event, ...(structuredClone(args) as unknown[])));
}

/** Answers for a page as the handler of its scheme does. */
export async function pageFor(request: Request): Promise<Response> {
	if (!seen.pages) throw new Error("nobody answers for app:");
	return await seen.pages(request);
}

import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions, Rectangle, WebContents } from "electron";
import type { WindowSeen } from "../witness.ts";
import { type Frame, openFrame } from "./frame.ts";
import { refusing } from "./refusing.ts";

/** Every window that was made and not destroyed, the oldest first. */
export const windows: StandInWindow[] = [];
/** All options that windows were made with. */
export const optionsSeen: BrowserWindowConstructorOptions[] = [];
/** Told of each page's contents, as `web-contents-created` is. */
export const contentsMade = new EventEmitter();

class StandInWindow extends EventEmitter implements WindowSeen {
	readonly webContents: WebContents;
	readonly #contents = new StandInContents();
	url = "";
	ready = false;
	#visible = false;
	#destroyed = false;
	#bounds = { x: 0, y: 0, width: 0, height: 0 };
	frame: Frame | undefined;

	constructor(options: BrowserWindowConstructorOptions = {}) {
		super();
		optionsSeen.push(options);
		windows.push(this);
		this.#contents.frameOf = () => this.frame;
		this.webContents = refusing("webContents", this.#contents) as unknown as WebContents;
		this.#bounds = { ...this.#bounds, width: options.width ?? 800, height: options.height ?? 600 };
		contentsMade.emit("made", this.webContents);
	}

	async loadURL(url: string): Promise<void> {
		this.url = url;
		this.#contents.url = url;
		this.frame ??= await openFrame(this.webContents);
		await this.frame?.load(url);
		if (this.#destroyed) return;
		this.emit("ready-to-show");
		this.ready = true;
	}
	get contents(): WebContents {
		return this.webContents;
	}
	get sent(): readonly string[] {
		return this.#contents.sent;
	}
	get openHandler() {
		return this.#contents.openHandler;
	}
	get visible(): boolean {
		return this.isVisible();
	}
	get bounds(): Rectangle {
		return this.getBounds();
	}
	get complaints(): readonly string[] {
		return this.frame?.complaints ?? [];
	}
	blur(): void {
		this.emit("blur");
	}
	async evaluate(script: string): Promise<unknown> {
		return await this.frame?.page.evaluate(script);
	}
	clickAt(x: number, y: number): Promise<void> {
		return this.#byHand(({ mouse }) => mouse.click(x, y));
	}
	pressKey(key: string): Promise<void> {
		return this.#byHand(({ keyboard }) => keyboard.press(key));
	}
	write(text: string): Promise<void> {
		return this.#byHand(({ keyboard }) => keyboard.insertText(text));
	}
	/** A key may close its own window before it is let go. */
	async #byHand(deed: (page: Frame["page"]) => Promise<void>): Promise<void> {
		const page = this.frame?.page;
		await (page && deed(page).catch((error: unknown) => page.isClosed() || Promise.reject(error)));
	}

	show(): void {
		this.#visible = true;
	}
	hide(): void {
		this.#visible = false;
	}
	focus(): void {}
	isVisible(): boolean {
		return this.#visible && !this.#destroyed;
	}
	isDestroyed(): boolean {
		return this.#destroyed;
	}
	isMinimized(): boolean {
		return false;
	}
	getBounds() {
		return this.#bounds;
	}
	setBounds(bounds: Partial<Rectangle>): void {
		this.#bounds = { ...this.#bounds, ...bounds };
	}
	close(): void {
		this.destroy();
	}
	destroy(): void {
		if (this.#destroyed) return;
		this.#destroyed = true;
		this.#contents.destroyed = true;
		windows.splice(windows.indexOf(this), 1);
		void this.frame?.close();
		this.emit("closed");
	}
}

class StandInContents extends EventEmitter {
	url = "";
	destroyed = false;
	openHandler: Parameters<WebContents["setWindowOpenHandler"]>[0] | undefined;
	readonly sent: string[] = [];
	frameOf: () => Frame | undefined = () => undefined;

	isDestroyed(): boolean {
		return this.destroyed;
	}
	setWindowOpenHandler(handler: Parameters<WebContents["setWindowOpenHandler"]>[0]): void {
		this.openHandler = handler;
	}
	send(channel: string, payload: unknown): void {
		// what cannot be cloned would fail in Electron too
		const copy = structuredClone(payload);
		this.sent.push(channel);
		void this.frameOf()?.receive(channel, copy);
	}
}

/** Made with `new`, as Electron's own; what it lacks it names. */
export const BrowserWindow = new Proxy(StandInWindow, {
	construct: (target, args: [BrowserWindowConstructorOptions?]) => refusing("BrowserWindow", new target(...args)),
});

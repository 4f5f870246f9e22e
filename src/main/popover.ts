import type { BrowserWindowConstructorOptions } from "electron";
import { type CreateWindow, type PageWindow, pageOptions, pageUrl } from "./page-window.ts";
import { type Box, popoverPosition } from "./position.ts";

export interface PopoverParts {
	create: CreateWindow;
	readonly preload: string;
	/** Where the icon is; all zeros where the system does not say. */
	iconBounds(): Box;
	displayAt(box: Box): { readonly bounds: Box; readonly workArea: Box };
	/** False on Wayland, where no program may say where its windows go. */
	readonly canPlace: boolean;
	/** A small window like any other: it stays when it loses the focus, and has a frame. */
	asWindow(): boolean;
	readonly title: string;
	now(): number;
	onShown(window: PageWindow): void;
}

const WIDTH = 380;
const FIRST_HEIGHT = 480;
const LEAST_HEIGHT = 160;
/** A click on the icon takes the focus away first: it means "close", not "open again". */
const BLUR_GRACE_MS = 300;
/** After this time hidden there is no renderer any more. */
const KEPT_HIDDEN_MS = 2 * 60_000;

/** The small window under the icon: made when it is first wanted, and gone a while after nobody wants it. */
export class Popover {
	readonly #parts: PopoverParts;
	#window: PageWindow | undefined;
	#isWindow = false;
	#height = FIRST_HEIGHT;
	#blurredAt = Number.NEGATIVE_INFINITY;
	#goodbye: NodeJS.Timeout | undefined;

	constructor(parts: PopoverParts) {
		this.#parts = parts;
	}

	/** The window, while it is there to be seen. */
	get shown(): PageWindow | undefined {
		return this.#window?.isVisible() ? this.#window : undefined;
	}

	toggle(): void {
		if (this.shown && !this.#isWindow) this.hide();
		else if (this.#parts.now() - this.#blurredAt >= BLUR_GRACE_MS) this.show();
	}

	show(): void {
		clearTimeout(this.#goodbye);
		if (this.#window) this.#present(this.#window);
		else this.#window = this.#create();
	}

	hide(): void {
		if (!this.#window) return;
		this.#window.hide();
		clearTimeout(this.#goodbye);
		this.#goodbye = setTimeout(() => this.end(), KEPT_HIDDEN_MS);
		this.#goodbye.unref();
	}

	/** Takes the height that the page needs. */
	fit(height: number): void {
		this.#height = Math.max(LEAST_HEIGHT, Math.round(height));
		if (this.#window) this.#place(this.#window);
	}

	/** Takes on what people chose anew: at once where the page is shown as it should be, or else when it is shown next. */
	renew(): void {
		if (!this.shown || this.#isWindow !== this.#parts.asWindow()) this.end();
	}

	isOf(contents: PageWindow["webContents"]): boolean {
		return this.#window?.webContents === contents;
	}

	/** Destroys the window with its renderer. */
	end(): void {
		clearTimeout(this.#goodbye);
		this.#window?.destroy();
		this.#window = undefined;
	}

	#create(): PageWindow {
		const { create, preload, title } = this.#parts;
		const asWindow = this.#parts.asWindow();
		this.#isWindow = asWindow;
		const look: BrowserWindowConstructorOptions = asWindow
			? { autoHideMenuBar: true, maximizable: false }
			: { frame: false, skipTaskbar: true, alwaysOnTop: true, minimizable: false, fullscreenable: false };
		const window = create(
			pageOptions(preload, { ...look, title, width: WIDTH, height: this.#height, resizable: asWindow }),
		);
		window.on("ready-to-show", () => this.#present(window));
		window.on("closed", () => {
			if (this.#window === window) this.#window = undefined;
		});
		if (!asWindow) window.on("blur", () => this.#blurred());
		void window.loadURL(pageUrl("popover"));
		return window;
	}

	#blurred(): void {
		this.#blurredAt = this.#parts.now();
		this.hide();
	}

	#present(window: PageWindow): void {
		this.#place(window);
		if (window.isMinimized()) window.restore();
		window.show();
		window.focus();
		this.#parts.onShown(window);
	}

	#place(window: PageWindow): void {
		const icon = this.#parts.iconBounds();
		const display = this.#parts.displayAt(icon);
		const size = { width: WIDTH, height: Math.min(this.#height, display.workArea.height) };
		const free = !this.#parts.canPlace || this.#isWindow;
		window.setBounds(free ? size : { ...popoverPosition({ icon, size, display }), ...size });
	}
}

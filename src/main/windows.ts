import type { About, WindowName } from "../ipc/contract.ts";
import { type CreateWindow, type PageWindow, pageOptions, pageUrl } from "./page-window.ts";

export interface WindowsParts {
	create: CreateWindow;
	readonly preload: string;
	title(name: WindowName): string;
	onShown(window: PageWindow): void;
}

const SIZES: Readonly<Record<WindowName, { readonly width: number; readonly height: number }>> = {
	details: { width: 860, height: 680 },
	settings: { width: 760, height: 640 },
	welcome: { width: 620, height: 640 },
	diagnosis: { width: 620, height: 640 },
};

/** The windows beside the popover: at most one of each, made when it is first wanted. */
export class Windows {
	readonly #parts: WindowsParts;
	readonly #open = new Map<WindowName, PageWindow>();

	constructor(parts: WindowsParts) {
		this.#parts = parts;
	}

	/** Shows a window in front; one that is open turns to what it is to be about now. */
	open(name: WindowName, about?: About): PageWindow {
		const open = this.#open.get(name);
		const window = open ?? this.#create(name);
		if (!open || about) void window.loadURL(pageUrl(name, about));
		if (open) this.#present(open);
		return window;
	}

	/** All that are open. */
	all(): readonly PageWindow[] {
		return [...this.#open.values()];
	}

	/** Those that are there to be seen. */
	shown(): readonly PageWindow[] {
		return this.all().filter((window) => window.isVisible());
	}

	/** Closes the window that this page is in. */
	close(contents: PageWindow["webContents"]): void {
		for (const window of this.#open.values()) if (window.webContents === contents) window.close();
	}

	#create(name: WindowName): PageWindow {
		const { create, preload, title } = this.#parts;
		const window = create(
			pageOptions(preload, {
				...SIZES[name],
				minWidth: 420,
				minHeight: 360,
				title: title(name),
				autoHideMenuBar: true,
			}),
		);
		this.#open.set(name, window);
		window.on("closed", () => this.#open.delete(name));
		window.on("ready-to-show", () => this.#present(window));
		return window;
	}

	#present(window: PageWindow): void {
		if (window.isMinimized()) window.restore();
		window.show();
		window.focus();
		this.#parts.onShown(window);
	}
}

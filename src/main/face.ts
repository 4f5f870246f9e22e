import { join } from "node:path";
import type * as Electron from "electron";
import type { Snapshot } from "../core/snapshot.ts";
import type { Clock } from "../engine/ports.ts";
import type { About, EventName, Events, WindowName } from "../ipc/contract.ts";
import type { AppSettings } from "../ipc/settings.ts";
import type { Words } from "../words/words.ts";
import type { PageWindow } from "./page-window.ts";
import { createPainter } from "./painter.ts";
import { Popover } from "./popover.ts";
import type { Box } from "./position.ts";
import { tell } from "./serve.ts";
import { Theme } from "./theme.ts";
import { TrayFace } from "./tray.ts";
import type { TrayActs } from "./tray-menu.ts";
import type { Troubles } from "./troubles.ts";
import { Windows } from "./windows.ts";

export interface FaceParts {
	readonly electron: Pick<
		typeof Electron,
		"BrowserWindow" | "Tray" | "Menu" | "nativeImage" | "nativeTheme" | "screen"
	>;
	readonly process: Pick<NodeJS.Process, "platform" | "env">;
	readonly preload: string;
	/** The folder of the tray's icons. */
	readonly icons: string;
	/** Whether this desktop has a place for icons. */
	readonly hasTray: boolean;
	readonly troubles: Troubles;
	readonly clock: Clock;
	readonly acts: Pick<TrayActs, "checkNow" | "wish" | "quit">;
	snapshot(): Snapshot;
	words(): Words;
}

/** All that is seen: the icon, the popover and the windows, each a picture of the one Snapshot. */
export class Face {
	readonly popover: Popover;
	readonly windows: Windows;
	readonly #parts: FaceParts;
	readonly #tray: TrayFace;
	readonly #painter: ReturnType<typeof createPainter>;
	readonly #theme: Theme;
	#windowMode: AppSettings["windowMode"] = "popover";

	constructor(parts: FaceParts) {
		this.#parts = parts;
		this.#theme = new Theme(parts.electron.nativeTheme, parts.process.platform);
		this.#painter = createPainter(parts.clock, () => this.paint());
		this.#tray = this.#createTray();
		const { electron, process, preload, hasTray, words, snapshot } = parts;
		const pages = {
			create: (options: Electron.BrowserWindowConstructorOptions) => new electron.BrowserWindow(options),
			preload,
			onShown: ({ webContents }: PageWindow) => tell(webContents, "snapshot", snapshot()),
		};
		this.windows = new Windows({ ...pages, title: (name) => words().t(`app.window.${name}`) });
		this.popover = new Popover({
			...pages,
			iconBounds: () => this.#tray.bounds(),
			displayAt: (icon) => this.#displayAt(icon),
			canPlace: process.env["XDG_SESSION_TYPE"] !== "wayland",
			asWindow: () => !hasTray || this.#windowMode === "window",
			title: "Semaforo",
			now: () => performance.now(),
		});
	}

	/** Something has changed: it is drawn soon. */
	changed(): void {
		this.#painter.changed();
	}

	/** Draws the icon, and tells those pages that somebody may be looking at. */
	paint(): void {
		const snapshot = this.#parts.snapshot();
		if (this.#parts.hasTray) this.#tray.show(snapshot);
		this.tell("snapshot", snapshot);
	}

	/** Draws everything again: theme, displays or language changed, or the computer woke. */
	refresh(): void {
		this.#tray.refresh();
	}

	/** Takes on what people chose for all that is seen. */
	turnTo({ theme, windowMode }: Pick<AppSettings, "theme" | "windowMode">): void {
		this.#theme.turnTo(theme);
		this.#windowMode = windowMode;
		this.popover.renew();
		this.refresh();
	}

	/** Tells those pages that somebody may be looking at; of settings all of them, since nobody tells them again. */
	tell<E extends EventName>(event: E, payload: Events[E]): void {
		const { shown } = this.popover;
		const windows = event === "settings" ? this.windows.all() : this.windows.shown();
		for (const { webContents } of [...(shown ? [shown] : []), ...windows]) tell(webContents, event, payload);
	}

	open(name: WindowName, about?: About): void {
		this.windows.open(name, about);
	}

	end(): void {
		this.#painter.end();
		this.popover.end();
		this.#tray.end();
	}

	#createTray(): TrayFace {
		const { electron, process, icons, words, troubles, acts } = this.#parts;
		return new TrayFace({
			create: (image) => new electron.Tray(image),
			image: (file) => electron.nativeImage.createFromPath(join(icons, file)),
			menu: (template) => electron.Menu.buildFromTemplate(template),
			look: () => ({
				platform: process.platform,
				dark: this.#theme.barIsDark,
			}),
			words,
			acts: {
				...acts,
				show: () => this.popover.show(),
				open: (name, about) => this.open(name, about),
				now: () => this.#parts.clock.now(),
			},
			onClick: () => this.popover.toggle(),
			onTrouble: (error) => troubles.note("tray", error),
			onDrawn: () => troubles.over("tray"),
		});
	}

	/** Where the icon is; where nobody knows, where the pointer is. */
	#displayAt(icon: Box): { readonly bounds: Box; readonly workArea: Box } {
		const { screen } = this.#parts.electron;
		return icon.width > 0
			? screen.getDisplayMatching(icon)
			: screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
	}
}

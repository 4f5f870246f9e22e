import type { Menu, NativeImage, Tray } from "electron";
import { plainLine } from "../core/failure.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { headline } from "../words/headline.ts";
import type { Words } from "../words/words.ts";
import { type IconLook, iconFile, trayIcon } from "./tray-icon.ts";
import { type TrayActs, trayMenu } from "./tray-menu.ts";

/** What the icon needs of Electron. */
export interface TrayParts {
	/** The icon, made anew where the desktop lost it. May throw where there is no place for icons. */
	create(image: NativeImage): Pick<Tray, "setImage" | "setToolTip" | "setContextMenu" | "on" | "getBounds" | "destroy">;
	image(file: string): NativeImage;
	menu(template: ReturnType<typeof trayMenu>): Menu;
	look(): IconLook;
	words(): Words;
	readonly acts: TrayActs;
	/** A click on the icon, where the desktop tells of it. */
	onClick(): void;
	onTrouble(error: unknown): void;
	/** It has been drawn. */
	onDrawn(): void;
}

/** What Windows cuts a tooltip at, less its end mark. */
const TOOLTIP_LIMIT = 120;

/** The icon beside the clock. It always has a menu: on Linux a click may never be told. */
export class TrayFace {
	readonly #parts: TrayParts;
	#tray: ReturnType<TrayParts["create"]> | undefined;
	#snapshot: Snapshot | undefined;
	#shown = "";

	constructor(parts: TrayParts) {
		this.#parts = parts;
	}

	/** False where this desktop has no place for icons. */
	get isShown(): boolean {
		return this.#tray !== undefined;
	}

	/** All zeros where the system does not say. */
	bounds(): ReturnType<Tray["getBounds"]> {
		return this.#tray?.getBounds() ?? { x: 0, y: 0, width: 0, height: 0 };
	}

	/** Draws what has changed, and nothing where nothing has. */
	show(snapshot: Snapshot): void {
		this.#snapshot = snapshot;
		const { parts, file, tooltip, template } = this.#picture(snapshot);
		const shown = JSON.stringify([file, tooltip, template]);
		if (shown === this.#shown) return;
		try {
			this.#tray ??= this.#create(file);
			this.#tray.setImage(parts.image(file));
			this.#tray.setToolTip(tooltip);
			this.#tray.setContextMenu(parts.menu(template));
			this.#shown = shown;
			parts.onDrawn();
		} catch (error) {
			parts.onTrouble(error);
		}
	}

	/** Draws everything again: the theme, the displays or the language changed, or the computer woke. */
	refresh(): void {
		this.#shown = "";
		if (this.#snapshot) this.show(this.#snapshot);
	}

	end(): void {
		this.#tray?.destroy();
		this.#tray = undefined;
	}

	#picture(snapshot: Snapshot) {
		const parts = this.#parts;
		const words = parts.words();
		return {
			parts,
			file: iconFile(trayIcon(snapshot), parts.look()),
			tooltip: plainLine(headline(snapshot, words), TOOLTIP_LIMIT),
			template: trayMenu(snapshot, words, parts.acts),
		};
	}

	#create(file: string): ReturnType<TrayParts["create"]> {
		const tray = this.#parts.create(this.#parts.image(file));
		tray.on("click", () => this.#parts.onClick());
		return tray;
	}
}

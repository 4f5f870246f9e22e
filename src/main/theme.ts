import type { NativeTheme } from "electron";
import type { AppSettings } from "../ipc/settings.ts";

type Source = Pick<NativeTheme, "themeSource" | "shouldUseDarkColors" | "shouldUseDarkColorsForSystemIntegratedUI">;

/** The look that people chose for the windows. The bar that the icon stands on keeps the system's. */
export class Theme {
	readonly #source: Source;
	readonly #platform: NodeJS.Platform;
	#systemIsDark = false;

	constructor(source: Source, platform: NodeJS.Platform) {
		this.#source = source;
		this.#platform = platform;
	}

	turnTo(choice: AppSettings["theme"]): void {
		if (this.#source.themeSource === choice) return;
		// while another look is forced, Linux tells nothing of its own
		this.#source.themeSource = "system";
		this.#systemIsDark = this.#source.shouldUseDarkColors;
		this.#source.themeSource = choice;
	}

	/** Whether the bar is dark. On Linux, while people chose a look, as it was when they did. */
	get barIsDark(): boolean {
		if (this.#platform !== "linux") return this.#source.shouldUseDarkColorsForSystemIntegratedUI;
		return this.#source.themeSource === "system" ? this.#source.shouldUseDarkColors : this.#systemIsDark;
	}
}

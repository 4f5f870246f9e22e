import type * as Electron from "electron";
import { onNetworkChange } from "../io/interfaces.ts";
import { isMetered } from "./metered.ts";
import { type PowerListener, watchPower } from "./power.ts";

/** What the app hears from the system around it. */
export interface SystemListener extends PowerListener {
	/** Somebody started the app again, or clicked it in the dock. */
	show(): void;
	/** Theme or displays changed. */
	looksChanged(): void;
	networkChanged(): void;
	/** Told at once, and after each change: whether the line is paid by what goes over it. */
	line(metered: boolean): void;
	/** Once, before the app ends; what it promises is waited for. */
	ending(): Promise<void>;
}

type Source = Pick<typeof Electron, "app" | "nativeTheme" | "screen" | "powerMonitor">;

/** Listens to everything until the app ends. */
export function hearSystem(
	{ app, nativeTheme, screen, powerMonitor }: Source,
	platform: NodeJS.Platform,
	listener: SystemListener,
): void {
	app.on("second-instance", () => listener.show());
	app.on("activate", () => listener.show());
	nativeTheme.on("updated", () => listener.looksChanged());
	for (const change of ["display-added", "display-removed", "display-metrics-changed"] as const) {
		// each name is an overload of its own
		screen.on(change as "display-added", () => listener.looksChanged());
	}
	const askOfLine = () => void isMetered(platform).then((metered) => listener.line(metered));
	askOfLine();
	const networkChanged = () => {
		listener.networkChanged();
		askOfLine();
	};
	const ends = [watchPower(powerMonitor, listener), onNetworkChange(networkChanged)];
	let ended = false;
	app.on("before-quit", (event) => {
		if (ended) return;
		event.preventDefault();
		for (const end of ends.splice(0)) end();
		void listener.ending().finally(() => {
			ended = true;
			app.quit();
		});
	});
}

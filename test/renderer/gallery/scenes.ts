import type { LayerReport } from "../../../src/core/diagnosis-layers.ts";
import type { Calls } from "../../../src/ipc/contract.ts";
import { DETAILS } from "./details.ts";
import { DIAGNOSIS } from "./diagnosis.ts";
import { POPOVER } from "./popover.ts";
import { SETTINGS } from "./settings.ts";
import type { Given } from "./states.ts";
import { WELCOME } from "./welcome.ts";

/** What a window finds when it opens. */
export interface WindowScene {
	readonly given: Given;
	/** What calls are answered with, whatever they ask; a call that is not named here has no answer. */
	readonly answers?: Answers;
	/** What is told of a diagnosis as soon as one begins. */
	readonly layers?: readonly LayerReport[];
	/** What the window is about, as its address says it: `service=x`. */
	readonly about?: string;
}

/** Survives JSON: it is written into the page. */
export type Answers = { readonly [C in keyof Calls]?: ReturnType<Calls[C]> };

export type Scenes = Readonly<Record<string, () => WindowScene>>;

/** Every window there is, and all that it is shown with. */
export const SCENES = {
	popover: POPOVER,
	details: DETAILS,
	settings: SETTINGS,
	welcome: WELCOME,
	diagnosis: DIAGNOSIS,
} satisfies Record<string, Scenes>;

export type WindowPage = keyof typeof SCENES;

/** The scene of that name; a window's first where it has none so called. */
export function sceneOf(window: WindowPage, name: string): WindowScene {
	const scenes: Scenes = SCENES[window];
	const scene = scenes[name] ?? Object.values(scenes)[0];
	if (!scene) throw new Error(`expected scenes for the window ${window}, got none`);
	return scene();
}

/** As the app sizes them, in CSS pixels. */
export const SIZES: Readonly<Record<WindowPage, { readonly width: number; readonly height: number }>> = {
	popover: { width: 380, height: 600 },
	details: { width: 860, height: 680 },
	settings: { width: 760, height: 640 },
	welcome: { width: 620, height: 640 },
	diagnosis: { width: 620, height: 640 },
};

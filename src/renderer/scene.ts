import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Time } from "../core/model.ts";
import type { Bridge } from "../ipc/contract.ts";
import type { Names } from "../words/names.ts";
import type { Moment } from "../words/outage.ts";
import type { Words } from "../words/words.ts";

/** What every part of a window needs to say something or to ask for something. */
export interface Scene {
	readonly bridge: Bridge;
	readonly words: Words;
	readonly names: Names;
	readonly now: Time;
	/** A moment in the words of the user's region. */
	readonly momentOf: (at: Time) => Moment;
	/** Lets a screen reader say it, when it has nothing better to do. */
	readonly announce: (text: string) => void;
}

export const SceneContext = createContext<Scene | undefined>(undefined);

export function useScene(): Scene {
	const scene = useContext(SceneContext);
	if (!scene) throw new Error("expected a scene around every part of a window");
	return scene;
}

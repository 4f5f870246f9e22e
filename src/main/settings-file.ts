import { copyFileSync, existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import Store from "electron-store";
import type { KeyShelf } from "./keys.ts";
import type { Kept } from "./settings-store.ts";

const NAME = "settings";

/** Where the user's choices are, in their folder. */
export const SETTINGS_FILE = `${NAME}.json`;

/** The user's choices in `settings.json` of a folder. A file that is no JSON is set aside at once. */
export function openSettingsFile(folder: string, now: () => number, onTrouble: (error: unknown) => void): Kept {
	const file = join(folder, SETTINGS_FILE);
	const aside = () => join(folder, `${NAME}.damaged-${now()}.json`);
	const open = () => new Store({ name: NAME, cwd: folder, accessPropertiesByDotNotation: false });
	const existed = existsSync(file);
	let store: ReturnType<typeof open>;
	try {
		store = open();
	} catch (error) {
		renameSync(file, aside());
		onTrouble(error);
		store = open();
	}
	return {
		read: () => (existed && store.size > 0 ? store.store : undefined),
		write(choices) {
			store.store = { ...choices };
		},
		setAside: () => copyFileSync(file, aside()),
	};
}

/** Locked keys in `keys.json` of a folder. What cannot be read is no key any more: it is begun anew. */
export function openKeyShelf(folder: string): KeyShelf {
	const store = new Store({ name: "keys", cwd: folder, clearInvalidConfig: true });
	return {
		read: () => store.store,
		write(locked) {
			store.store = { ...locked };
		},
	};
}

import { useLayoutEffect } from "preact/hooks";

const APPLE = /^Mac/.test(navigator.platform);

/** What a key asks for anywhere in a window: `Escape`, or `mod+r` for Ctrl+R, which is ⌘R on a Mac. */
export type Keys = Readonly<Record<string, () => void>>;

/** Hears keys wherever the focus is. Letters alone ask for nothing: who dictates would set things off. */
export function useKeys(keys: Keys): void {
	// before the next key: what it asks for depends on what is open
	useLayoutEffect(() => {
		const hear = (event: KeyboardEvent) => {
			const { key, ctrlKey, metaKey, altKey } = event;
			const act = altKey ? undefined : keys[(APPLE ? metaKey : ctrlKey) ? `mod+${key.toLowerCase()}` : key];
			if (!act) return;
			event.preventDefault();
			act();
		};
		document.addEventListener("keydown", hear);
		return () => document.removeEventListener("keydown", hear);
	});
}

import { useEffect } from "preact/hooks";

/** Ctrl+Z, or ⌘Z, takes the last change back; in a field it takes back what was typed, as everywhere. */
export function useUndoKey(undo: () => void): void {
	useEffect(() => {
		const hear = (event: KeyboardEvent) => {
			const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event;
			if (key.toLowerCase() !== "z" || !(ctrlKey || metaKey) || shiftKey || altKey || isField(target)) return;
			event.preventDefault();
			undo();
		};
		document.addEventListener("keydown", hear);
		return () => document.removeEventListener("keydown", hear);
	});
}

function isField(target: EventTarget | null): boolean {
	return target instanceof HTMLInputElement && target.type !== "checkbox" && target.type !== "radio";
}

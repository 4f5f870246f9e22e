import type { GlobalShortcut } from "electron";

/** One shortcut from anywhere, or none where it is empty. Throws where another program has it, or nobody can press it. */
export function setShortcut(
	shortcuts: Pick<GlobalShortcut, "register" | "unregisterAll">,
	accelerator: string,
	pressed: () => void,
): void {
	shortcuts.unregisterAll();
	if (accelerator === "") return;
	let registered = false;
	try {
		registered = shortcuts.register(accelerator, pressed);
	} catch {
		// Electron throws at what it cannot read
	}
	if (!registered) throw new Error(`${accelerator} cannot be used: another program has it, or it is no shortcut`);
}

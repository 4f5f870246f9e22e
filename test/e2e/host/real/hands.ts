import type { WebContents } from "electron";
import type { WindowSeen } from "../witness.ts";

/** Input as it comes from the system, by Electron's own names; it goes nowhere without the focus. */
export function handsOn(contents: WebContents): Pick<WindowSeen, "clickAt" | "pressKey" | "write"> {
	return {
		async clickAt(x, y) {
			contents.focus();
			const at = { x, y, button: "left", clickCount: 1 } as const;
			for (const type of ["mouseMove", "mouseDown", "mouseUp"] as const) contents.sendInputEvent({ type, ...at });
		},
		async pressKey(key) {
			contents.focus();
			const [name = "", ...held] = key.split("+").reverse();
			const keyCode = name.replace(/^Arrow/, "");
			const modifiers = held.map((each) => each.toLowerCase() as "control");
			contents.sendInputEvent({ type: "keyDown", keyCode, modifiers });
			if (keyCode.length === 1 && held.length === 0) contents.sendInputEvent({ type: "char", keyCode });
			contents.sendInputEvent({ type: "keyUp", keyCode, modifiers });
		},
		write: (text) => contents.insertText(text),
	};
}

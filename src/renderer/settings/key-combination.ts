import type { AppHealth } from "../../ipc/answers.ts";

type Platform = AppHealth["platform"];
type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">;

/** What a press says so far: a whole combination, keys that wait for one more, or a key that needs another beside it. */
export type Press =
	| { readonly kind: "whole"; readonly accelerator: string }
	| { readonly kind: "begun" }
	| { readonly kind: "bare" };

/** The keys that have names of their own, by their place on the keyboard, as Electron calls them. */
const NAMED: Readonly<Record<string, string>> = {
	Space: "Space",
	Enter: "Return",
	ArrowUp: "Up",
	ArrowDown: "Down",
	ArrowLeft: "Left",
	ArrowRight: "Right",
	Home: "Home",
	End: "End",
	PageUp: "PageUp",
	PageDown: "PageDown",
	Insert: "Insert",
	Delete: "Delete",
	Minus: "-",
	Equal: "=",
	Comma: ",",
	Period: ".",
	Slash: "/",
	Semicolon: ";",
	Quote: "'",
	BracketLeft: "[",
	BracketRight: "]",
	Backslash: "\\",
	Backquote: "`",
};

/** A press as Electron writes it: `Control+Alt+S`. Shift alone types, so it needs another key beside it; function keys need none. */
export function pressOf(pressed: Pressed, platform: Platform): Press {
	const { ctrlKey, altKey, shiftKey, metaKey } = pressed;
	const key = keyOf(pressed);
	if (key === undefined) return { kind: "begun" };
	const held = [
		...(ctrlKey ? ["Control"] : []),
		...(altKey ? ["Alt"] : []),
		...(shiftKey ? ["Shift"] : []),
		...(metaKey ? [platform === "macos" ? "Command" : "Super"] : []),
	];
	const isBare = !ctrlKey && !altKey && !metaKey && !/^F\d+$/.test(key);
	return isBare ? { kind: "bare" } : { kind: "whole", accelerator: [...held, key].join("+") };
}

/** Letters and digits by what is written on them, the rest by its place. `undefined` for a key that is only held. */
function keyOf({ key, code }: Pressed): string | undefined {
	if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
	const [, letter] = /^(?:Key|Digit)(.)$/.exec(code) ?? [];
	if (letter !== undefined) return letter;
	return /^F([1-9]|1\d|2[0-4])$/.test(code) ? code : NAMED[code];
}

const SHOWN: Readonly<Record<string, string>> = {
	Control: "Ctrl",
	CommandOrControl: "Ctrl",
	Up: "↑",
	Down: "↓",
	Left: "←",
	Right: "→",
	Return: "↵",
};
const NAMES_OF: Readonly<Record<Platform, Readonly<Record<string, string>>>> = {
	macos: { Control: "⌃", Alt: "⌥", Shift: "⇧", Command: "⌘", CommandOrControl: "⌘" },
	windows: { Super: "Win" },
	linux: {},
};

/** A combination as this system's people read it: `Ctrl+Alt+S`, or `⌃⌥S`. */
export function combinationText(accelerator: string, platform: Platform): string {
	const names = { ...SHOWN, ...NAMES_OF[platform] };
	const keys = accelerator.split("+").map((key) => names[key] ?? key);
	return keys.join(platform === "macos" ? "" : "+");
}

import type { Words } from "../../words/words.ts";

const APPLE = /^Mac/.test(navigator.platform);

/** What can be done from anywhere in the window. */
export type Deed = "search" | "check" | "me" | "settings" | "help" | "leave" | "close";

const DEEDS: Readonly<Record<string, Deed>> = {
	"mod+f": "search",
	"mod+r": "check",
	"mod+i": "me",
	"mod+,": "settings",
	"mod+w": "close",
	F1: "help",
	Escape: "leave",
};

/** What a key asks for anywhere. Letters alone ask for nothing: who dictates would set things off. */
export function deedOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): Deed | undefined {
	if (altKey) return undefined;
	return DEEDS[(APPLE ? metaKey : ctrlKey) ? `mod+${key.toLowerCase()}` : key];
}

/** The letter that was pressed, alone. */
export function letterOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string | undefined {
	return !(ctrlKey || metaKey || altKey) && /^[a-z]$/.test(key) ? key : undefined;
}

/** A letter in a card or an unfolded row presses the button, or unfolds the part, that carries it as `data-key`. */
export function pressKeyed(event: KeyboardEvent): void {
	const key = letterOf(event);
	if (!key) return;
	const wanted = (event.currentTarget as Element).querySelector<HTMLElement>(
		key === "w" ? ".why-asked" : `[data-key="${key}"]`,
	);
	if (!wanted) return;
	event.preventDefault();
	wanted.focus();
	wanted.click();
}

/** Moves the focus to the next or the previous row, from wherever it is. */
export function moveFocus(event: KeyboardEvent): void {
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
	const rows = [...document.querySelectorAll<HTMLElement>(".row-head, .why-asked")];
	const { activeElement } = document;
	const at = rows.findLastIndex((row) => row === activeElement || isBefore(row, activeElement));
	const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
	if (!next) return;
	event.preventDefault();
	next.focus();
}

function isBefore(row: Element, focused: Element | null): boolean {
	return (
		focused !== null &&
		focused !== document.body &&
		(row.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
	);
}

/** Every key and what it does, for people to read. */
export function keyList(
	words: Words,
): readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] {
	const mod = APPLE ? "⌘" : "Ctrl ";
	return [
		{
			title: words.t("window.keys.anywhere"),
			keys: [
				[`${mod}I`, words.t("window.action.me")],
				[`${mod}R`, words.t("window.action.check")],
				[`${mod}F`, words.t("window.action.search")],
				[`${mod},`, words.t("window.action.settings")],
				["F1", words.t("window.action.help")],
				["↑ ↓", words.t("window.keys.move")],
				["Esc", words.t("window.keys.leave")],
			],
		},
		{
			title: words.t("window.keys.onCard"),
			keys: [
				["W", words.t("window.card.why")],
				["M", words.t("window.action.mute")],
				["B", words.t("window.action.back")],
				["C", words.t("window.action.copy")],
				["O", words.t("window.action.page")],
				["D", words.t("window.action.details")],
			],
		},
	];
}

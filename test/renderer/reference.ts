import type { Page } from "playwright";
import { blockFont } from "./block-font.ts";
import { fromAfar, type Picture, readPng, strayPixels } from "./picture.ts";

/** Pixels of the window to one of the picture, each way. */
const CELL = 8;
/** How far a box may be from where it was, px: another version of the browser rounds differently. */
const BOX_PX = 1;
/** How far the colour of a cell may be from what it was, of 255, and how many cells may be further: edges are smoothed differently. */
const COLOUR = 12;
const STRAY_CELLS = 6;

/** Gives the page letters that measure the same everywhere, and waits until it stands still. */
export async function inBlocks(page: Page): Promise<void> {
	await page.evaluate(
		async (font) => {
			const face = new FontFace("Blocks", Uint8Array.from(font).buffer, { weight: "100 900" });
			document.fonts.add(await face.load());
			document.documentElement.style.setProperty("--font", "Blocks");
			await document.fonts.ready;
			for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
		},
		[...blockFont()],
	);
}

/** Everything that can be seen, a line for each: what it is, its left, top, width and height in px, and its own text. */
export async function outline(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const lines: string[] = [];
		const own = (element: Element) =>
			[...element.childNodes]
				.flatMap((node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? "").trim() : []))
				.join(" ")
				.trim();
		for (const element of document.body.querySelectorAll("*")) {
			if (element.closest("svg") !== element && element.closest("svg")) continue;
			const { left, top, width, height, right, bottom } = element.getBoundingClientRect();
			const isSeen = width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
			if (!isSeen || element.closest(".unseen") || !element.checkVisibility()) continue;
			const text = own(element) || element.getAttribute("aria-label") || "";
			// what only holds others moves with them
			if (
				text === "" &&
				!/^(?:svg|button|summary|input|progress|header|main|footer|article|section|li)$/i.test(element.tagName)
			)
				continue;
			const name = [element.tagName.toLowerCase(), ...element.classList].join(".");
			const box = [left, top, width, height].map(Math.round).join(" ");
			lines.push([name, box, ...(text === "" ? [] : [text])].join(" | "));
		}
		return lines;
	});
}

/** Where two outlines differ, as lines to read; none where nothing has moved, come or gone. */
export function movedIn(reference: readonly string[], now: readonly string[]): string[] {
	const found: string[] = [];
	for (let at = 0; at < Math.max(reference.length, now.length) && found.length < 10; at += 1) {
		const [before = "nothing", after = "nothing"] = [reference[at], now[at]];
		if (!isSame(before, after)) found.push(`${at + 1}: ${before}  →  ${after}`);
	}
	return found;
}

function isSame(before: string, after: string): boolean {
	const [name, box = "", text] = before.split(" | ");
	const [nameNow, boxNow = "", textNow] = after.split(" | ");
	const sides = boxNow.split(" ").map(Number);
	const near = box.split(" ").every((side, at) => Math.abs(Number(side) - (sides[at] ?? Number.NaN)) <= BOX_PX);
	return name === nameNow && text === textNow && near;
}

/** The window from afar: a picture of which each pixel is the mean colour of a cell. */
export async function seenFromAfar(page: Page): Promise<Picture> {
	return fromAfar(readPng(await page.screenshot({ animations: "disabled" })), CELL);
}

/** Waits until all charts have been drawn. */
export async function chartsDrawn(page: Page): Promise<void> {
	await page.waitForFunction(() =>
		[...document.querySelectorAll(".chart")].every((room) => room.querySelector("canvas") !== null),
	);
}

/** The same where charts are drawn, some frames after everything else, once two looks in a row agree. */
export async function seenAtRest(page: Page): Promise<Picture> {
	let seen = await seenFromAfar(page);
	if ((await page.locator("canvas").count()) === 0) return seen;
	for (let look = 0; look < 20; look += 1) {
		await page.waitForTimeout(50);
		const again = await seenFromAfar(page);
		if (look > 0 && strayPixels(seen, again, COLOUR) === 0) return again;
		seen = again;
	}
	return seen;
}

/** What is painted otherwise, as a line to read; absent where nothing is. */
export function paintedOtherwise(reference: Picture, now: Picture): string | undefined {
	const stray = strayPixels(reference, now, COLOUR);
	return stray > STRAY_CELLS ? `${stray} cells of ${CELL} × ${CELL} px have other colours` : undefined;
}

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, parse } from "node:path";
import type { Page } from "playwright";
import { describe, expect, test } from "vitest";
import { SCENES, type WindowPage } from "./gallery/scenes.ts";
import { type Picture, readPng, stacked, writePng } from "./picture.ts";
import { chartsDrawn, inBlocks, movedIn, outline, paintedOtherwise, seenAtRest, seenFromAfar } from "./reference.ts";
import { HAS_CHROMIUM, type OpenPage, theatre } from "./stage.ts";

const FOLDER = join(import.meta.dirname, "references");
/** `REFERENCES=write` takes all of them anew, `REFERENCES=write:details` those of one window. */
const [how, only] = (process.env["REFERENCES"] ?? "").split(":");
const WRITES = (window: string) => how === "write" && (only === undefined || only === window);

const THEMES = [{ colorScheme: "light" }, { colorScheme: "dark" }, { contrast: "more" }] as const;
const LOOKS = { colorScheme: "light", contrast: "no-preference" } as const;

/** Hostile text is in letters that are left to the system, whose they are. */
const ALL = Object.entries(SCENES).flatMap(([window, scenes]) =>
	Object.keys(scenes).flatMap((state) => (/^hostile/.test(state) ? [] : [{ window: window as WindowPage, state }])),
);
const isKept = (window: string) => existsSync(join(FOLDER, window));
const SHOWN = ALL.filter(({ window }) => WRITES(window) || isKept(window));
for (const window of Object.keys(SCENES))
	if (!isKept(window))
		process.stderr.write(`There are no references of the window ${window}: how it looks is NOT compared.\n`);
const WINDOWS = [...new Set(SHOWN.map(({ window }) => window))];

interface Seen {
	readonly outlines: readonly (readonly string[])[];
	readonly pictures: readonly Picture[];
}

/** A scene in both languages, and in each theme. */
async function look({ page, turn }: OpenPage, state: string): Promise<Seen> {
	const outlines: string[][] = [];
	const pictures: Picture[] = [];
	for (const lang of ["en", "it"] as const) {
		await page.emulateMedia({ ...LOOKS });
		await turn({ state, lang });
		await chartsDrawn(page);
		await inBlocks(page);
		// charts take up other letters only when they are drawn anew, as for another theme
		await page.emulateMedia({ ...LOOKS, colorScheme: "dark" });
		await seenAtRest(page);
		outlines.push(await outline(page));
		for (const theme of THEMES) {
			await page.emulateMedia({ ...LOOKS, ...theme });
			pictures.push(await seenAtRest(page));
		}
	}
	return { outlines, pictures };
}

const BETWEEN = "\n\n";

function keep(file: string, { outlines, pictures }: Seen): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(`${file}.txt`, `${outlines.map((lines) => lines.join("\n")).join(BETWEEN)}\n`);
	writeFileSync(`${file}.png`, writePng(stacked(pictures)));
}

/** All that is not as it was kept. */
function differences(file: string, { outlines, pictures }: Seen): string[] {
	const kept = readFileSync(`${file}.txt`, "utf8").trimEnd().split(BETWEEN);
	const moved = outlines.flatMap((lines, at) => movedIn((kept[at] ?? "").split("\n"), lines));
	const painted = paintedOtherwise(readPng(readFileSync(`${file}.png`)), stacked(pictures));
	return [...moved, ...(painted ? [painted] : [])];
}

describe.skipIf(!HAS_CHROMIUM).each(WINDOWS)("the window %s looks as it did", (window) => {
	const { show } = theatre();
	let open: OpenPage | undefined;

	test.skipIf(WRITES(window))("and nothing is kept of scenes that are gone", () => {
		const states = SHOWN.filter((each) => each.window === window).map(({ state }) => state);
		const kept = readdirSync(join(FOLDER, window)).map((file) => parse(file).name);
		expect(kept.filter((state) => !states.includes(state))).toEqual([]);
	});

	test.each(SHOWN.filter((each) => each.window === window).map(({ state }) => state))(
		"in the scene %s",
		async (state) => {
			open ??= await show({ window, state, options: { reducedMotion: "reduce" } });
			const seen = await look(open, state);
			const file = join(FOLDER, window, state);
			if (WRITES(window)) keep(file, seen);
			expect(differences(file, seen)).toEqual([]);
		},
	);
});

describe.skipIf(!HAS_CHROMIUM)("a reference", () => {
	const { show } = theatre();
	const changed = async (change: (page: Page) => Promise<void>) => {
		const { page, close } = await show({ state: "meta", options: { reducedMotion: "reduce" } });
		await inBlocks(page);
		const [lines, picture] = [await outline(page), await seenFromAfar(page)];
		expect(movedIn(lines, await outline(page))).toEqual([]);
		expect(paintedOtherwise(picture, await seenFromAfar(page))).toBeUndefined();
		await change(page);
		const found = {
			moved: movedIn(lines, await outline(page)),
			painted: paintedOtherwise(picture, await seenFromAfar(page)),
		};
		await close();
		return found;
	};
	const set = (selector: string, property: string, value: string) => (page: Page) =>
		page.evaluate(
			([at = "", name = "", to = ""]) => document.querySelector<HTMLElement>(at)?.style.setProperty(name, to),
			[selector, property, value],
		);

	test("finds what has moved by two pixels", async () => {
		const { moved } = await changed(set(".card .sure", "translate", "-2px 0"));
		expect(moved).toEqual([expect.stringMatching(/^\d+: span\.sure \| /)]);
	});

	test("finds a gap that has grown", async () => {
		const { moved, painted } = await changed(set(".card", "gap", "12px"));
		expect(moved.length).toBeGreaterThan(3);
		expect(painted).toBeDefined();
	});

	test("finds what has another colour, or is not painted any more, where nothing has moved", async () => {
		for (const change of [
			set(".head", "background", "#dff1e6"),
			set(".head > .shape", "fill", "#23854d"),
			set(".chips", "opacity", "0"),
		]) {
			const { moved, painted } = await changed(change);
			expect(moved).toEqual([]);
			expect(painted).toMatch(/^\d+ cells/);
		}
	});
});

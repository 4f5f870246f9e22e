import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ARGUMENTS } from "../../src/main/arguments.ts";
import { saveFile } from "../../src/main/save-file.ts";
import { wordsIn } from "../../src/words/words.ts";

const folder = mkdtempSync(join(tmpdir(), "semaforo-save-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Somebody who is asked where to keep a file, and answers with this place, or with none. */
function asked(answer: string | undefined) {
	const offers: string[] = [];
	const parts = {
		dialog: {
			showSaveDialog: (options: { readonly defaultPath?: string }) => {
				offers.push(options.defaultPath ?? "");
				return Promise.resolve({ canceled: answer === undefined, filePath: answer ?? "" });
			},
		},
		folder: () => folder,
		words: () => wordsIn("en"),
	} as unknown as Parameters<typeof saveFile>[1];
	return { offers, parts };
}

describe("a file that people keep", () => {
	test("is written where they say, and nowhere when they say no", async () => {
		const place = join(folder, "report.md");
		const { parts, offers } = asked(place);
		expect(await saveFile({ name: "Semaforo Meta", type: "md", content: "# Già\n" }, parts)).toEqual({ kind: "saved" });
		expect(readFileSync(place, "utf8")).toBe("# Già\n");
		expect(offers).toEqual([join(folder, "Semaforo Meta.md")]);
		const no = await saveFile({ name: "x", type: "md", content: "" }, asked(undefined).parts);
		expect(no).toEqual({ kind: "cancelled" });
	});

	test.each(["../../etc/passwd", "a/b\\c:d*e?f", ".hidden.", "\u202Etxt.exe", "/", ".."])(
		"is offered in the right folder whatever it is called: %j",
		async (name) => {
			const { parts, offers } = asked(undefined);
			await saveFile({ name, type: "csv", content: "" }, parts);
			expect(offers[0]).toBe(join(folder, basename(offers[0] ?? "")));
			expect(basename(offers[0] ?? "")).toMatch(/^[^./\\:*?"<>|\p{C}][^/\\:*?"<>|\p{C}]*\.csv$/u);
		},
	);

	test("is a picture where it says that it is one", async () => {
		const place = join(folder, "chart.png");
		const { parts } = asked(place);
		const script = Buffer.from("<script>").toString("base64");
		expect(await saveFile({ name: "c", type: "png", content: script }, parts)).toMatchObject({ kind: "failed" });
		expect(existsSync(place)).toBe(false);
		expect(await saveFile({ name: "c", type: "png", content: PIXEL }, parts)).toEqual({ kind: "saved" });
		expect(readFileSync(place)).toEqual(Buffer.from(PIXEL, "base64"));
	});

	test("that cannot be written is told, with the reason", async () => {
		const { parts } = asked(join(folder, "nowhere/at/all.md"));
		expect(await saveFile({ name: "c", type: "md", content: "" }, parts)).toMatchObject({
			kind: "failed",
			why: "there is no such folder.",
		});
	});

	test("that the system refuses for a reason of its own is told without its codes", async () => {
		const { parts } = asked(undefined);
		const refusing = { showSaveDialog: () => Promise.reject(new Error("E_WEIRD 0x80004005")) };
		const result = await saveFile({ name: "c", type: "md", content: "" }, { ...parts, dialog: refusing });
		expect(result).toEqual({ kind: "failed", why: "the system refused." });
	});

	test("is bounded, and of a kind that is known", () => {
		const file = { name: "c", type: "md", content: "" };
		const takes = (more: object) => ARGUMENTS.save.safeParse([{ ...file, ...more }]).success;
		expect(takes({})).toBe(true);
		expect(takes({ type: "exe" })).toBe(false);
		expect(takes({ content: "x".repeat(5_000_001) })).toBe(false);
		expect(takes({ path: "/etc/passwd" })).toBe(false);
	});
});

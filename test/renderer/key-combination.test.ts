import { describe, expect, test } from "vitest";
import { combinationText, pressOf } from "../../src/renderer/settings/key-combination.ts";

const NONE = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };

describe("a combination of keys", () => {
	test.each([
		[{ key: "s", code: "KeyS", ctrlKey: true, altKey: true }, "Control+Alt+S"],
		// a French keyboard: what is written on the key counts
		[{ key: "a", code: "KeyQ", ctrlKey: true }, "Control+A"],
		// with Alt a Mac types another letter
		[{ key: "ß", code: "KeyS", altKey: true }, "Alt+S"],
		[{ key: "F8", code: "F8" }, "F8"],
		[{ key: "ArrowUp", code: "ArrowUp", shiftKey: true, metaKey: true }, "Shift+Super+Up"],
		[{ key: "+", code: "Equal", ctrlKey: true, shiftKey: true }, "Control+Shift+="],
	])("%o is %s", (pressed, accelerator) => {
		expect(pressOf({ ...NONE, ...pressed }, "windows")).toEqual({ kind: "whole", accelerator });
	});

	test("waits while keys are only held, and is none without one of them", () => {
		for (const key of ["Control", "Shift", "Alt", "Meta", "Dead", "CapsLock"])
			expect(pressOf({ ...NONE, key, code: key, ctrlKey: true }, "linux").kind).toBe("begun");
		expect(pressOf({ ...NONE, key: "S", code: "KeyS", shiftKey: true }, "linux").kind).toBe("bare");
		expect(pressOf({ ...NONE, key: " ", code: "Space" }, "linux").kind).toBe("bare");
	});

	test("is shown as each system writes it", () => {
		expect(combinationText("Control+Alt+S", "windows")).toBe("Ctrl+Alt+S");
		expect(combinationText("Control+Alt+Command+S", "macos")).toBe("⌃⌥⌘S");
		expect([combinationText("Super+Up", "linux"), combinationText("Super+Up", "windows")]).toEqual([
			"Super+↑",
			"Win+↑",
		]);
	});
});

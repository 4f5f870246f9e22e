import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeWhole } from "../../src/io/whole-file.ts";

let folder: string;
let path: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "whole-"));
	path = join(folder, "deep", "file");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a file is written with the folders that it needs, and again over itself", () => {
	writeWhole(path, Buffer.from("one"));
	writeWhole(path, Buffer.from("two"));
	expect(readFileSync(path, "utf8")).toBe("two");
	expect(readdirSync(join(folder, "deep"))).toEqual(["file"]);
});

test("a place that cannot be written to is told, and nothing is left there", () => {
	writeFileSync(join(folder, "deep"), "in the way");
	expect(() => writeWhole(path, Buffer.from("x"))).toThrow(/EEXIST|ENOTDIR/);
	expect(readdirSync(folder)).toEqual(["deep"]);
});

const WRITER = `
	import { writeWhole } from ${JSON.stringify(new URL("../../src/io/whole-file.ts", import.meta.url).href)};
	for (let n = 0; ; n++) {
		writeWhole(process.argv[1], Buffer.alloc(1_000_000, n % 2 ? "a" : "b"));
		if (n === 0) process.stdout.write("begun");
	}`;

test("whoever is killed while writing leaves the file whole", async () => {
	for (const afterMs of [0, 3, 7]) {
		const child = spawn(process.execPath, ["--input-type=module", "--eval", WRITER, path], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		await once(child.stdout, "data");
		await wait(afterMs);
		child.kill("SIGKILL");
		await once(child, "exit");
		const text = readFileSync(path, "latin1");
		expect([text.length, new Set(text).size]).toEqual([1_000_000, 1]);
	}
});

test("what was left behind long ago is cleared away, what may be in use is not", () => {
	const left = join(folder, "deep", ".file.0123456789ab");
	const inUse = join(folder, "deep", ".file.ba9876543210");
	writeWhole(path, Buffer.from("one"));
	for (const each of [left, inUse, join(folder, "deep", ".file.notes")]) writeFileSync(each, "half");
	utimesSync(left, 1, 1);
	writeWhole(path, Buffer.from("two"));
	expect(readdirSync(join(folder, "deep")).sort()).toEqual([".file.ba9876543210", ".file.notes", "file"]);
});

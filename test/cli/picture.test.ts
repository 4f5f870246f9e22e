import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { drawnPicture } from "../../src/cli/picture.ts";
import type { FeatureName } from "../../src/core/model.ts";
import { project } from "../../src/core/snapshot.ts";
import { wordsIn } from "../../src/words/words.ts";
import { SECOND } from "../helpers/evidence.ts";
import { tell } from "../helpers/story.ts";
import { watched } from "../helpers/watched.ts";

/** A service of which two features are well, and two cannot be seen. */
function snapshot() {
	const features: Record<string, string[]> = { messaging: ["a.test"], calls: [], login: [], web: ["b.test"] };
	const story = tell([watched("chat", { features: features as Partial<Record<FeatureName, string[]>> })]);
	story.controls(SECOND);
	story.probes(2 * SECOND, "ok", "chat/messaging/a.test", "chat/web/b.test");
	return project(story.state);
}

async function drawn(rows: number): Promise<string[]> {
	const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows });
	let text = "";
	stdout.on("data", (chunk) => {
		text += chunk;
	});
	const stream = stdout as unknown as NodeJS.WriteStream;
	const terminal = { stdout: stream, stderr: stream, width: () => 100, interrupted: new Promise<void>(() => {}) };
	const picture = drawnPicture(terminal, wordsIn("en"), { head: () => "The head", foot: () => "The foot" });
	picture.changed(snapshot);
	await wait(300);
	picture.end();
	const lines = stripVTControlCharacters(text).split("\n");
	return lines.map((line) => line.trimEnd()).filter((line) => line !== "");
}

test("a window that is high enough shows every row, between head and foot", async () => {
	const lines = await drawn(40);
	expect(lines[0]).toBe("The head");
	expect(lines.at(-1)).toBe("The foot");
	expect(lines.filter((line) => /cannot tell|works /.test(line))).toHaveLength(4);
});

test("a low one shows the rows that say something, counts the rest, and calls nothing well that cannot be seen", async () => {
	const lines = await drawn(12);
	expect(lines[0]).toBe("The head");
	expect(lines.at(-1)).toBe("The foot");
	expect(lines).toContain("● Everything that can be seen from here works.");
	expect(lines.join("\n")).toMatch(/messages.*website/s);
	expect(lines.join("\n")).not.toContain("cannot tell");
	expect(lines).toContain("… and 2 more rows, for which this window is too low.");
});

test("a window of no height at all still shows how things stand", async () => {
	const lines = await drawn(7);
	expect(lines.join("\n")).toContain("Everything that can be seen from here works.");
	expect(lines.at(-1)).toBe("The foot");
});

import { join } from "node:path";
import { expect, test } from "vitest";
import { wordsPage } from "./page.ts";

test("docs/words.md shows every sentence as it is said today", async () => {
	await expect(wordsPage()).toMatchFileSnapshot(join(import.meta.dirname, "../../docs/words.md"));
});

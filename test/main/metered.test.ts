import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isMetered } from "../../src/main/metered.ts";

const folder = mkdtempSync(join(tmpdir(), "semaforo-metered-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Answers as `gdbus` prints a property. */
function gdbus(name: string, answer: string, code = 0): string {
	const file = join(folder, name);
	writeFileSync(file, `#!/bin/sh\necho '${answer}'\nexit ${code}\n`, { mode: 0o755 });
	return file;
}

test.skipIf(process.platform === "win32").each([
	["yes", "(<uint32 1>,)", true],
	["likely", "(<uint32 3>,)", true],
	["no", "(<uint32 2>,)", false],
	["unlikely", "(<uint32 4>,)", false],
	["unknown", "(<uint32 0>,)", false],
	["in a way that nobody knows", "(<uint32 13>,)", false],
])("a line that is metered, says NetworkManager: %s", async (name, answer, metered) => {
	expect(await isMetered("linux", gdbus(name.replaceAll(" ", "-"), answer))).toBe(metered);
});

test("a line of which nobody tells is not metered", async () => {
	expect(await isMetered("linux", join(folder, "nowhere"))).toBe(false);
	if (process.platform !== "win32") expect(await isMetered("linux", gdbus("fails", "(<uint32 1>,)", 1))).toBe(false);
	expect(await isMetered("win32")).toBe(false);
});

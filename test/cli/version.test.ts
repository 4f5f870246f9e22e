import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { USER_AGENT } from "../../src/io/network/network.ts";
import { semaforo } from "../helpers/run-semaforo.ts";

test("the package, the program and the name it gives to servers have one version", async () => {
	const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
	expect((await semaforo("--version")).stdout).toBe(`${version}\n`);
	expect(USER_AGENT).toMatch(new RegExp(`^Semaforo/${version.replaceAll(".", "\\.")} `));
});

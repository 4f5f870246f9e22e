import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/io/catalogue-files.ts";
import type { PageWanted } from "../../src/ipc/contract.ts";
import { openOutside } from "../../src/main/outside-pages.ts";

const catalogue = loadCatalogue();

async function opened(page: PageWanted): Promise<readonly string[]> {
	const urls: string[] = [];
	await openOutside(page, {
		catalogue: () => catalogue,
		own: () => new Set(),
		confirm: () => Promise.resolve(true),
		open: (url) => Promise.resolve(void urls.push(url)),
	});
	return urls;
}

describe("a page outside", () => {
	test("of a network that wants a login is reached from a plain page of the catalogue's, whatever the network says", async () => {
		const [url = "", ...others] = await opened({ signIn: true });
		expect(others).toEqual([]);
		const known = catalogue.controls.flatMap(({ control }) => (control.type === "http" ? [control.url] : []));
		expect(known).toContain(url);
		// over https a network could put nothing in its place
		expect(url).toMatch(/^http:/);
	});

	test.each([
		"http://portal.example/login",
		"https://portal.example/",
		"https://user@status.openai.com/",
		"file:///etc/passwd",
	])("%s is not opened because a page asks for it", async (url) => {
		expect(await opened({ url })).toEqual([]);
	});
});

import type { Page } from "playwright";

/** Writes a page, or a probe, as far as to what comes of it. */
export async function write(page: Page, kind: "page" | "probe"): Promise<void> {
	await page
		.locator(".own-add")
		.last()
		.getByRole("button")
		.nth(kind === "page" ? 0 : 1)
		.click();
	await page.locator(".own-form input[type=text]").first().fill("status.shop.example");
	await page.keyboard.press("Enter");
	await page.locator(kind === "page" ? ".page-preview, .setting-problem" : ".ink-ok, .ink-bad").waitFor();
}

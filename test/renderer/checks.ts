import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";

/** What a window must keep to whatever it shows: nothing sideways, nothing outside, the band at the top and the foot at the bottom. */
export async function layout(page: Page) {
	return page.evaluate(() => {
		const isOutside = ({ left, right, width }: DOMRect) => width > 0 && (right > innerWidth + 1 || left < -1);
		const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
		const [head, foot, main] = [box(".head"), box(".foot"), document.querySelector("main")];
		const wide = [...document.querySelectorAll("main *")].filter(
			(each) => !each.closest(".unseen") && isOutside(each.getBoundingClientRect()),
		);
		return {
			sideways:
				document.documentElement.scrollWidth > innerWidth || (main?.scrollWidth ?? 0) > (main?.clientWidth ?? 0),
			wide: wide.map(({ className }) => String(className)),
			headAtTop: head?.top === 0,
			footAtBottom: Math.abs((foot?.bottom ?? 0) - innerHeight) < 1,
			room: (foot?.top ?? 0) - (head?.bottom ?? 0),
		};
	});
}

/** What `layout` finds, but for its `room`, of a window that is as it should be. */
export const SOUND = { sideways: false, wide: [], headAtTop: true, footAtBottom: true };

/** What keeps somebody out, as axe finds it: of all its rules, or of these. */
export async function barriers(page: Page, rules?: string[]): Promise<string[]> {
	const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
	const { violations } = await axe.analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Turns the page around, and makes every text 40 % longer. */
export async function turnAndLengthen(page: Page): Promise<void> {
	await page.evaluate(() => {
		document.documentElement.dir = "rtl";
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let text = texts.nextNode(); text; text = texts.nextNode()) {
			const { data } = text as Text;
			(text as Text).data = data + data.slice(0, Math.ceil(data.length * 0.4));
		}
	});
}

/** How far what one reads has moved by itself so far, one number for each time. */
export async function shifts(page: Page): Promise<number[]> {
	return page.evaluate(async () => {
		const seen: number[] = [];
		const observer = new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) seen.push((entry as PerformanceEntry & { value: number }).value);
		});
		observer.observe({ type: "layout-shift", buffered: true });
		await new Promise((resolve) => setTimeout(resolve, 100));
		observer.disconnect();
		return seen;
	});
}

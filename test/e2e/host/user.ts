import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "vitest";
import type { WindowName } from "../../../src/ipc/contract.ts";
import type { Host } from "./host.ts";

/** What hears a page as screen readers do, and what is asked of it. */
const SENSES = [createRequire(import.meta.url).resolve("axe-core/axe.min.js"), join(import.meta.dirname, "senses.js")]
	.map((file) => readFileSync(file, "utf8"))
	.join("\n;");
const MOD = process.platform === "darwin" ? "Meta+" : "Control+";
const MOST_TABS = 60;
/** A page on a busy computer takes its time. */
const PATIENT = { timeout: 10_000, interval: 50 };

type Place = { readonly x: number; readonly y: number };
type Name = string | RegExp;

/** Somebody before one of the windows, with eyes, a mouse and a keyboard. Each deed waits until it can be done. */
export interface User {
	/** All that can be read, as one line. */
	reads(): Promise<string>;
	/** Waits until that can be read. */
	expects(text: Name): Promise<void>;
	/** Waits until the window is not to be seen any more. */
	seesItGo(): Promise<void>;
	/** Clicks the one thing with this role and name. */
	clicks(role: string, name: Name): Promise<void>;
	/** Clicks into a field and writes in the place of what is in it. */
	writes(role: string, name: Name, text: string): Promise<void>;
	/** Presses keys one after another, as `Enter` or `Mod+i`, where `Mod` is the key for shortcuts on this system. */
	presses(...keys: string[]): Promise<void>;
	/** Presses Tab until that has the focus. */
	tabsTo(role: string, name: string): Promise<void>;
	/** Waits until the one thing with this role and name can be seen. */
	sees(role: string, name: Name): Promise<void>;
	/** All that is there with this role. */
	all(role: string): Promise<readonly { readonly name: string; readonly pressed: boolean }[]>;
	/** What the page's console complained of. */
	complaints(): Promise<readonly string[]>;
}

/** Before the window of that name, which may be opened later. */
export function userOf(host: Host, page: WindowName | "popover"): User {
	const find = async () =>
		(await host.state()).windows.findIndex(
			({ url, visible }) => visible && url.startsWith(`app://semaforo/${page}.html`),
		);
	const index = async () => {
		const at = await find();
		if (at === -1) throw new Error(`no window shows ${page}`);
		return at;
	};
	const asks = async (question: string) => {
		const at = await index();
		if (!(await host.inPage(at, "'senses' in globalThis"))) await host.inPage(at, `${SENSES}\n;0`);
		return await host.inPage(at, question);
	};
	const reads = async () => String(await asks("document.body.innerText")).replaceAll(/\s+/g, " ");
	const placeOf = async (role: string, name: Name) => {
		const question = `senses.one(${JSON.stringify(role)}, ${written(name)})`;
		let place: unknown;
		await expect
			.poll(async () => {
				place = await asks(question).catch((error: unknown) => ({ trouble: String(error) }));
				return (place as { trouble?: string }).trouble;
			}, PATIENT)
			.toBeUndefined();
		return place as Place;
	};
	const clicks: User["clicks"] = async (role, name) => {
		const { x, y } = await placeOf(role, name);
		await host.clickAt(await index(), x, y);
	};
	const presses: User["presses"] = async (...keys) => {
		const at = await index();
		for (const key of keys) await host.pressKey(at, key.replace("Mod+", MOD));
	};
	return {
		reads,
		clicks,
		presses,
		expects: async (text) => void (await expect.poll(() => reads().catch(String), PATIENT).toMatch(text)),
		seesItGo: async () => void (await expect.poll(find, PATIENT).toBe(-1)),
		async writes(role, name, text) {
			await clicks(role, name);
			await presses("Mod+a");
			await host.write(await index(), text);
		},
		async tabsTo(role, name) {
			await placeOf(role, name);
			for (let step = 0; step < MOST_TABS; step++) {
				await presses("Tab");
				if ((await asks("senses.focused()")) === `${role} ${name}`) return;
			}
			throw new Error(`the key Tab does not lead to ${role} ${name}`);
		},
		sees: async (role, name) => void (await placeOf(role, name)),
		all: async (role) => (await asks(`senses.names(${JSON.stringify(role)})`)) as Awaited<ReturnType<User["all"]>>,
		complaints: async () => await host.complaints(await index()),
	};
}

function written(name: Name): string {
	return typeof name === "string" ? JSON.stringify(name) : String(name);
}

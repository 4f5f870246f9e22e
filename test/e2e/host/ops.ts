import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { VirtualClock } from "../../../src/replay/virtual-clock.ts";
import { wakeUps } from "./timers.ts";
import {
	called,
	type MenuEntry,
	type PowerEvent,
	pageFor,
	seen,
	system,
	type WindowSeen,
	type Witness,
} from "./witness.ts";

const POPOVER = "app://semaforo/popover.html";

/** A page's frame, as the program is told of it. */
export interface FrameSeen {
	readonly url: string;
	readonly parent?: unknown;
}

/** What a test can do to the program and ask of it, inside its process, on whatever host. */
export function opsOver(witness: Witness, clock: VirtualClock) {
	const windowAt = (index: number) => {
		const window = witness.windows().at(index);
		if (!window) throw new Error(`there is no window ${index}`);
		return window;
	};
	return {
		/** Lets that much time pass, all that happens in it included. */
		async advance(ms: number) {
			await clock.runUntil(clock.now() + ms);
			await settled(witness);
		},
		/** The computer sleeps for that long: time passes, and nothing is done. */
		async sleep(ms: number) {
			witness.power("suspend");
			clock.sleepUntil(clock.now() + ms);
			witness.power("resume");
			await settled(witness);
		},
		/** Resolves once it answers pages and has shown itself. */
		async begun() {
			while (seen.handlers.size === 0 || !seen.trayAsked) await turn(5);
			await clock.runUntil(clock.now());
			await settled(witness);
		},
		async state() {
			await settled(witness);
			const { tray, notifications, opened, asked, copied, order, userModelId, shortcuts } = seen;
			return {
				icon: tray ? drawingIn(tray.file) : "none",
				iconFile: tray?.file ?? "",
				tooltip: tray?.tooltip ?? "",
				menu: (tray?.menu ?? []).map(labelOf),
				draws: tray?.draws ?? 0,
				notifications: notifications.map(({ id, title, body, silent, closed }) => ({
					id,
					title,
					body,
					silent,
					closed,
				})),
				windows: witness.windows().map(({ url, visible, bounds }) => ({ url, visible, bounds })),
				messages: witness.windows().map(({ sent }) => sent.length),
				renderers: witness.renderers(),
				opened,
				asked,
				copied,
				order,
				modelId: userModelId,
				shortcuts: [...shortcuts.keys()],
				logs: witness.logs(),
				hasKeyStore: witness.hasKeyStore(),
			};
		},
		safety: () => ({
			sandboxed: seen.sandboxed,
			schemes: seen.schemes,
			preferences: witness.preferences(),
			permissions: permissions(),
			download: held((event) => seen.willDownload?.(event)),
			openWindow: witness.windows().map(({ openHandler }) => openHandler?.({} as never)),
			navigation: witness.windows().map(navigations),
		}),
		async page(path: string) {
			const response = await pageFor(new Request(path));
			return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
		},
		click(...labels: string[]) {
			let items = seen.tray?.menu ?? [];
			for (const [index, label] of labels.entries()) {
				const item = items.find((each) => each.label.includes(label));
				if (!item) throw new Error(`no "${label}" among ${items.map(labelOf).join(" | ")}`);
				if (index === labels.length - 1) item.click();
				else items = item.submenu ?? [];
			}
		},
		clickTray: () => seen.tray?.click(),
		clickNotification: (index: number) => seen.notifications.at(index)?.click(),
		actOn: (index: number, action: number) => seen.notifications.at(index)?.act(action),
		press: (shortcut: string) => seen.shortcuts.get(shortcut)?.(),
		blur: () => windowAt(0).blur(),
		/** Calls as a page would; `frame` is whose page it says it is. */
		call: (channel: string, args: unknown[] = [], frame: FrameSeen | null = { url: POPOVER }) => {
			const sender = witness.windows()[0]?.contents ?? { send() {}, isDestroyed: () => false };
			return called(channel, args, sender, frame && { parent: null, ...frame });
		},
		/** How many of these calls were refused, answered, or ended in another way, which is told. */
		async calls(channel: string, list: readonly unknown[][]) {
			const outcome = { refused: 0, answered: 0, otherwise: [] as string[] };
			for (const args of list) {
				try {
					await called(channel, args, { send() {}, isDestroyed: () => false }, { parent: null, url: POPOVER });
					outcome.answered += 1;
				} catch (error) {
					const said = error instanceof Error ? error.message : String(error);
					if (said === `${channel}: arguments not understood`) outcome.refused += 1;
					else outcome.otherwise.push(said);
				}
			}
			return outcome;
		},
		hear: (event: "second-instance" | "activate") => witness.hear(event),
		power: (event: PowerEvent) => witness.power(event),
		theme: (dark: boolean) => witness.theme(dark),
		/** Changes how the system around the program behaves. */
		system: (change: Partial<typeof system>) => void Object.assign(system, change),
		/** Evaluates in the page of that window. */
		inPage: (index: number, script: string) => windowAt(index).evaluate(script),
		complaints: (index: number) => windowAt(index).complaints,
		/** Moves the mouse there and clicks, as people do. */
		clickAt: (index: number, x: number, y: number) => windowAt(index).clickAt(x, y),
		/** A key alone or with others held, as `Tab` or `Control+i`. */
		pressKey: (index: number, key: string) => windowAt(index).pressKey(key),
		/** Text from the keyboard, into whatever has the focus. */
		write: (index: number, text: string) => windowAt(index).write(text),
		wakeUps: () => ({ ...wakeUps, timers: Object.fromEntries(wakeUps.timers) }),
		/** The JavaScript heap in bytes, all garbage gone. */
		heap() {
			setFlagsFromString("--expose-gc");
			const gc = runInNewContext("gc") as (options: object) => void;
			for (let round = 0; round < 3; round++) gc({ type: "major", execution: "sync" });
			return process.memoryUsage().heapUsed;
		},
	};
}

export type Ops = ReturnType<typeof opsOver>;

function turn(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What the system says of a notification comes a moment later, what pages are told later still, and a page is painted after that. */
async function settled(witness: Witness): Promise<void> {
	for (let round = 0; round < 20; round++) await turn(1);
	for (let round = 0; round < 500 && witness.windows().some(({ ready }) => !ready); round++) await turn(10);
}

/** `down` of `down-light.png`, `down-dark.ico` or `downTemplate.png`. */
function drawingIn(file: string): string {
	return /^[a-z]+/.exec(file)?.[0] ?? "";
}

function labelOf({ label, submenu }: MenuEntry): string {
	return submenu ? `${label} >` : label;
}

function permissions(): unknown[] {
	const { request, check, device } = seen.permissions as Record<string, (...args: unknown[]) => unknown>;
	let granted: unknown;
	request?.({}, "media", (answer: unknown) => {
		granted = answer;
	});
	return [granted, check?.({}, "media"), device?.({})];
}

function held(tell: (event: { preventDefault(): void }) => void): boolean {
	let prevented = false;
	tell({
		preventDefault: () => {
			prevented = true;
		},
	});
	return prevented;
}

/** Where a page would like to go, and whether it is held back. */
function navigations({ contents }: WindowSeen): Record<string, boolean> {
	const asks = (name: string, event: object) =>
		held((prevents) => contents.emit(name as "will-navigate", { ...event, ...prevents }));
	return {
		away: asks("will-navigate", { url: "https://example.com/" }),
		file: asks("will-navigate", { url: "file:///etc/passwd" }),
		lookalike: asks("will-navigate", { url: "app://semaforo.example/popover.html" }),
		own: asks("will-navigate", { url: "app://semaforo/details.html" }),
		frame: asks("will-frame-navigate", { url: "app://semaforo/details.html", isMainFrame: false }),
		redirect: asks("will-redirect", { url: "app://semaforo/details.html" }),
		webview: asks("will-attach-webview", {}),
	};
}

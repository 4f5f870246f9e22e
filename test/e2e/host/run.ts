import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { MenuItemConstructorOptions } from "electron";
import type { World } from "../../../src/main/start.ts";
import { loadScenario } from "../../../src/replay/scenario.ts";
import { VirtualClock } from "../../../src/replay/virtual-clock.ts";
import { ScriptedWorld } from "../../../src/replay/world.ts";
import { called, handlers, pageFor } from "./calls.ts";
import { appHears, powerEvents, record, themeTurns } from "./electron.ts";
import { optionsSeen, windows } from "./windows.ts";

/** The program under test, as its own process: the built main, over the stand-in, in a world that follows a script. */
const { SEMAFORO_TEST_BUILT: built = "", SEMAFORO_TEST_AT: at = "0", SEMAFORO_TEST_WORLD: world } = process.env;
const clock = new VirtualClock(Number(at));

/** What a test can do to it and ask of it. */
const OPS = {
	/** Lets that much time pass, all that happens in it included. */
	async advance(ms: number) {
		await clock.runUntil(clock.now() + ms);
		// what the system says of a notification comes a moment later, and what pages are told later still
		for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
	},
	/** Resolves once it answers pages. */
	async begun() {
		while (handlers.size === 0 || !record.tray) await new Promise((resolve) => setTimeout(resolve, 5));
		await clock.runUntil(clock.now());
	},
	state: () => ({
		icon: fileOf(record.tray?.image),
		tooltip: record.tray?.tooltip ?? "",
		menu: (record.tray?.menu ?? []).map(labelOf),
		draws: record.tray?.draws ?? 0,
		notifications: record.notifications.map(({ options, closed }) => ({ ...options, closed })),
		windows: windows.map((window) => ({ url: window.url, visible: window.isVisible(), bounds: window.getBounds() })),
		messages: windows.map(({ contents }) => contents.sent.map(({ channel }) => channel)),
		opened: record.opened,
		asked: record.asked.map(({ detail }) => detail),
		copied: record.copied,
		shortcuts: [...record.shortcuts.keys()],
		order: record.order,
		modelId: record.userModelId,
		paths: Object.fromEntries(record.paths),
	}),
	safety: () => ({
		sandboxed: record.sandboxed,
		schemes: record.schemes,
		preferences: optionsSeen.map(({ webPreferences }) => webPreferences),
		permissions: permissions(),
		openWindow: windows.map(({ contents }) => contents.openHandler?.({} as never)),
		navigation: windows.map(({ contents }) => navigations(contents)),
	}),
	async page(path: string) {
		const response = await pageFor(new Request(path));
		return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
	},
	click(...labels: string[]) {
		let items: MenuItemConstructorOptions[] = record.tray?.menu ?? [];
		for (const [index, label] of labels.entries()) {
			const item = items.find((each) => each.label?.includes(label));
			if (!item) throw new Error(`no "${label}" among ${items.map(labelOf).join(" | ")}`);
			if (index === labels.length - 1) item.click?.({} as never, undefined, {} as never);
			else items = item.submenu as MenuItemConstructorOptions[];
		}
	},
	clickTray: () => void record.tray?.emit("click"),
	clickNotification: (index: number) => void record.notifications.at(index)?.emit("click", {}),
	actOn: (index: number, actionIndex: number) => void record.notifications.at(index)?.emit("action", { actionIndex }),
	blur: () => void windows[0]?.emit("blur"),
	call: (channel: string, args: unknown[] = [], frame: { url: string; parent?: unknown } = { url: POPOVER }) =>
		called(channel, args, windows[0]?.webContents, frame),
	hear: (name: string) => appHears(name),
	power: (name: string) => void powerEvents.emit(name),
	theme: (dark: boolean) => themeTurns(dark),
	answer: (index: number) => {
		record.answer = index;
	},
	breakNotifications: (broken: boolean) => {
		record.notificationsFail = broken;
	},
	press: (accelerator: string) => record.shortcuts.get(accelerator)?.(),
	/** Evaluates in the page of that window, in a real Chromium. */
	inPage: async (index: number, script: string) => await windows[index]?.frame?.page.evaluate(script),
	/** Resolves once that window is shown, in Chromium where there is one. */
	async painted(index: number) {
		while (!windows[index]?.isVisible()) await new Promise((resolve) => setTimeout(resolve, 10));
	},
	complaints: (index: number) => windows[index]?.frame?.complaints ?? [],
};

export type Ops = typeof OPS;

const POPOVER = "app://semaforo/popover.html";

function fileOf(image: unknown): string {
	return typeof image === "object" && image && "file" in image ? String(image.file).replace(/^.*[\\/]/, "") : "";
}

function labelOf({ label, type, submenu }: MenuItemConstructorOptions): string {
	return submenu ? `${label} >` : (label ?? type ?? "");
}

function permissions(): unknown[] {
	const { request, check, device } = record.permissions as Record<string, (...args: unknown[]) => unknown>;
	let granted: unknown;
	request?.({}, "media", (answer: unknown) => {
		granted = answer;
	});
	return [granted, check?.({}, "media"), device?.({})];
}

/** Where a page would like to go, and whether it is held back. */
function navigations(contents: (typeof windows)[number]["contents"]): Record<string, boolean> {
	const held = (name: string, event: object) => {
		let prevented = false;
		contents.emit(name, {
			...event,
			preventDefault: () => {
				prevented = true;
			},
		});
		return prevented;
	};
	return {
		away: held("will-navigate", { url: "https://example.com/" }),
		file: held("will-navigate", { url: "file:///etc/passwd" }),
		lookalike: held("will-navigate", { url: "app://semaforo.example/popover.html" }),
		own: held("will-navigate", { url: "app://semaforo/details.html" }),
		frame: held("will-frame-navigate", { url: "app://semaforo/details.html", isMainFrame: false }),
		redirect: held("will-redirect", { url: "app://semaforo/details.html" }),
		webview: held("will-attach-webview", {}),
	};
}

function scripted(file: string): World {
	const script = new ScriptedWorld(loadScenario(file));
	return {
		clock,
		openRuns: () => ({
			furtherChecks: () => [],
			close() {},
			runCheck(check) {
				const { evidence, tookMs } = script.answer(check, clock.now());
				const { promise, resolve } = Promise.withResolvers<typeof evidence>();
				const cancel = clock.wakeAt(clock.now() + tookMs, () => resolve(evidence));
				return {
					evidence: promise,
					cancel() {
						cancel();
						resolve(evidence);
					},
				};
			},
		}),
	};
}

process.on("message", async ({ id, op, args }: { id: number; op: keyof Ops; args: unknown[] }) => {
	try {
		const value = await (OPS[op] as (...args: unknown[]) => unknown)(...args);
		process.send?.({ id, value });
	} catch (error) {
		process.send?.({ id, error: error instanceof Error ? error.stack : String(error) });
	}
});
process.on("disconnect", () => process.exit(0));

if (world) {
	const { launch } = (await import(
		pathToFileURL(join(built, "main/launch.js")).href
	)) as typeof import("../../../src/main/launch.ts");
	launch(scripted(world));
} else {
	await import(pathToFileURL(join(built, "main/main.js")).href);
}

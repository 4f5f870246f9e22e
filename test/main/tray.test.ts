import type { MenuItemConstructorOptions, NativeImage } from "electron";
import { describe, expect, test } from "vitest";
import type { Level } from "../../src/core/level.ts";
import type { ServiceView, Snapshot } from "../../src/core/snapshot.ts";
import type { Wish } from "../../src/core/wishes.ts";
import { TrayFace } from "../../src/main/tray.ts";
import { trayIcon } from "../../src/main/tray-icon.ts";
import { trayMenu } from "../../src/main/tray-menu.ts";
import { wordsIn } from "../../src/words/words.ts";

const words = wordsIn("en");
const FOREVER = { until: { kind: "resolved" } } as const;

function service(name: string, level: Level, more: Partial<ServiceView> = {}): ServiceView {
	const feature = {
		feature: "web",
		level,
		since: 0,
		cause: "service",
		confidence: 1,
		suspected: false,
		reasons: [],
	} as const;
	return { id: name.toLowerCase(), name, level, features: [feature], sources: [], ...more };
}

function snapshot(services: readonly ServiceView[], more: Partial<Snapshot> = {}): Snapshot {
	return {
		at: 1_000_000,
		level: "operational",
		connection: { state: "online", since: 0, passed: 8, failed: [] },
		services,
		incidents: [],
		round: { done: 1, total: 1 },
		names: {},
		...more,
	};
}

describe("the icon", () => {
	test.each([
		["operational", "well"],
		["maintenance", "planned"],
		["degraded", "trouble"],
		["partial_outage", "trouble"],
		["major_outage", "down"],
		["unknown", "unknown"],
	] as const)("shows the worst level, %s, as %s", (level, icon) => {
		expect(trayIcon(snapshot([service("A", level), service("B", level)]))).toBe(icon);
	});

	test("shows trouble however little is known of the rest", () => {
		const rest = Array.from({ length: 9 }, (_, index) => service(`U${index}`, "unknown"));
		expect(trayIcon(snapshot([...rest, service("A", "major_outage")]))).toBe("down");
	});

	test("is not green while more is unknown than known", () => {
		const two = [service("A", "unknown"), service("B", "unknown")];
		expect(trayIcon(snapshot([...two, service("C", "operational")]))).toBe("unknown");
		expect(trayIcon(snapshot([service("A", "unknown"), service("C", "operational")]))).toBe("well");
	});

	test("is green beside a service that nobody can see from outside", () => {
		const [feature] = service("B", "unknown").features;
		const blind = service("B", "unknown", { features: [{ ...feature!, blind: "it answers nobody" }] });
		expect(trayIcon(snapshot([service("A", "operational"), blind, { ...blind, id: "c" }]))).toBe("well");
	});

	test("does not tell of what is muted, and is not green where all of it is", () => {
		const muted = service("A", "major_outage", { muted: FOREVER });
		expect(trayIcon(snapshot([muted, service("B", "operational")]))).toBe("well");
		expect(trayIcon(snapshot([muted]))).toBe("unknown");
	});

	test.each(["unknown", "trouble"] as const)("is grey while the connection is %s", (state) => {
		const connection = { state, since: 0, passed: 0, failed: [] };
		expect(trayIcon(snapshot([service("A", "operational")], { connection }))).toBe("unknown");
	});
});

describe("the menu", () => {
	const done: unknown[] = [];
	const acts = {
		show: () => void done.push("show"),
		open: (...args: unknown[]) => void done.push(["open", ...args]),
		checkNow: () => void done.push("check"),
		wish: (wish: Wish) => void done.push(wish),
		quit: () => void done.push("quit"),
		now: () => 5_000_000,
	};
	const click = (items: MenuItemConstructorOptions[], label: string) =>
		items.find((each) => each.label === label)?.click?.({} as never, undefined, {} as never);

	test("names the worst service first, with its shape, and escapes what would be a key mark", () => {
		const menu = trayMenu(snapshot([service("Fine", "operational"), service("P&Q", "degraded")]), words, acts);
		const lines = menu.flatMap(({ label = "" }) => (/^[●▲]/.test(label) ? [label] : []));
		expect(lines[0]).toMatch(/^▲ P&&Q: /);
		expect(lines[1]).toMatch(/^● Fine: /);
	});

	test("keeps names of any length and sort in one line", () => {
		const name = `${"x".repeat(500)}\n\u202E\u0007`;
		const menu = trayMenu(snapshot([service(name, "degraded")]), words, acts);
		for (const { label = "" } of menu) {
			expect(label.length).toBeLessThanOrEqual(90);
			expect(label).not.toMatch(/[\p{Cc}\u202E]/u);
		}
	});

	test("mutes from the moment of the click on, however old the menu is, and unmutes", () => {
		const submenu = trayMenu(snapshot([]), words, acts).find(({ label }) => label === "Mute all notices")
			?.submenu as MenuItemConstructorOptions[];
		click(submenu, "For an hour");
		expect(done.pop()).toEqual({ kind: "muted", until: 5_000_000 + 3_600_000 });
		click(submenu, "Until tomorrow morning");
		expect(done.pop()).toEqual({ kind: "muted", until: "tomorrow" });
		click(trayMenu(snapshot([], { muted: FOREVER }), words, acts), "Show notices again");
		expect(done.pop()).toEqual({ kind: "unmuted" });
	});
});

describe("the tray", () => {
	const acts = { show() {}, open() {}, checkNow() {}, wish() {}, quit() {}, now: () => 0 };

	function parts(draws: string[], create?: () => never) {
		const tray = {
			setImage: (image: unknown) => void draws.push(String(image)),
			setToolTip() {},
			setContextMenu() {},
			on() {},
			getBounds: () => ({ x: 1, y: 2, width: 3, height: 4 }),
			destroy() {},
		};
		const troubles: unknown[] = [];
		const face = new TrayFace({
			create: create ?? (() => tray as never),
			image: (file) => file as unknown as NativeImage,
			menu: () => ({}) as never,
			look: () => ({ platform: "linux", dark: false }),
			words: () => words,
			acts,
			onClick() {},
			onTrouble: (error) => void troubles.push(error),
			onDrawn() {},
		});
		return { face, troubles };
	}

	test("draws only what has changed, and all of it when it is told to", () => {
		const draws: string[] = [];
		const { face } = parts(draws);
		face.show(snapshot([service("A", "operational")]));
		face.show({ ...snapshot([service("A", "operational")]), at: 1_000_000 });
		expect(draws).toEqual(["well-light.png"]);
		face.refresh();
		expect(draws).toHaveLength(2);
	});

	test("that throws stops nothing, and is tried again at the next change", () => {
		const { face, troubles } = parts([], () => {
			throw new Error("no place for icons");
		});
		face.show(snapshot([service("A", "operational")]));
		face.show(snapshot([service("A", "major_outage")]));
		expect(troubles).toHaveLength(2);
		expect(face.bounds()).toEqual({ x: 0, y: 0, width: 0, height: 0 });
	});
});

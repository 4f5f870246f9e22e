import { EventEmitter } from "node:events";
import type { NotificationConstructorOptions } from "electron";
import { describe, expect, test } from "vitest";
import { safeText } from "../../src/main/notification-text.ts";
import { Notifications } from "../../src/main/notifications.ts";

class Fake extends EventEmitter {
	closed = false;
	readonly options: NotificationConstructorOptions;
	constructor(options: NotificationConstructorOptions) {
		super();
		this.options = options;
	}
	show(): void {
		queueMicrotask(() => this.emit("show", {}));
	}
	close(): void {
		this.closed = true;
	}
}

function on(platform: NodeJS.Platform) {
	const made: Fake[] = [];
	const create = (options: NotificationConstructorOptions) => {
		const fake = new Fake(options);
		made.push(fake);
		return fake as never;
	};
	return { made, notifications: new Notifications({ create, isSupported: () => true, platform }) };
}

const done: string[] = [];
const content = {
	id: "incident.i1",
	title: "Title",
	body: "Body",
	quiet: false,
	actions: [
		{ label: "Details", run: () => void done.push("details") },
		{ label: "Mute", run: () => void done.push("mute") },
	],
	onClick: () => void done.push("click"),
};

describe("what is told later takes the place of what was told before", () => {
	test("on Linux by closing the old one; another's stays", async () => {
		const { made, notifications } = on("linux");
		await notifications.show(content);
		await notifications.show({ ...content, id: "incident.i2" });
		await notifications.show(content);
		expect(made.map(({ closed }) => closed)).toEqual([true, false, false]);
	});

	test.each(["win32", "darwin"] as const)("on %s by its id", async (platform) => {
		const { made, notifications } = on(platform);
		await notifications.show(content);
		await notifications.show(content);
		expect(made.map(({ closed, options }) => [closed, options.id])).toEqual([
			[false, "incident.i1"],
			[false, "incident.i1"],
		]);
	});
});

test("buttons are there where the system has them, and do what they say", async () => {
	const { made, notifications } = on("darwin");
	await notifications.show(content);
	expect(made[0]?.options.actions).toEqual([
		{ type: "button", text: "Details" },
		{ type: "button", text: "Mute" },
	]);
	made[0]?.emit("action", { actionIndex: 1 });
	made[0]?.emit("action", { actionIndex: 7 });
	made[0]?.emit("click", {});
	expect(done.splice(0)).toEqual(["mute", "click"]);
	const linux = on("linux");
	await linux.notifications.show(content);
	expect(linux.made[0]?.options.actions).toBeUndefined();
});

test("text is plain: short, one line, without direction tricks, and on Linux without markup", () => {
	const hostile = { title: `<b>\u202Eevil</b>\n${"x".repeat(1_000_000)}`, body: "<a href='https://x'>&amp;\u0000</a>" };
	const linux = safeText(hostile, "linux");
	expect(linux.title.length).toBeLessThanOrEqual(120);
	expect(linux.title).not.toMatch(/[\n\u202E]/);
	expect(linux.body).not.toMatch(/[<>\p{Cc}]/u);
	expect(linux.body).toContain("&lt;a href='https://x'&gt;&amp;amp;");
	expect(safeText({ title: "a", body: "1 < 2 & 3" }, "win32").body).toBe("1 < 2 & 3");
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SettingsPatch, SettingsView } from "../../src/ipc/settings.ts";
import type { Host } from "./host/host.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { MINUTE, NOON, stageOn, WATCHED } from "./host/stage.ts";

async function change(host: Host, patch: SettingsPatch): Promise<SettingsView> {
	const { view, problems } = (await host.call("changeSettings", [patch])) as { view: SettingsView; problems: string[] };
	expect(problems).toEqual([]);
	return view;
}

onEachHost("settings", (kind) => {
	const { start, home } = stageOn(kind);

	test("the history is deleted while an outage goes on: it is not told again, and its end is", async () => {
		const host = await start({ system: { answer: 0 } });
		await host.advance(16 * MINUTE);
		expect((await host.call("kept")) as object).toHaveProperty("oldest");
		expect(await host.call("forgetHistory")).toBe(true);
		expect((await host.call("kept")) as object).not.toHaveProperty("oldest");
		await host.advance(40 * MINUTE);
		const { notifications, icon } = await host.state();
		expect(notifications.map(({ id, closed }) => [id, closed])).toEqual([
			["incident.i1", true],
			["incident.i1", false],
		]);
		expect(icon).toBe("well");
	});

	test("nothing is deleted where people do not say yes", async () => {
		const host = await start({ system: { answer: 1 } });
		await host.advance(6 * MINUTE);
		expect(await host.call("forgetHistory")).toBe(false);
		expect((await host.call("kept")) as object).toHaveProperty("oldest");
	});

	test("as a window it stays when something else has the focus, as a popover it goes", async () => {
		const host = await start();
		const shown = async () => (await host.state()).windows.some(({ visible }) => visible);
		await host.blur();
		expect(await shown()).toBe(false);
		await change(host, { windowMode: "window" });
		await host.click("Show Semaforo");
		await host.blur();
		expect(await shown()).toBe(true);
		await change(host, { windowMode: "popover" });
		await host.click("Show Semaforo");
		await host.blur();
		expect(await shown()).toBe(false);
	});

	test("the icon keeps to its bar when people choose another look for the windows", async () => {
		const host = await start();
		await host.theme(true);
		const dark = (await host.state()).iconFile;
		await change(host, { theme: "light" });
		expect((await host.state()).iconFile).toBe(dark);
		await change(host, { theme: "system" });
		await host.theme(false);
		expect((await host.state()).iconFile).not.toBe(dark);
	});

	test("what people want to hear without a sound comes without one", async () => {
		const host = await start({ home: home({ ...WATCHED, settings: { ...WATCHED.settings, sound: "never" } }).home });
		await host.advance(16 * MINUTE);
		expect((await host.state()).notifications.map(({ silent }) => silent)).toEqual([true]);
	});

	test("who always wants less to be asked has everything asked about half as often, at once and after a new watch", async () => {
		const checks = async (askLess: "never" | "always") => {
			const host = await start({
				// the outage is over by then
				at: NOON + 60 * MINUTE,
				home: home({ ...WATCHED, settings: { ...WATCHED.settings, askLess } }).home,
			});
			await host.power("on-ac");
			await host.advance(60 * MINUTE);
			// the watch is put together anew, and goes on as sparing as before
			await change(host, { services: [{ id: "discord" }] });
			await host.advance(60 * MINUTE);
			return ((await host.call("facts")) as { checksToday: number }).checksToday;
		};
		const [often, seldom] = [await checks("never"), await checks("always")];
		expect(seldom / often).toBeLessThan(0.65);
		expect(seldom / often).toBeGreaterThan(0.4);
	});

	test("the login of a proxy is kept, never shown, and forgotten when people say so", async () => {
		const { home: folder, file } = home();
		const host = await start({ home: folder });
		const onDisk = () => readFileSync(file, "utf8");
		const chosen = await change(host, { proxy: { url: "http://anna:s3cret@127.0.0.1:9", bypass: [] } });
		expect([JSON.stringify(chosen), chosen.proxyLogin]).toEqual([expect.not.stringContaining("s3cret"), true]);
		const { proxy } = chosen.settings;
		await change(host, { proxy: { ...(proxy as { url: string }), bypass: ["*.intranet.example"] } });
		expect(onDisk()).toContain("anna:s3cret@127.0.0.1:9");
		await change(host, { proxy: "system" });
		await change(host, { proxy });
		expect(onDisk()).toContain("anna:s3cret@127.0.0.1:9");
		expect(await host.call("forgetLogin")).not.toHaveProperty("proxyLogin");
		expect(onDisk()).not.toContain("s3cret");
	});

	test("a certificate that cannot be read is refused, and the other settings stay free", async () => {
		const host = await start();
		const refused = await host.call("changeSettings", [{ certificates: ["/nowhere/ca.pem"], theme: "dark" }]);
		expect(refused).toMatchObject({ problems: [expect.stringContaining("/nowhere/ca.pem")] });
		expect((await change(host, { theme: "dark" })).settings).toMatchObject({ certificates: [], theme: "dark" });
	});

	test("facts are told, and each folder is opened by its name alone", async () => {
		const host = await start();
		await host.advance(16 * MINUTE);
		const facts = (await host.call("facts")) as { version: string; node: string; checksToday: number };
		expect(facts.node).toMatch(/^24\./);
		expect(facts.checksToday).toBeGreaterThan(5);
		expect(await host.call("openFolder", ["data"])).toBe(true);
		await expect(host.call("openFolder", ["/etc"])).rejects.toThrow("arguments not understood");
		expect((await host.state()).opened).toHaveLength(1);
	});
});

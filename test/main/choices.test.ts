import { describe, expect, test } from "vitest";
import type { Notice } from "../../src/core/notice.ts";
import { isQuiet } from "../../src/main/notification-text.ts";
import { sparing } from "../../src/main/power.ts";
import { hasLogin, ProxyLogins, withoutLogin } from "../../src/main/proxy-logins.ts";
import { type Kept, type Policy, SettingsStore } from "../../src/main/settings-store.ts";
import { Theme } from "../../src/main/theme.ts";
import { Troubles } from "../../src/main/troubles.ts";

describe("what makes a sound", () => {
	const notice = (kind: "opened" | "worsened" | "closed", level: "degraded" | "major_outage") =>
		({ kind, incident: "i1", features: [{ service: "wa", feature: "messaging", level }] }) as unknown as Notice;

	test.each([
		["all", "opened", "degraded", false],
		["all", "closed", "major_outage", true],
		["major", "opened", "major_outage", false],
		["major", "worsened", "degraded", true],
		["never", "opened", "major_outage", true],
	] as const)("with %s: %s, %s", (sound, kind, level, quiet) => {
		expect(isQuiet(notice(kind, level), sound)).toBe(quiet);
	});

	test("a lost connection, and what people asked for, count as grave", () => {
		const lost = { kind: "connection_lost", at: 0, cause: "isp", since: 0 } as Notice;
		expect([isQuiet(lost, "major"), isQuiet(lost, "never")]).toEqual([false, true]);
		expect(isQuiet({ kind: "back", at: 0, service: "wa" } as unknown as Notice, "major")).toBe(false);
	});
});

describe("asking less", () => {
	const plugged = { onBattery: false, idleMs: 5 };

	test("goes by the battery, by nothing, or always", () => {
		const onBattery = { ...plugged, onBattery: true };
		expect(sparing(onBattery, "battery").onBattery).toBe(true);
		expect(sparing(onBattery, "never")).toEqual(plugged);
		expect(sparing(plugged, "always")).toEqual(onBattery);
	});
});

describe("the login of a proxy", () => {
	const bypass: string[] = [];

	test("is not in what a page sees, and comes back with the address", () => {
		const logins = new ProxyLogins();
		const chosen = { url: "http://anna:s3cret@proxy.example:3128", bypass };
		expect(logins.complete(chosen)).toEqual(chosen);
		const seen = withoutLogin(chosen);
		expect(JSON.stringify(seen)).not.toMatch(/anna|s3cret/);
		expect(logins.complete(seen)).toEqual(chosen);
		expect([hasLogin(chosen), hasLogin(seen)]).toEqual([true, false]);
	});

	test("goes to no other address, nor by another protocol", () => {
		const logins = new ProxyLogins();
		logins.complete({ url: "https://anna:s3cret@proxy.example:3128", bypass });
		for (const url of ["https://proxy.example:3129", "http://proxy.example:3128", "socks5://proxy.example:3128"]) {
			expect(logins.complete({ url, bypass })).toEqual({ url, bypass });
		}
	});

	test("is forgotten for good, and what is no proxy is left alone", () => {
		const logins = new ProxyLogins();
		logins.complete({ url: "http://anna:s3cret@proxy.example", bypass });
		logins.forget();
		expect(logins.complete({ url: "http://proxy.example", bypass })).toEqual({ url: "http://proxy.example", bypass });
		for (const odd of ["system", undefined, null, 7, { url: 7 }, { url: "" }]) expect(logins.complete(odd)).toBe(odd);
	});
});

describe("the look of the windows", () => {
	/** As Electron on Linux: a forced look hides the system's. */
	const system = (dark: boolean) => ({
		themeSource: "system" as "system" | "light" | "dark",
		dark,
		get shouldUseDarkColors() {
			return this.themeSource === "system" ? this.dark : this.themeSource === "dark";
		},
		shouldUseDarkColorsForSystemIntegratedUI: dark,
	});

	test("does not change that of the icon", () => {
		const source = system(true);
		const theme = new Theme(source, "linux");
		theme.turnTo("light");
		expect([source.themeSource, theme.barIsDark]).toEqual(["light", true]);
		theme.turnTo("dark");
		source.dark = false;
		theme.turnTo("system");
		expect([source.themeSource, theme.barIsDark]).toEqual(["system", false]);
		theme.turnTo("dark");
		expect(theme.barIsDark).toBe(false);
	});

	test("is told apart from the bar's by Windows itself", () => {
		const theme = new Theme(system(true), "win32");
		theme.turnTo("light");
		expect(theme.barIsDark).toBe(true);
	});
});

describe("a settings file that is to be imported", () => {
	const kept: Kept = { read: () => ({ version: 1, settings: { language: "it" } }), write() {}, setAside() {} };
	const open = (policy: Policy) => new SettingsStore(kept, policy, () => {});

	test("tells what it would change, leaves out what is locked, and changes nothing", () => {
		const store = open({ suggested: {}, locked: { updates: false }, source: "/etc/semaforo.json" });
		const tried = store.tried({ updates: true, language: "it", theme: "dark" }, () => []);
		expect(tried).toEqual({ patch: { theme: "dark" }, locked: ["updates"], problems: [] });
		expect(store.current().theme).toBe("system");
		expect(store.managed()).toEqual({ source: "/etc/semaforo.json", suggested: [] });
	});

	test("is refused with a sentence for each reason", () => {
		const store = open({ suggested: {}, locked: {} });
		const { problems } = store.tried({ theme: "pink", made: "up" }, () => []);
		expect(problems).toEqual([expect.stringContaining("theme"), "made: no such setting"]);
		expect(store.tried({ theme: "dark" }, () => ["no"]).problems).toEqual(["no"]);
		expect(store.managed()).toBeUndefined();
	});
});

test("troubles do not tell whose computer it is, and pass when what failed works", () => {
	const lines: string[] = [];
	const troubles = new Troubles(
		() => 1,
		(line) => void lines.push(line),
		"/home/anna",
	);
	const fail = () => {
		throw new Error("/home/anna/ca.pem: expected a file");
	};
	troubles.retry("network", fail);
	troubles.retry("network", fail);
	expect(troubles.list()).toEqual([{ part: "network", at: 1, why: "~/ca.pem: expected a file" }]);
	expect(lines).toEqual(["network: ~/ca.pem: expected a file"]);
	troubles.retry("network", () => {});
	expect(troubles.list()).toEqual([]);
});

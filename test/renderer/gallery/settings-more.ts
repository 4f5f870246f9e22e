import type { AppFacts, AppHealth } from "../../../src/ipc/answers.ts";
import type { AppSettings, SettingsView } from "../../../src/ipc/settings.ts";
import { DEFAULT_APP_SETTINGS } from "../../../src/main/settings-shape.ts";
import { HOUR, NOW } from "./build.ts";
import type { Scenes, WindowScene } from "./scenes.ts";
import { STATES } from "./states.ts";

function view(chosen: Partial<AppSettings> = {}, more: Partial<SettingsView> = {}): SettingsView {
	const services = ["whatsapp", "instagram", "facebook", "x", "telegram", "discord"].map((id) => ({ id }));
	return { settings: { ...DEFAULT_APP_SETTINGS, services, ...chosen }, locked: [], keys: [], ...more };
}

const HEALTH: AppHealth = { version: "0.1.0", platform: "windows", troubles: [] };

const FACTS: AppFacts = {
	version: "0.1.0",
	electron: "45.4.1",
	chromium: "140.0.7339.5",
	node: "24.21.0",
	system: "Windows_NT 10.0.26100",
	startedAt: NOW - 31 * HOUR,
	memoryBytes: 143 * 1024 * 1024,
	cpuMs: 94_300,
	checksToday: 11_842,
};

function scene(settings: SettingsView, answers: WindowScene["answers"] = {}): WindowScene {
	return {
		given: STATES.calm(),
		about: "section=notifications",
		answers: {
			settings,
			health: HEALTH,
			facts: FACTS,
			kept: {
				folder: "C:\\Users\\anna\\AppData\\Roaming\\Semaforo\\app",
				bytes: 12_400_000,
				oldest: Date.parse("2025-11-20T08:00:00Z"),
			},
			testNotification: { shown: true },
			openFolder: true,
			forgetHistory: true,
			save: { kind: "saved" },
			pickSettings: { kind: "none" },
			pickCertificate: { kind: "none" },
			forgetLogin: settings,
			...answers,
		},
	};
}

const HOSTILE = `<img src=x onerror=alert(1)> \u202Etxt.exe ${"long ".repeat(80)}`;

/** The settings as they are met beyond services and own pages. */
export const MORE_SETTINGS: Scenes = {
	usual: () => scene(view()),
	busy: () =>
		scene(
			view(
				{
					sound: "major",
					shortcut: "Control+Alt+S",
					proxy: { url: "http://proxy.example:3128", bypass: ["*.intranet.example", "10.0.0.0/8"] },
					dnsServers: ["192.0.2.53", "192.0.2.54:5353"],
					certificates: ["C:\\certs\\company-root.pem", "C:\\certs\\company-proxy.pem"],
					notifications: {
						rules: [
							{ services: ["facebook"], levels: ["partial_outage"], notify: false },
							{ services: ["x"], levels: ["major_outage", "partial_outage"], notify: false },
							{ services: ["instagram"], levels: ["degraded"], notify: true },
							{ services: ["x"], end: true, notify: false },
							{ features: ["ads"], notify: false },
							{ services: ["whatsapp"], features: ["calls"], levels: ["partial_outage"], alone: true, notify: false },
						],
						quietHours: {
							windows: [
								{ days: ["mon", "tue", "wed", "thu", "fri"], from: "22:00", to: "07:00" },
								{ days: ["sat", "sun"], from: "12:00", to: "14:30" },
							],
							through: "major_outage",
						},
					},
				},
				{ proxyLogin: true },
			),
			{
				pickSettings: {
					kind: "usable",
					patch: { theme: "dark", intervalMinutes: 15, history: { keep: true, megabytes: 256, days: 90 } },
					locked: ["updates"],
				},
				pickCertificate: { kind: "unusable", why: "ca.pem: expected a certificate in PEM form, found none" },
			},
		),
	troubled: () =>
		scene(view({ shortcut: "Control+Alt+S", startAtLogin: true, history: { keep: false, megabytes: 64, days: 400 } }), {
			health: {
				version: "0.1.0",
				platform: "linux",
				troubles: [
					{ part: "shortcut", at: NOW - HOUR, why: "Control+Alt+S cannot be used: another program has it" },
					{ part: "tray", at: NOW - HOUR, why: "this desktop has no place for icons" },
					{ part: "notifications", at: NOW - HOUR, why: "org.freedesktop.Notifications was not provided" },
					{ part: "autostart", at: NOW - HOUR, why: "EACCES: ~/.config/autostart" },
				],
			},
			kept: { folder: "/home/anna/.local/share/semaforo/app", bytes: 0 },
			facts: { ...FACTS, system: "Linux 6.17.0", memoryBytes: 0, cpuMs: 0 },
			testNotification: { shown: false, why: "org.freedesktop.Notifications was not provided" },
			openFolder: false,
			forgetHistory: false,
			save: { kind: "failed", why: "ENOSPC: no space left" },
			pickSettings: { kind: "unusable", problems: ["intervalMinutes: expected 5 or more", "made: no such setting"] },
		}),
	managed: () =>
		scene(
			view(
				{ updates: false, proxy: { url: "http://proxy.example:3128", bypass: [] }, intervalMinutes: 15, notify: true },
				{
					locked: ["updates", "proxy", "notifications", "certificates", "shortcut", "history"],
					managed: {
						source: "HKEY_LOCAL_MACHINE\\Software\\Policies\\Semaforo",
						suggested: ["intervalMinutes", "theme"],
					},
				},
			),
		),
	hostileSettings: () =>
		scene(
			view(
				{
					certificates: [`/tmp/${HOSTILE}`],
					own: [{ id: "own-hostile", name: HOSTILE, features: {}, sources: [] }],
				},
				{ managed: { source: HOSTILE, suggested: ["certificates"] } },
			),
			{
				health: { ...HEALTH, troubles: [{ part: "network", at: NOW, why: HOSTILE }] },
				kept: { folder: HOSTILE, bytes: 1 },
				pickSettings: { kind: "unusable", problems: [HOSTILE] },
				pickCertificate: { kind: "unusable", why: HOSTILE },
			},
		),
};

import type * as Electron from "electron";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Time } from "../core/model.ts";
import type { Notice } from "../core/notice.ts";
import type { Clock } from "../engine/ports.ts";
import type { AppHealth, TestResult } from "../ipc/answers.ts";
import type { ChangeResult, SettingsView } from "../ipc/settings.ts";
import { type Language, languageOf } from "../words/language.ts";
import { type Words, wordsIn } from "../words/words.ts";
import { HIDDEN, setAutostart } from "./autostart.ts";
import { handlersFor } from "./calls.ts";
import { confirmOpening } from "./confirm-opening.ts";
import { createDiagnose } from "./diagnosing.ts";
import { Face } from "./face.ts";
import type { Keys } from "./keys.ts";
import { contentOf } from "./notice-delivery.ts";
import { safeText } from "./notification-text.ts";
import { type NotificationContent, Notifications } from "./notifications.ts";
import type { OpenRuns } from "./real-runs.ts";
import { serve } from "./serve.ts";
import { withoutLogin } from "./settings-shape.ts";
import type { SettingsStore } from "./settings-store.ts";
import { setShortcut } from "./shortcut.ts";
import { hearSystem } from "./system-events.ts";
import { type Troubles, wordsOf } from "./troubles.ts";
import { WatchKeeper } from "./watch-keeper.ts";

export interface AppParts {
	readonly electron: typeof Electron;
	readonly process: Pick<NodeJS.Process, "platform" | "env" | "argv" | "execPath">;
	readonly files: {
		readonly folder: string;
		readonly home: string;
		readonly preload: string;
		readonly icons: string;
	};
	/** Whether this desktop has a place for icons. */
	readonly hasTray: boolean;
	readonly clock: Clock;
	readonly openRuns: OpenRuns;
	readonly catalogue: Catalogue;
	readonly settings: SettingsStore;
	readonly keys: Keys;
	readonly troubles: Troubles;
}

/** The app in life: what happens in one part, and which other parts hear of it. */
export class App {
	readonly #parts: AppParts;
	readonly #keeper: WatchKeeper;
	readonly #face: Face;
	readonly #notifications: Notifications;
	#words: Words;
	#changedAt: Time | undefined;

	constructor(parts: AppParts) {
		this.#parts = parts;
		this.#words = wordsIn(this.#language());
		const { electron, process, files, settings, keys } = parts;
		const onChange = () => this.#face.changed();
		const show = (notice: Notice) => this.#tell(notice);
		this.#keeper = new WatchKeeper(
			{ ...parts, keys: keys.keyOf, folder: files.folder, systemProxy: this.#systemProxy, onChange, show },
			settings.current(),
		);
		this.#face = new Face({
			...parts,
			...files,
			words: () => this.#words,
			snapshot: () => this.#keeper.monitor.snapshot(),
			acts: {
				checkNow: () => this.#keeper.monitor.checkNow(),
				wish: (wish) => this.#keeper.monitor.wish(wish),
				quit: () => electron.app.quit(),
			},
		});
		this.#notifications = new Notifications({
			create: (options) => new electron.Notification(options),
			isSupported: () => electron.Notification.isSupported(),
			platform: process.platform,
		});
	}

	/** Shows itself and begins to watch. */
	begin(): void {
		const { electron, hasTray, troubles, process } = this.#parts;
		this.#answerPages();
		this.#hearSystem();
		// clicks on notifications of an earlier run
		if (process.platform === "win32") electron.Notification.handleActivation(() => this.#face.popover.show());
		if (!hasTray) troubles.note("tray", this.#words.t("app.noTray"));
		this.#keeper.start();
		this.#face.paint();
		this.#applySettings();
		const atLogin = process.argv.includes(HIDDEN) || electron.app.getLoginItemSettings().wasOpenedAtLogin;
		if (!atLogin) this.#face.popover.show();
	}

	#answerPages(): void {
		const { electron, keys } = this.#parts;
		serve(
			electron.ipcMain,
			handlersFor({
				keeper: this.#keeper,
				face: this.#face,
				keys,
				outside: {
					catalogue: () => this.#keeper.catalogue,
					own: () => this.#keeper.own,
					confirm: (url) => confirmOpening(url, electron.dialog, this.#words),
					open: (url) => electron.shell.openExternal(url),
				},
				diagnose: createDiagnose(),
				diagnosing: () => ({
					...this.#keeper.ground(),
					...(this.#changedAt !== undefined && { changedAt: this.#changedAt }),
				}),
				view: () => this.#view(),
				change: (patch) => this.#change(patch),
				test: () => this.#test(),
				copy: (text) => electron.clipboard.writeText(text),
				language: () => this.#words.language,
				health: () => this.#health(),
				quit: () => electron.app.quit(),
			}),
		);
	}

	#hearSystem(): void {
		const { electron, clock } = this.#parts;
		hearSystem(electron, {
			show: () => this.#face.popover.show(),
			looksChanged: () => this.#face.refresh(),
			woke: () => {
				this.#changedAt = clock.now();
				this.#keeper.monitor.woke();
				this.#face.refresh();
			},
			networkChanged: () => {
				this.#changedAt = clock.now();
				void electron.session.defaultSession.forceReloadProxyConfig();
				this.#keeper.monitor.networkChanged();
			},
			locked: () => this.#keeper.monitor.wish({ kind: "locked" }),
			unlocked: () => this.#keeper.monitor.wish({ kind: "unlocked" }),
			power: (state) => this.#keeper.monitor.power(state),
			ending: async () => {
				this.#face.end();
				await this.#keeper.end();
			},
		});
	}

	/** Shows a notice; where the system does not take it, that is known in the settings and in the history. */
	async #tell(notice: Notice): Promise<void> {
		const { settings, process, clock } = this.#parts;
		if (!settings.current().notify) throw new Error("notifications are switched off");
		await this.#notify(
			contentOf(notice, this.#keeper.monitor.snapshot(), this.#words, process.platform, {
				open: (window, about) => this.#face.open(window, about),
				show: () => this.#face.popover.show(),
				wish: (wish) => this.#keeper.monitor.wish(wish),
				now: () => clock.now(),
			}),
		);
	}

	async #notify(content: NotificationContent): Promise<void> {
		const { troubles } = this.#parts;
		try {
			await this.#notifications.show(content);
			troubles.over("notifications");
		} catch (error) {
			troubles.note("notifications", error);
			throw error;
		}
	}

	async #test(): Promise<TestResult> {
		const text = { title: this.#words.t("app.test.title"), body: this.#words.t("app.test.body") };
		const content = { id: "test", ...safeText(text, this.#parts.process.platform), quiet: false, actions: [] };
		try {
			await this.#notify({ ...content, onClick: () => this.#face.open("settings") });
			return { shown: true };
		} catch (error) {
			return { shown: false, why: wordsOf(error) };
		}
	}

	async #change(patch: Readonly<Record<string, unknown>>): Promise<ChangeResult> {
		const { settings } = this.#parts;
		const problems = settings.change(patch, (next) => this.#keeper.objections(next));
		if (problems.length === 0) {
			await this.#keeper.turnTo(settings.current());
			this.#applySettings();
		}
		return { view: this.#view(), problems };
	}

	/** What is chosen for the app itself, beside the watch. */
	#applySettings(): void {
		const { electron, process, files, settings, troubles } = this.#parts;
		const { startAtLogin, shortcut } = settings.current();
		const { platform, env, execPath } = process;
		const autostart = { app: electron.app, home: files.home, platform, env, execPath };
		this.#words = wordsIn(this.#language());
		troubles.attempt("autostart", () => setAutostart(startAtLogin, autostart));
		troubles.attempt("shortcut", () =>
			setShortcut(electron.globalShortcut, shortcut, () => this.#face.popover.toggle()),
		);
		this.#face.refresh();
		this.#face.tell("settings", this.#view());
	}

	#view(): SettingsView {
		const { settings, keys } = this.#parts;
		const current = settings.current();
		return {
			settings: { ...current, proxy: withoutLogin(current.proxy) },
			locked: settings.locked(),
			keys: keys.known(),
		};
	}

	#health(): AppHealth {
		const { electron, process, troubles } = this.#parts;
		const platform =
			({ win32: "windows", darwin: "macos" } as const)[process.platform as "win32" | "darwin"] ?? "linux";
		return { version: electron.app.getVersion(), platform, troubles: troubles.list() };
	}

	#language(): Language {
		const { electron, settings } = this.#parts;
		const { language } = settings.current();
		const system = electron.app.getPreferredSystemLanguages()[0] ?? electron.app.getLocale();
		return languageOf(language === "system" ? system : language);
	}

	#systemProxy = (url: string): Promise<string> => this.#parts.electron.session.defaultSession.resolveProxy(url);
}

import type * as Electron from "electron";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Time } from "../core/model.ts";
import type { Notice } from "../core/notice.ts";
import type { Clock } from "../engine/ports.ts";
import type { ChangeResult, SettingsView } from "../ipc/settings.ts";
import { type Words, wordsIn } from "../words/words.ts";
import { HIDDEN } from "./autostart.ts";
import { handlersFor } from "./calls.ts";
import { applyChoices } from "./choices.ts";
import { confirmOpening } from "./confirm-opening.ts";
import { createDiagnose } from "./diagnosing.ts";
import { Face } from "./face.ts";
import { welcome } from "./first-start.ts";
import { healthOf } from "./health.ts";
import type { Keys } from "./keys.ts";
import { languageNow } from "./language-now.ts";
import { createLookAt } from "./look-at.ts";
import { contentOf } from "./notice-delivery.ts";
import { Notifications } from "./notifications.ts";
import { Notifier } from "./notifier.ts";
import { ProxyLogins, withoutLogin } from "./proxy-logins.ts";
import type { OpenRuns } from "./real-runs.ts";
import { serve } from "./serve.ts";
import type { SettingsStore } from "./settings-store.ts";
import { settingsView } from "./settings-view.ts";
import { hearSystem } from "./system-events.ts";
import type { Troubles } from "./troubles.ts";
import { WatchKeeper } from "./watch-keeper.ts";

export interface AppParts {
	readonly electron: typeof Electron;
	readonly process: Pick<NodeJS.Process, "platform" | "env" | "argv" | "execPath" | "versions">;
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
	/** Nobody has chosen anything yet. */
	readonly isFirst: boolean;
}

/** The app in life: what happens in one part, and which other parts hear of it. */
export class App {
	readonly #parts: AppParts;
	readonly #keeper: WatchKeeper;
	readonly #face: Face;
	readonly #notifier: Notifier;
	#words: Words;
	readonly #logins = new ProxyLogins();
	readonly #startedAt: Time;
	#changedAt: Time | undefined;
	#ending = false;

	constructor(parts: AppParts) {
		this.#parts = parts;
		this.#startedAt = parts.clock.now();
		this.#logins.complete(parts.settings.current().proxy);
		this.#words = this.#wordsNow();
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
		const notifications = new Notifications({
			create: (options) => new electron.Notification(options),
			isSupported: () => electron.Notification.isSupported(),
			platform: process.platform,
		});
		this.#notifier = new Notifier(notifications, parts.troubles);
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
		if (!atLogin) this.#showFirst();
	}

	/** What people see who start the app themselves: at the very first time a welcome, and after it where the icon is. */
	#showFirst(): void {
		const { popover, windows } = this.#face;
		const { isFirst, settings } = this.#parts;
		if (isFirst) void welcome(windows, settings).then(() => this.#ending || popover.show());
		else popover.show();
	}

	#answerPages(): void {
		const { electron, keys, process, troubles } = this.#parts;
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
				lookAt: createLookAt(),
				diagnosing: () => ({
					...this.#keeper.ground(),
					words: this.#words,
					...(this.#changedAt !== undefined && { changedAt: this.#changedAt }),
				}),
				chosen: {
					...this.#parts,
					keeper: this.#keeper,
					startedAt: this.#startedAt,
					words: () => this.#words,
					forgetLogin: () => this.#forgetLogin(),
				},
				view: () => this.#view(),
				change: (patch) => this.#change(patch),
				test: () =>
					this.#notifier.test(this.#words, process.platform, () =>
						this.#face.open("settings", { section: "notifications" }),
					),
				saving: {
					dialog: electron.dialog,
					folder: () => electron.app.getPath("documents"),
					words: () => this.#words,
				},
				copy: (text) => electron.clipboard.writeText(text),
				language: () => this.#words.language,
				health: () => healthOf(electron, process.platform, troubles),
				quit: () => electron.app.quit(),
			}),
		);
	}

	#hearSystem(): void {
		const { electron, clock } = this.#parts;
		hearSystem(electron, this.#parts.process.platform, {
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
			power: (state) => this.#keeper.power(state),
			line: (metered) => this.#keeper.line(metered),
			ending: async () => {
				this.#ending = true;
				this.#face.end();
				await this.#keeper.end();
			},
		});
	}

	/** Shows a notice; where the system does not take it, that is known in the settings and in the history. */
	async #tell(notice: Notice): Promise<void> {
		const { settings, process, clock } = this.#parts;
		const { platform } = process;
		const { notify, sound } = settings.current();
		if (!notify) throw new Error("notifications are switched off");
		await this.#notifier.show(
			contentOf(
				notice,
				this.#keeper.monitor.snapshot(),
				this.#words,
				{ platform, sound },
				{
					open: (window, about) => this.#face.open(window, about),
					show: () => this.#face.popover.show(),
					wish: (wish) => this.#keeper.monitor.wish(wish),
					now: () => clock.now(),
				},
			),
		);
	}

	async #change(patch: Readonly<Record<string, unknown>>): Promise<ChangeResult> {
		const { settings } = this.#parts;
		const full = "proxy" in patch ? { ...patch, proxy: this.#logins.complete(patch["proxy"]) } : patch;
		const problems = settings.change(full, (next) => this.#keeper.objections(next));
		if (problems.length === 0) {
			await this.#keeper.turnTo(settings.current());
			this.#applySettings();
		}
		return { view: this.#view(), problems };
	}

	async #forgetLogin(): Promise<SettingsView> {
		this.#logins.forget();
		return (await this.#change({ proxy: withoutLogin(this.#parts.settings.current().proxy) })).view;
	}

	#applySettings(): void {
		this.#words = this.#wordsNow();
		applyChoices(this.#parts.settings.current(), { ...this.#parts, face: this.#face });
		this.#face.tell("settings", this.#view());
	}

	#view(): SettingsView {
		return settingsView(this.#parts.settings, this.#parts.keys);
	}

	#wordsNow(): Words {
		const { electron, settings } = this.#parts;
		return wordsIn(languageNow(electron.app, settings.current().language));
	}

	#systemProxy = (url: string): Promise<string> => this.#parts.electron.session.defaultSession.resolveProxy(url);
}

import { join } from "node:path";
import { type Catalogue, withServices } from "../catalogue/catalogue.ts";
import type { ServiceId, Time } from "../core/model.ts";
import type { Monitor } from "../engine/monitor.ts";
import type { Clock, Show } from "../engine/ports.ts";
import { forgetPast, removeHistory } from "../io/history/forget.ts";
import { type HistoryDb, openHistory } from "../io/history/history-db.ts";
import type { Secrets } from "../io/reports/registry.ts";
import type { AppSettings } from "../ipc/settings.ts";
import type { DiagnosingSetup } from "./diagnosing.ts";
import { type PowerSeen, sparing } from "./power.ts";
import type { OpenRuns, RunsSetup } from "./real-runs.ts";
import { networkObjections, watchSettings } from "./settings-shape.ts";
import { type Troubles, wordsOf } from "./troubles.ts";
import { openWatch, type Watch } from "./watch.ts";

export interface KeeperParts {
	readonly clock: Clock;
	readonly openRuns: OpenRuns;
	readonly systemProxy: RunsSetup["systemProxy"];
	readonly keys: Secrets;
	/** Without the user's own services. */
	readonly catalogue: Catalogue;
	/** Where the history is kept. */
	readonly folder: string;
	readonly troubles: Troubles;
	onChange(): void;
	readonly show: Show;
}

/** What looks beside the watch stand on. */
export type WatchGround = Omit<DiagnosingSetup, "changedAt" | "words">;

/** The choices that a watch is built on; the others change while it runs. */
const FOUNDATIONS = ["services", "own", "intervalMinutes", "proxy", "dnsServers", "certificates", "history"] as const;

/** The one watch there is: put together from the settings, and anew when what it stands on changes. */
export class WatchKeeper {
	readonly #parts: KeeperParts;
	#settings: AppSettings;
	#catalogue: Catalogue;
	#history: HistoryDb | undefined;
	#watch: Watch;
	#power: PowerSeen = { onBattery: false, idleMs: 0 };
	#metered = false;
	/** One change after another. */
	#turning: Promise<void> = Promise.resolve();

	/** Begins to watch once `start` is called. */
	constructor(parts: KeeperParts, settings: AppSettings) {
		this.#parts = parts;
		this.#settings = settings;
		this.#catalogue = parts.catalogue;
		this.#watch = this.#open();
	}

	get monitor(): Monitor {
		return this.#watch.monitor;
	}

	get catalogue(): Catalogue {
		return this.#catalogue;
	}

	get history(): HistoryDb | undefined {
		return this.#history;
	}

	get historyFile(): string {
		return join(this.#parts.folder, "history.db");
	}

	/** How often services are asked in quiet times. */
	get intervalMs(): Time {
		return this.#settings.intervalMinutes * 60_000;
	}

	/** Ids of the user's own services. */
	get own(): ReadonlySet<ServiceId> {
		return new Set(this.#settings.own.map(({ id }) => id));
	}

	/** What a look at everything stands on. */
	ground(): WatchGround {
		const { network } = watchSettings(this.#settings).settings;
		return { catalogue: this.#catalogue, network, systemProxy: this.#parts.systemProxy };
	}

	now(): Time {
		return this.#parts.clock.now();
	}

	start(): void {
		this.monitor.start();
		this.#spare();
		this.#parts.onChange();
	}

	/** The charger came or went, or nobody has touched the computer for a while: to be told about once a minute. */
	power(power: PowerSeen): void {
		this.#power = power;
		this.#spare();
	}

	/** The line is paid by what goes over it, or not any more. */
	line(metered: boolean): void {
		this.#metered = metered;
		this.#spare();
	}

	/** Forgets all that was seen but what goes on now. Rejects where that cannot be done. */
	forget(): Promise<void> {
		return this.#inTurn(async () => {
			await this.end();
			try {
				if (this.#settings.history.keep) forgetPast(this.historyFile, this.now());
				else removeHistory(this.historyFile);
			} finally {
				this.#begin();
			}
		});
	}

	/** What speaks against these settings, a sentence each. */
	objections(next: AppSettings): readonly string[] {
		try {
			const { own } = watchSettings(next);
			withServices(this.#parts.catalogue, own);
		} catch (error) {
			return [`own: ${wordsOf(error)}`];
		}
		return this.#differs("certificates", next) ? networkObjections(next) : [];
	}

	/** Goes on by these settings. */
	turnTo(next: AppSettings): Promise<void> {
		return this.#inTurn(async () => {
			const foundations = FOUNDATIONS.some((key) => this.#differs(key, next));
			this.#settings = next;
			this.#spare();
			if (foundations) await this.#renew();
			else this.monitor.wish({ kind: "notifications_changed", notifications: next.notifications });
		});
	}

	/** Puts the watch together anew, over what the present one has found. */
	renew(): Promise<void> {
		return this.#inTurn(() => this.#renew());
	}

	async end(): Promise<void> {
		await this.#watch.end();
		this.#history?.close();
		this.#history = undefined;
	}

	#differs(key: keyof AppSettings, next: AppSettings): boolean {
		return JSON.stringify(this.#settings[key]) !== JSON.stringify(next[key]);
	}

	#spare(): void {
		const { onBattery, idleMs } = this.#power;
		this.monitor.power(sparing({ onBattery: onBattery || this.#metered, idleMs }, this.#settings.askLess));
	}

	async #renew(): Promise<void> {
		await this.end();
		this.#begin();
	}

	#begin(): void {
		this.#watch = this.#open();
		this.start();
	}

	#inTurn(change: () => Promise<void>): Promise<void> {
		const turn = this.#turning.then(change);
		this.#turning = turn.catch(() => {});
		return turn;
	}

	/** Settings that cannot be used are noted, and what they are about is left out: a watch with less is better than none. */
	#open(): Watch {
		const { catalogue, troubles } = this.#parts;
		const { settings, own } = watchSettings(this.#settings);
		this.#catalogue = troubles.attempt("settings", () => withServices(catalogue, own)) ?? catalogue;
		this.#history = troubles.attempt("history", () => this.#openHistory());
		const full = troubles.attempt("network", () => this.#watchOf(settings));
		return (
			full ?? this.#watchOf({ ...settings, network: { certificates: [], clientCertificates: [], dnsServers: [] } })
		);
	}

	#watchOf(settings: ReturnType<typeof watchSettings>["settings"]): Watch {
		const { clock, openRuns, systemProxy, keys, troubles, onChange, show } = this.#parts;
		return openWatch(
			{ catalogue: this.#catalogue, settings, systemProxy, keys },
			{
				clock,
				openRuns,
				onChange,
				show,
				...(this.#history && { history: this.#history }),
				onUnknown: (ids) => troubles.note("settings", new Error(`not in the catalogue: ${ids.join(", ")}`)),
			},
		);
	}

	#openHistory(): HistoryDb | undefined {
		const { clock, troubles } = this.#parts;
		const { keep, megabytes, days } = this.#settings.history;
		if (!keep) return undefined;
		return openHistory({
			file: this.historyFile,
			now: () => clock.now(),
			maxBytes: megabytes * 1024 * 1024,
			maxAgeMs: days * 24 * 3_600_000,
			onTrouble: ({ message }) => troubles.note("history", new Error(message)),
		});
	}
}

import type { AppHealth, TestResult } from "../ipc/answers.ts";
import type { ChangeResult, SettingsView } from "../ipc/settings.ts";
import { catalogueList } from "./catalogue-list.ts";
import type { Diagnose, DiagnosingSetup } from "./diagnosing.ts";
import type { Face } from "./face.ts";
import { findIncident } from "./find-incident.ts";
import type { Keys } from "./keys.ts";
import type { LookAt } from "./look-at.ts";
import { type Outside, openOutside } from "./outside-pages.ts";
import { type SavingParts, saveFile } from "./save-file.ts";
import { type Handlers, tell } from "./serve.ts";
import { serviceChecks } from "./service-checks.ts";
import { type Past, serviceBars, serviceHistory } from "./service-history.ts";
import { type SettingsCallParts, settingsHandlers } from "./settings-calls.ts";
import { tryProbe } from "./try-probe.ts";
import type { WatchKeeper } from "./watch-keeper.ts";

/** What the calls of pages are answered with. */
export interface CallParts {
	readonly keeper: WatchKeeper;
	readonly keys: Keys;
	readonly face: Face;
	readonly outside: Outside;
	readonly diagnose: Diagnose;
	readonly lookAt: LookAt;
	diagnosing(): DiagnosingSetup;
	readonly chosen: SettingsCallParts;
	view(): SettingsView;
	change(patch: Readonly<Record<string, unknown>>): Promise<ChangeResult>;
	test(): Promise<TestResult>;
	readonly saving: SavingParts;
	copy(text: string): void;
	language(): string;
	health(): AppHealth;
	quit(): void;
}

/** An answer to each call of the contract. */
export function handlersFor(parts: CallParts): Handlers {
	const { keeper, keys } = parts;
	const { popover, windows } = parts.face;
	return {
		current: () => keeper.monitor.snapshot(),
		checkNow: (_, services) => keeper.monitor.checkNow(services),
		wish: (_, wish) => keeper.monitor.wish(wish),
		settings: () => parts.view(),
		changeSettings: (_, patch) => parts.change(patch),
		...settingsHandlers(parts.chosen),
		async keepKey(_, provider, key) {
			await keys.keep(provider, key);
			await keeper.renew();
			const view = parts.view();
			parts.face.tell("settings", view);
			return view;
		},
		catalogue: () => catalogueList(keeper.catalogue, keeper.own),
		lookAt: (_, address) => parts.lookAt(address, keeper.ground()),
		tryProbe: (_, probe) => tryProbe(probe, keeper.ground()),
		openPage: (_, page) => openOutside(page, parts.outside),
		diagnose: (asker, service) =>
			parts.diagnose(service === undefined ? [] : [service], parts.diagnosing(), (report) =>
				tell(asker, "diagnosis", report),
			),
		history: (_, { service: id, span }) => {
			const features = keeper.catalogue.services.get(id)?.features.map(({ name: feature }) => ({ feature })) ?? [];
			return serviceHistory(pastOf(keeper), { id, features }, span);
		},
		bars: (_, span) => serviceBars(pastOf(keeper), keeper.monitor.snapshot().services, span),
		checks: (_, service) => {
			const views = keeper.monitor.checks(service);
			return views && serviceChecks(keeper.history, service, views);
		},
		incident: (_, id) => findIncident(id, keeper.monitor.snapshot().incidents, keeper.history?.readIncidents({}) ?? []),
		save: (_, file) => saveFile(file, parts.saving),
		testNotification: () => parts.test(),
		copy: (_, text) => parts.copy(text),
		language: () => parts.language(),
		health: () => parts.health(),
		openWindow: (_, window, about) => void windows.open(window, about),
		close: (asker) => (popover.isOf(asker) ? popover.hide() : windows.close(asker)),
		fit: (asker, height) => {
			if (popover.isOf(asker)) popover.fit(height);
		},
		quit: () => parts.quit(),
	};
}

function pastOf(keeper: WatchKeeper): Past {
	return { history: keeper.history, intervalMs: keeper.intervalMs, now: keeper.now() };
}

import type { AppHealth, TestResult } from "../ipc/answers.ts";
import type { ChangeResult, SettingsView } from "../ipc/settings.ts";
import { catalogueList } from "./catalogue-list.ts";
import type { Diagnose, DiagnosingSetup } from "./diagnosing.ts";
import type { Face } from "./face.ts";
import type { Keys } from "./keys.ts";
import { type Outside, openOutside } from "./outside-pages.ts";
import { type Handlers, tell } from "./serve.ts";
import { serviceHistory } from "./service-history.ts";
import type { WatchKeeper } from "./watch-keeper.ts";

/** What the calls of pages are answered with. */
export interface CallParts {
	readonly keeper: WatchKeeper;
	readonly keys: Keys;
	readonly face: Face;
	readonly outside: Outside;
	readonly diagnose: Diagnose;
	diagnosing(): DiagnosingSetup;
	view(): SettingsView;
	change(patch: Readonly<Record<string, unknown>>): Promise<ChangeResult>;
	test(): Promise<TestResult>;
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
		async keepKey(_, provider, key) {
			await keys.keep(provider, key);
			await keeper.renew();
			return parts.view();
		},
		catalogue: () => catalogueList(keeper.catalogue, keeper.own),
		openPage: (_, page) => openOutside(page, parts.outside),
		diagnose: (asker, service) =>
			parts.diagnose(service === undefined ? [] : [service], parts.diagnosing(), (report) =>
				tell(asker, "diagnosis", report),
			),
		history: (_, { service, span }) => {
			const features = keeper.catalogue.services.get(service)?.features.map(({ name }) => name) ?? [];
			return serviceHistory(keeper.history, { service, features, span, now: keeper.now() });
		},
		testNotification: () => parts.test(),
		copy: (_, text) => parts.copy(text),
		language: () => parts.language(),
		health: () => parts.health(),
		openWindow: (_, window, about) => windows.open(window, about),
		close: (asker) => (popover.isOf(asker) ? popover.hide() : windows.close(asker)),
		fit: (asker, height) => {
			if (popover.isOf(asker)) popover.fit(height);
		},
		quit: () => parts.quit(),
	};
}

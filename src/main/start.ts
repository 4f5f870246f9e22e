import { homedir } from "node:os";
import { join } from "node:path";
import * as electron from "electron";
import { type Catalogue, catalogueOf } from "../catalogue/catalogue.ts";
import type { Clock } from "../engine/ports.ts";
import { shippedParts } from "../io/catalogue-files.ts";
import { systemClock } from "../io/clock.ts";
import { currentCatalogue } from "../io/current-catalogue.ts";
import { dataFolder } from "../io/folders.ts";
import { App } from "./app.ts";
import { pagesFrom } from "./app-pages.ts";
import { isFirstStart } from "./first-start.ts";
import { Keys } from "./keys.ts";
import { openLog } from "./log.ts";
import { type OpenRuns, openRealRuns } from "./real-runs.ts";
import { denyPermissions } from "./safety.ts";
import { openKeyShelf, openSettingsFile } from "./settings-file.ts";
import { SettingsStore } from "./settings-store.ts";
import { hasTrayHost } from "./tray-host.ts";
import { Troubles } from "./troubles.ts";
import { canUpdate, lookForUpdates } from "./updates.ts";

/** The world that is watched: the real one, or one that follows a script. */
export interface World {
	readonly clock: Clock;
	readonly openRuns: OpenRuns;
	/** The catalogue in force, where absent. */
	readonly catalogue?: Catalogue;
}

const REAL_WORLD: World = { clock: systemClock, openRuns: openRealRuns };

/** Where this program's own files are, beside this one, in the source tree and in a package alike. */
const PRELOAD = join(import.meta.dirname, "../preload/preload.cjs");
const PAGES = join(import.meta.dirname, "../renderer");
const ICONS = join(import.meta.dirname, "../../assets/tray");

/** Puts the app together, once Electron is ready: the only place that makes its parts out of Electron's. */
export async function start(world: World = REAL_WORLD): Promise<void> {
	const { app, protocol, session, safeStorage } = electron;
	const folder = app.getPath("userData");
	const { clock, openRuns } = world;
	const now = () => clock.now();
	const troubles = new Troubles(now, openLog(app.getPath("logs")), homedir());
	protocol.handle("app", pagesFrom(PAGES));
	denyPermissions(session.defaultSession);
	const catalogue = world.catalogue ?? catalogueNow(troubles);
	const isFirst = isFirstStart(folder);
	const settingsFile = openSettingsFile(folder, now, (error) => troubles.note("settings", error));
	const settings = new SettingsStore(
		settingsFile,
		{ suggested: {}, locked: {} },
		(error) => troubles.note("settings", error),
		() => troubles.over("settings"),
	);
	const keys = new Keys(openKeyShelf(folder), safeStorage);
	await keys.load((error) => troubles.note("keys", error));
	const semaforo = new App({
		electron,
		process,
		files: { folder, home: homedir(), preload: PRELOAD, icons: ICONS },
		hasTray: await hasTrayHost(process.platform),
		clock,
		openRuns,
		catalogue,
		settings,
		keys,
		troubles,
		isFirst,
	});
	semaforo.begin();
	if (settings.current().updates) await update(troubles);
}

async function update(troubles: Troubles): Promise<void> {
	const { resourcesPath, platform, env } = process;
	if (!canUpdate({ isPackaged: electron.app.isPackaged, resourcesPath, platform, env })) return;
	const { autoUpdater } = await import("electron-updater");
	electron.app.on(
		"will-quit",
		lookForUpdates(autoUpdater, (error) => troubles.note("updates", error)),
	);
}

function catalogueNow(troubles: Troubles): Catalogue {
	const { parts, refused } = currentCatalogue({
		folder: dataFolder(process.platform, process.env),
		keys: [],
		shipped: shippedParts(),
		app: electron.app.getVersion(),
		now: systemClock.now(),
	});
	if (refused) troubles.note("updates", new Error(refused.join("; ")));
	return catalogueOf(parts);
}

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { fileOfOwn, ownService, type ServiceFile } from "../catalogue/schema.ts";
import { FEATURES } from "../core/model.ts";
import { DEFAULT_SETTINGS, type Settings } from "../core/settings.ts";
import { catalogueSettings } from "./catalogue-settings.ts";
import { explainIssues, parseJson } from "./explain-issues.ts";
import { networkSettings } from "./network-settings.ts";
import { notificationSettings } from "./notification-settings.ts";
import { SettingsError } from "./settings-error.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MEBIBYTE = 1024 * 1024;

const id = z.string().min(1).max(40);

/** The settings file, as people write it. */
const settingsFile = z.strictObject({
	$schema: z.string().optional(),
	version: z.literal(1).default(1),
	/** Ids, or ids with the features that matter. */
	services: z
		.array(z.union([id, z.strictObject({ id, features: z.array(z.enum(FEATURES)).min(1) })]))
		.min(1)
		.max(200)
		.optional(),
	intervalMinutes: z.number().min(5).max(60).default(5),
	...networkSettings,
	/** Services of one's own: an intranet, a shop, a server at home. */
	own: z.array(ownService).max(100).default([]),
	history: z
		.strictObject({
			keep: z.boolean().default(true),
			folder: z.string().min(1).optional(),
			megabytes: z.number().min(1).max(4096).default(64),
			days: z.number().min(1).max(4000).default(400),
		})
		.prefault({}),
	notifications: notificationSettings.prefault({}),
	catalogue: catalogueSettings.prefault({}),
});

export interface LoadedSettings {
	readonly settings: Settings;
	/** Services of the user's own, as the catalogue would describe them. */
	readonly own: readonly ServiceFile[];
}

/** Reads a settings file; paths in it count from its folder. Throws `SettingsError`. */
export function loadSettings(file: string): LoadedSettings {
	const json = parseJson(file, readText(file));
	if ("problem" in json) throw new SettingsError(json.problem);
	const checked = settingsFile.safeParse(json.value);
	if (!checked.success)
		throw new SettingsError(explainIssues(file, checked.error, json.value, settingsFile).join("\n"));
	return understood(checked.data, dirname(resolve(file)));
}

function understood(file: z.infer<typeof settingsFile>, folder: string): LoadedSettings {
	const { history } = file;
	const own = file.own.map(fileOfOwn);
	const chosen = file.services?.map((entry) => (typeof entry === "string" ? { id: entry } : entry));
	return {
		own,
		settings: {
			services: chosen ?? [...DEFAULT_SETTINGS.services, ...own.map((service) => ({ id: service.id }))],
			intervalMs: file.intervalMinutes * MINUTE_MS,
			network: {
				...(file.proxy && { proxy: file.proxy }),
				certificates: file.certificates.map((path) => resolve(folder, path)),
				clientCertificates: file.clientCertificates.map((one) => ({
					...one,
					file: resolve(folder, one.file),
					...(one.key !== undefined && { key: resolve(folder, one.key) }),
				})),
				dnsServers: file.dnsServers,
			},
			history: {
				keep: history.keep,
				...(history.folder && { folder: resolve(folder, history.folder) }),
				maxBytes: history.megabytes * MEBIBYTE,
				maxAgeMs: history.days * DAY_MS,
			},
			notifications: file.notifications,
			catalogue: {
				keys: file.catalogue.keys,
				...(file.catalogue.updates !== undefined && { updates: placeOf(file.catalogue.updates, folder) }),
			},
		},
	};
}

/** An address as it is; a file counts from the settings' folder. */
function placeOf(updates: string, folder: string): string {
	return /^[a-z]{2,}:/i.test(updates) ? updates : resolve(folder, updates);
}

function readText(file: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
		throw new SettingsError(`${file}: expected a settings file, found ${code === "ENOENT" ? "nothing" : code}`);
	}
}

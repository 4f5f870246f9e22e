import { readFileSync, statSync } from "node:fs";
import { release, type } from "node:os";
import type * as Electron from "electron";
import { historyCensus } from "../io/history/census.ts";
import { networkOptions } from "../io/network-files.ts";
import type { AppFacts, Folder } from "../ipc/answers.ts";
import type { CertificateFile, SettingsFile, SettingsView } from "../ipc/settings.ts";
import type { Words } from "../words/words.ts";
import type { Handlers } from "./serve.ts";
import { choicesIn, type SettingsStore } from "./settings-store.ts";
import { type Troubles, wordsOf } from "./troubles.ts";
import type { WatchKeeper } from "./watch-keeper.ts";

export interface SettingsCallParts {
	readonly electron: Pick<typeof Electron, "app" | "dialog" | "shell">;
	readonly process: Pick<NodeJS.Process, "versions">;
	readonly keeper: Pick<WatchKeeper, "historyFile" | "forget" | "now" | "objections">;
	readonly settings: Pick<SettingsStore, "tried">;
	readonly troubles: Troubles;
	readonly startedAt: number;
	words(): Words;
	forgetLogin(): Promise<SettingsView>;
}

type SettingsCall =
	| "forgetLogin"
	| "pickSettings"
	| "pickCertificate"
	| "kept"
	| "openFolder"
	| "forgetHistory"
	| "facts";

const LARGEST_FILE = 1024 * 1024;

/** Answers to what the settings ask beside the choices themselves. */
export function settingsHandlers(parts: SettingsCallParts): Pick<Handlers, SettingsCall> {
	const { electron, keeper } = parts;
	return {
		forgetLogin: () => parts.forgetLogin(),
		pickSettings: () => pickSettings(parts),
		pickCertificate: () => pickCertificate(parts),
		kept: () => {
			const { bytes, oldest } = historyCensus(keeper.historyFile, keeper.now());
			return { folder: electron.app.getPath("userData"), bytes, ...(oldest !== undefined && { oldest }) };
		},
		openFolder: async (_, folder) => (await electron.shell.openPath(folderOf(folder, electron.app))) === "",
		forgetHistory: () => forgetHistory(parts),
		facts: () => facts(parts),
	};
}

function folderOf(folder: Folder, app: Pick<Electron.App, "getPath">): string {
	return app.getPath(folder === "data" ? "userData" : "logs");
}

/** Whoever closes the question has picked nothing. */
async function picked(
	{ electron, words }: SettingsCallParts,
	what: "settings" | "certificates",
	extensions: string[],
): Promise<string | undefined> {
	const { t } = words();
	const { canceled, filePaths } = await electron.dialog.showOpenDialog({
		title: t(`settings.data.pick.${what}`),
		filters: [
			{ name: t(`settings.data.pick.${what}`), extensions },
			{ name: t("settings.data.pick.all"), extensions: ["*"] },
		],
		properties: ["openFile"],
	});
	return canceled ? undefined : filePaths[0];
}

async function pickSettings(parts: SettingsCallParts): Promise<SettingsFile> {
	const file = await picked(parts, "settings", ["json"]);
	if (file === undefined) return { kind: "none" };
	const { t } = parts.words();
	try {
		if (statSync(file).size > LARGEST_FILE) return { kind: "unusable", problems: [t("settings.data.tooLarge")] };
		const choices = choicesIn(readFileSync(file, "utf8"));
		if (!choices) return { kind: "unusable", problems: [t("settings.data.notSettings")] };
		const { problems, ...tried } = parts.settings.tried(choices, (next) => parts.keeper.objections(next));
		return problems.length > 0 ? { kind: "unusable", problems } : { kind: "usable", ...tried };
	} catch (error) {
		return { kind: "unusable", problems: [wordsOf(error)] };
	}
}

async function pickCertificate(parts: SettingsCallParts): Promise<CertificateFile> {
	const file = await picked(parts, "certificates", ["pem", "crt", "cer"]);
	if (file === undefined) return { kind: "none" };
	try {
		networkOptions({ certificates: [file], clientCertificates: [], dnsServers: [] });
		return { kind: "usable", file };
	} catch (error) {
		return { kind: "unusable", why: wordsOf(error) };
	}
}

/** Whoever closes the question has said no. */
async function forgetHistory({ electron, keeper, troubles, words }: SettingsCallParts): Promise<boolean> {
	const { t } = words();
	const { response } = await electron.dialog.showMessageBox({
		type: "warning",
		message: t("settings.data.forget.question"),
		detail: t("settings.data.forget.detail"),
		buttons: [t("settings.data.forget.yes"), t("settings.data.forget.no")],
		defaultId: 1,
		cancelId: 1,
	});
	if (response !== 0) return false;
	try {
		await keeper.forget();
		return true;
	} catch (error) {
		troubles.note("history", error);
		return false;
	}
}

function facts({ electron, process, keeper, startedAt }: SettingsCallParts): AppFacts {
	const { electron: electronVersion = "", chrome = "", node } = process.versions;
	const metrics = electron.app.getAppMetrics();
	const { runsToday } = historyCensus(keeper.historyFile, keeper.now());
	return {
		version: electron.app.getVersion(),
		electron: electronVersion,
		chromium: chrome,
		node,
		system: `${type()} ${release()}`,
		startedAt,
		// Electron counts in kibibytes
		memoryBytes: metrics.reduce((sum, { memory }) => sum + memory.workingSetSize * 1024, 0),
		cpuMs: metrics.reduce((sum, { cpu }) => sum + (cpu.cumulativeCPUUsage ?? 0) * 1000, 0),
		...(runsToday !== undefined && { checksToday: runsToday }),
	};
}

import { useRef, useState } from "preact/hooks";
import type { AppSettings, SettingsFile, SettingsView } from "../../ipc/settings.ts";
import { list } from "../../words/lists.ts";
import { shownLine } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { Line } from "./controls.tsx";
import { problemText } from "./problem-text.ts";
import { valueText } from "./setting-value.ts";
import { useSettings } from "./use-settings.ts";

/** Settings out of the app and into it, as a file. */
export function Transfer() {
	const { bridge, words, announce } = useScene();
	const { t } = words;
	const { view } = useSettings();
	const [said, setSaid] = useState<string>();
	const [picked, setPicked] = useState<SettingsFile>({ kind: "none" });
	const importing = useRef<HTMLButtonElement>(null);
	const say = (text: string) => {
		setSaid(text);
		announce(text);
	};
	const exportAll = async () => {
		setPicked({ kind: "none" });
		const result = await bridge.save({ name: "semaforo-settings", type: "json", content: fileOf(view) });
		if (result.kind === "saved") say(t("settings.data.exported"));
		if (result.kind === "failed") say(t("settings.data.notSaved", { why: shownLine(result.why) }));
	};
	const pick = async () => {
		setSaid(undefined);
		setPicked(await bridge.pickSettings());
	};
	const end = (text?: string) => {
		importing.current?.focus();
		setPicked({ kind: "none" });
		if (text !== undefined) say(text);
	};
	return (
		<>
			<Line label={t("settings.data.transfer")} help={said ?? t("settings.data.transferHelp")}>
				<button type="button" onClick={() => void exportAll()}>
					{t("settings.data.export")}
				</button>
				<button ref={importing} type="button" onClick={() => void pick()}>
					{t("settings.data.import")}
				</button>
			</Line>
			<Preview file={picked} end={end} />
		</>
	);
}

/** The choices as a file that another Semaforo understands: what is locked here is not the user's to take along. */
function fileOf({ settings, locked }: SettingsView): string {
	const own = Object.entries(settings).filter(([key]) => !locked.some((each) => each === key));
	return `${JSON.stringify({ version: 1, settings: Object.fromEntries(own) }, undefined, "\t")}\n`;
}

interface PreviewProps {
	readonly file: SettingsFile;
	readonly end: (said?: string) => void;
}

/** What a picked file would change, before anything is. */
function Preview({ file, end }: PreviewProps) {
	const { words } = useScene();
	const { t } = words;
	if (file.kind === "none") return null;
	if (file.kind === "unusable") {
		return (
			<div class="sub-settings" role="alert">
				<p>{t("settings.data.unusable")}</p>
				<Listed lines={file.problems.map((problem) => problemText(problem, words))} />
			</div>
		);
	}
	const names = file.locked.map((key) => t(`settings.managed.names.${key}`));
	return (
		<fieldset class="sub-settings" aria-label={t("settings.data.import")}>
			<Changes file={file} end={end} />
			{names.length > 0 && <p class="help-text">{t("settings.data.lockedStay", { names: list(names, words) })}</p>}
		</fieldset>
	);
}

function Changes({ file, end }: PreviewProps & { readonly file: Extract<SettingsFile, { readonly kind: "usable" }> }) {
	const { words } = useScene();
	const { t } = words;
	const { settings, change } = useSettings();
	const keys = Object.keys(file.patch) as (keyof AppSettings)[];
	const next = { ...settings, ...file.patch };
	if (keys.length === 0) return <p>{t("settings.data.same")}</p>;
	const apply = async () => {
		const problems = await change(file.patch);
		end(problems.length === 0 ? t("settings.data.imported") : problems.join(" "));
	};
	return (
		<>
			<p>{t("settings.data.preview", { count: keys.length })}</p>
			<Listed lines={keys.map((key) => `${t(`settings.managed.names.${key}`)}: ${valueText(key, next, words)}`)} />
			<div class="setting-acts">
				<button type="button" class="primary" onClick={() => void apply()}>
					{t("settings.data.apply")}
				</button>
				<button type="button" onClick={() => end()}>
					{t("settings.data.discard")}
				</button>
			</div>
		</>
	);
}

function Listed({ lines }: { readonly lines: readonly string[] }) {
	return (
		<ul class="listed">
			{lines.map((line) => (
				<li key={line}>{shownLine(line)}</li>
			))}
		</ul>
	);
}

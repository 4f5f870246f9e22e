import type { AppHealth } from "../../ipc/answers.ts";
import { LANGUAGES } from "../../words/language.ts";
import { shownLine } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { Choice, Line, Section, Switch } from "./controls.tsx";
import { languageName } from "./setting-value.ts";
import { Shortcut } from "./shortcut.tsx";
import { useHealth } from "./use-health.ts";
import { useSettings } from "./use-settings.ts";

const THEMES = ["system", "light", "dark"] as const;
const DENSITIES = ["comfortable", "compact"] as const;
const MODES = ["popover", "window"] as const;

/** How it looks, and how it is opened. */
export function General() {
	const { bridge, words } = useScene();
	const { t } = words;
	const { settings, change } = useSettings();
	const health = useHealth();
	return (
		<Section title={t("settings.general.title")} lead={t("settings.general.lead")}>
			<Languages />
			<Choice
				setting="theme"
				label={t("settings.general.theme.title")}
				value={settings.theme}
				options={THEMES.map((value) => ({
					value,
					label: t(value === "system" ? "settings.general.system" : `settings.general.theme.${value}`),
				}))}
				choose={(theme) => change({ theme })}
			/>
			<WindowMode health={health} />
			<Choice
				setting="density"
				label={t("settings.general.density.title")}
				value={settings.density}
				options={DENSITIES.map((value) => ({ value, label: t(`settings.general.density.${value}`) }))}
				choose={(density) => change({ density })}
			/>
			<Shortcut health={health} />
			<Autostart health={health} />
			<Switch
				setting="updates"
				label={t("settings.general.updates")}
				help={t("settings.general.updatesHelp")}
				on={settings.updates}
				turn={(updates) => change({ updates })}
			/>
			<Line label={t("settings.general.welcome")} help={t("settings.general.welcomeHelp")}>
				<button type="button" onClick={() => void bridge.openWindow("welcome")}>
					{t("settings.general.openWelcome")}
				</button>
			</Line>
		</Section>
	);
}

/** Each by its own name: whoever cannot read the present one finds theirs. */
function Languages() {
	const { words } = useScene();
	const { t } = words;
	const { settings, change } = useSettings();
	const { language } = settings;
	const known = [...new Set(["system", ...LANGUAGES, language])];
	return (
		<Choice
			setting="language"
			label={t("settings.general.language")}
			value={language}
			options={known.map((value) => ({ value, label: languageName(value, words) }))}
			choose={(chosen) => change({ language: chosen })}
		/>
	);
}

interface HealthProps {
	/** `undefined` until it is known. */
	readonly health: AppHealth | undefined;
}

function WindowMode({ health }: HealthProps) {
	const { t } = useScene().words;
	const { settings, change } = useSettings();
	const hasTray = !health?.troubles.some(({ part }) => part === "tray");
	return (
		<Choice
			setting="windowMode"
			label={t("settings.general.window.title")}
			{...(!hasTray && { help: t("settings.general.window.noTray") })}
			value={hasTray ? settings.windowMode : "window"}
			options={MODES.map((value) => ({ value, label: t(`settings.general.window.${value}`) }))}
			disabled={!hasTray}
			choose={(windowMode) => change({ windowMode })}
		/>
	);
}

function Autostart({ health }: HealthProps) {
	const { t } = useScene().words;
	const { settings, change } = useSettings();
	const trouble = health?.troubles.find(({ part }) => part === "autostart");
	return (
		<Switch
			setting="startAtLogin"
			label={t("settings.general.autostart")}
			help={t("settings.general.autostartHelp")}
			problems={trouble ? [t("settings.general.autostartFailed", { why: shownLine(trouble.why) })] : []}
			on={settings.startAtLogin}
			turn={(startAtLogin) => change({ startAtLogin })}
		/>
	);
}

import { useScene } from "../scene.ts";
import { Choice, Section, Switch } from "./controls.tsx";
import { FinerRules } from "./finer-rules.tsx";
import { Matrix } from "./matrix.tsx";
import { QuietHours } from "./quiet-hours.tsx";
import { TryIt } from "./try-it.tsx";
import { useSettings } from "./use-settings.ts";

const SOUNDS = ["never", "major", "all"] as const;

/** What people hear of, when, and how loud. */
export function Notifications() {
	const { words } = useScene();
	const { settings, change } = useSettings();
	const { t } = words;
	return (
		<Section title={t("settings.notifications.title")} lead={t("settings.notifications.lead")}>
			<Switch
				setting="notify"
				label={t("settings.notifications.notify")}
				help={t("settings.notifications.notifyHelp")}
				on={settings.notify}
				turn={(notify) => change({ notify })}
			/>
			<Matrix />
			<FinerRules />
			<QuietHours />
			<Choice
				setting="sound"
				label={t("settings.notifications.sound.title")}
				help={t("settings.notifications.sound.help")}
				value={settings.sound}
				options={SOUNDS.map((value) => ({ value, label: t(`settings.notifications.sound.${value}`) }))}
				choose={(sound) => change({ sound })}
			/>
			<TryIt />
		</Section>
	);
}

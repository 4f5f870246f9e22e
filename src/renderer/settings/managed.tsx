import type { AppSettings } from "../../ipc/settings.ts";
import { shownLine } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { Section } from "./controls.tsx";
import { valueText } from "./setting-value.ts";
import { useSettings } from "./use-settings.ts";

/** What somebody else has chosen, and where they wrote it. */
export function Managed() {
	const { t } = useScene().words;
	const { view } = useSettings();
	const { managed, locked } = view;
	if (!managed) {
		return (
			<Section title={t("settings.managed.title")}>
				<p>{t("settings.managed.none")}</p>
			</Section>
		);
	}
	return (
		<Section title={t("settings.managed.title")} lead={t("settings.managed.lead")}>
			{managed.source !== "" && (
				<p class="managed-source">{t("settings.managed.source", { source: shownLine(managed.source) })}</p>
			)}
			<Settings title={t("settings.managed.locked")} keys={locked} />
			<Settings title={t("settings.managed.suggested")} keys={managed.suggested} />
		</Section>
	);
}

interface SettingsProps {
	readonly title: string;
	readonly keys: readonly (keyof AppSettings)[];
}

/** Settings with the values that are in force. */
function Settings({ title, keys }: SettingsProps) {
	const { words } = useScene();
	const { settings } = useSettings();
	if (keys.length === 0) return null;
	return (
		<section class="setting-part">
			<h3>{title}</h3>
			<dl class="pairs">
				{keys.map((key) => (
					<div key={key}>
						<dt>{words.t(`settings.managed.names.${key}`)}</dt>
						<dd>{shownLine(valueText(key, settings, words))}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}

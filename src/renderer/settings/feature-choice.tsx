import { useState } from "preact/hooks";
import type { FeatureName } from "../../core/model.ts";
import type { WatchedService } from "../../core/settings.ts";
import type { CatalogueEntry } from "../../ipc/answers.ts";
import { capital } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { chosenOf, withFeature } from "./chosen-services.ts";
import { useSettings } from "./use-settings.ts";

interface FeatureChoiceProps {
	readonly entry: CatalogueEntry;
	readonly service: WatchedService;
	readonly watched: readonly WatchedService[];
}

/** Which features of a service matter; one at least. */
export function FeatureChoice({ entry, service, watched }: FeatureChoiceProps) {
	const { t } = useScene().words;
	const { change, isLocked } = useSettings();
	const [problems, setProblems] = useState<readonly string[]>([]);
	const { id, name, features: all } = entry;
	const chosen = chosenOf(service, all);
	const turn = async (feature: FeatureName, box: HTMLInputElement) => {
		const on = box.checked;
		if (!on && chosen.length === 1) {
			box.checked = true;
			setProblems([t("settings.services.lastFeature")]);
			return;
		}
		setProblems(await change({ services: withFeature(watched, id, all, feature, on) }));
	};
	return (
		<fieldset class="feature-choice" disabled={isLocked("services")}>
			<legend>{t("settings.services.features", { name })}</legend>
			{all.map((feature) => (
				<label key={feature}>
					<input
						type="checkbox"
						checked={chosen.includes(feature)}
						onChange={({ currentTarget }) => void turn(feature, currentTarget)}
					/>
					{capital(t(`feature.${feature}`))}
				</label>
			))}
			{problems.map((problem) => (
				<p class="setting-problem" role="alert" key={problem}>
					{problem}
				</p>
			))}
		</fieldset>
	);
}

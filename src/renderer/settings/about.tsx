import { useEffect, useState } from "preact/hooks";
import type { AppFacts, Trouble } from "../../ipc/answers.ts";
import { shownLine } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { Line, Section } from "./controls.tsx";
import { diagnosticsText } from "./diagnostics-text.ts";
import { FolderButton } from "./folder-button.tsx";
import { Footprint } from "./footprint.tsx";
import { combinationText } from "./key-combination.ts";
import { Licences } from "./licences.tsx";
import { useHealth } from "./use-health.ts";
import { useSettings } from "./use-settings.ts";

/** What the program is, what it takes, and what troubles it. */
export function About() {
	const { bridge, words } = useScene();
	const { t } = words;
	const [facts, setFacts] = useState<AppFacts>();
	useEffect(() => void bridge.facts().then(setFacts, () => {}), [bridge]);
	return (
		<Section title={t("settings.about.title")} lead={t("settings.about.lead")}>
			<dl class="pairs">
				<div>
					<dt>{t("settings.about.version")}</dt>
					<dd>{facts?.version}</dd>
				</div>
				<div>
					<dt>{t("settings.about.made")}</dt>
					<dd>{facts && builtOn(facts)}</dd>
				</div>
				<div>
					<dt>{t("settings.about.system")}</dt>
					<dd>{facts?.system}</dd>
				</div>
			</dl>
			<Footprint facts={facts} />
			<Health facts={facts} />
			<Licences />
		</Section>
	);
}

function builtOn({ electron, chromium, node }: AppFacts): string {
	return [`Electron ${electron}`, `Chromium ${chromium}`, `Node ${node}`].join(" · ");
}

function Health({ facts }: { readonly facts: AppFacts | undefined }) {
	const { bridge, words, announce } = useScene();
	const { t } = words;
	const { settings } = useSettings();
	const health = useHealth();
	const [copied, setCopied] = useState(false);
	const troubles = health?.troubles ?? [];
	const said = ({ part, why }: Trouble) => {
		const keys = combinationText(settings.shortcut, health?.platform ?? "linux");
		if (part === "shortcut") return t("settings.general.shortcut.taken", { keys });
		return t("settings.about.health.trouble", { part: t(`settings.about.health.part.${part}`), why: shownLine(why) });
	};
	const copy = async () => {
		await bridge.copy(diagnosticsText(facts, health, words));
		setCopied(true);
		announce(t("settings.about.health.copied"));
	};
	return (
		<section class="setting-part">
			<h3>{t("settings.about.health.title")}</h3>
			{health && troubles.length === 0 && <p>{t("settings.about.health.none")}</p>}
			<ul class="listed">
				{troubles.map((trouble) => (
					<li key={trouble.part}>{said(trouble)}</li>
				))}
			</ul>
			<Line label={t("settings.about.health.diagnostics")} help={t("settings.about.health.copyHelp")}>
				<button type="button" onClick={() => void copy()} onBlur={() => setCopied(false)}>
					{t(`settings.about.health.${copied ? "copied" : "copy"}`)}
				</button>
				<FolderButton folder="log" label={t("settings.about.health.log")} />
			</Line>
		</section>
	);
}

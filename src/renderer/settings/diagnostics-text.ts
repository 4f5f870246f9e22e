import type { AppFacts, AppHealth } from "../../ipc/answers.ts";
import type { Words } from "../../words/words.ts";
import { bytesText } from "./amounts.ts";

/** Versions, figures and troubles as lines for whoever helps: nothing of what is watched, and nothing of who watches. */
export function diagnosticsText(facts: AppFacts | undefined, health: AppHealth | undefined, words: Words): string {
	const { t } = words;
	const made = facts
		? [
				`Semaforo ${facts.version}`,
				`Electron ${facts.electron}, Chromium ${facts.chromium}, Node ${facts.node}`,
				`${t("settings.about.system")}: ${facts.system}`,
				`${t("settings.about.footprint.memory")}: ${bytesText(facts.memoryBytes, words)}`,
				`${t("settings.about.footprint.cpu")}: ${Math.round(facts.cpuMs / 1000)} s`,
				...(facts.checksToday === undefined ? [] : [`${t("settings.about.footprint.checks")}: ${facts.checksToday}`]),
			]
		: [];
	const troubles = (health?.troubles ?? []).map(({ part, at, why }) =>
		[new Date(at).toISOString(), t(`settings.about.health.part.${part}`), why].join(" · "),
	);
	return [...made, ...troubles, ""].join("\n");
}

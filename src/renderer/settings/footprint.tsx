import type { AppFacts } from "../../ipc/answers.ts";
import { shortDuration } from "../../words/durations.ts";
import type { Words } from "../../words/words.ts";
import { useScene } from "../scene.ts";
import { bytesText } from "./amounts.ts";

/** What the program takes of this computer, as far as it is measured. */
export function Footprint({ facts }: { readonly facts: AppFacts | undefined }) {
	const { words, now } = useScene();
	const { t } = words;
	const { memoryBytes = 0, checksToday } = facts ?? {};
	return (
		<section class="setting-part">
			<h3>{t("settings.about.footprint.title")}</h3>
			<dl class="pairs">
				<Figure
					name={t("settings.about.footprint.memory")}
					{...(memoryBytes > 0 && {
						value: bytesText(memoryBytes, words),
						help: t("settings.about.footprint.memoryHelp"),
					})}
					facts={facts}
				/>
				<Figure
					name={t("settings.about.footprint.cpu")}
					{...(facts &&
						facts.cpuMs > 0 && {
							value: processorText(facts, now, words),
							help: t("settings.about.footprint.cpuHelp"),
						})}
					facts={facts}
				/>
				<Figure
					name={t("settings.about.footprint.checks")}
					{...(checksToday !== undefined && { value: new Intl.NumberFormat(words.language).format(checksToday) })}
					facts={facts}
				/>
			</dl>
		</section>
	);
}

interface FigureProps {
	readonly name: string;
	/** Absent where it cannot be measured. */
	readonly value?: string;
	readonly help?: string;
	readonly facts: AppFacts | undefined;
}

function Figure({ name, value, help, facts }: FigureProps) {
	const { t } = useScene().words;
	return (
		<div>
			<dt>{name}</dt>
			<dd>
				{value ?? (facts && t("settings.about.footprint.unmeasured"))}
				{help !== undefined && <small>{help}</small>}
			</dd>
		</div>
	);
}

function processorText({ cpuMs, startedAt }: AppFacts, now: number, words: Words): string {
	const ranMs = Math.max(1, now - startedAt);
	const number = new Intl.NumberFormat(words.language, { maximumFractionDigits: 1 });
	const share = new Intl.NumberFormat(words.language, { style: "percent", maximumSignificantDigits: 2 });
	return words.t("settings.about.footprint.cpuOf", {
		seconds: number.format(cpuMs / 1000),
		time: shortDuration(ranMs, words),
		share: share.format(cpuMs / ranMs),
	});
}

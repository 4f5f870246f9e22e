import type { NotificationRule } from "../../core/notice-rules.ts";
import { list } from "../../words/lists.ts";
import type { Words } from "../../words/words.ts";
import { useScene } from "../scene.ts";
import { useNames } from "./matrix.tsx";
import { isFiner } from "./rule-matrix.ts";
import { useSettings } from "./use-settings.ts";

/** Rules that no switch can show, in words. */
export function FinerRules() {
	const { words } = useScene();
	const { t } = words;
	const name = useNames();
	const rules = useSettings().settings.notifications.rules.filter(isFiner);
	if (rules.length === 0) return null;
	return (
		<section class="finer-rules">
			<h3>{t("settings.notifications.finer.title", { count: rules.length })}</h3>
			<p class="help-text">{t("settings.notifications.finer.help")}</p>
			<ul class="listed">
				{rules.map((rule) => {
					const what = whatOf(rule, name, words);
					return (
						<li key={JSON.stringify(rule)}>
							{t(`settings.notifications.finer.${rule.notify ? "told" : "untold"}`, { what })}
						</li>
					);
				})}
			</ul>
		</section>
	);
}

/** What a rule is about: whom, which feature, how bad, whose fault. */
function whatOf(rule: NotificationRule, name: (service: string) => string, words: Words): string {
	const { t } = words;
	const { services, features, levels, causes, alone, connection, end } = rule;
	const parts = [
		...(connection ? [t("settings.notifications.matrix.connection")] : []),
		...(services ? [list(services.map(name), words)] : []),
		...(features
			? [
					list(
						features.map((each) => t(`feature.${each}`)),
						words,
					),
				]
			: []),
		...(levels
			? [
					list(
						levels.map((each) => t(`level.${each}`)),
						words,
					),
				]
			: []),
		...(causes
			? [
					list(
						causes.map((each) => t(`cause.${each}`)),
						words,
					),
				]
			: []),
		...(alone === undefined ? [] : [t(`settings.notifications.finer.${alone ? "alone" : "together"}`)]),
		...(end ? [t("settings.notifications.finer.end")] : []),
	];
	return parts.length > 0 ? parts.join(" · ") : t("settings.notifications.finer.everything");
}

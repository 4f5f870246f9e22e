import { compareLevels, type Level } from "../core/level.ts";
import { list } from "./lists.ts";
import { capital } from "./window.ts";
import type { Words } from "./words.ts";

/** What bars say, for those who do not see them: how many of them show trouble or planned work, the worst first, and where nobody looked. */
export function barsSentence(bands: readonly (Level | "gap")[], within: string, words: Words): string {
	const span = capital(within);
	const all = bands.length;
	const count = (wanted: Level | "gap") => bands.filter((band) => band === wanted).length;
	if (count("gap") + count("unknown") === all) return words.t("details.bars.none", { span });
	const levels = [...new Set(bands)].filter((band) => band !== "gap" && band !== "operational") as Level[];
	const states = levels
		.sort((a, b) => compareLevels(b, a))
		.map((level) => words.t("details.bars.state", { state: words.t(`level.${level}`), count: count(level), all }));
	const gaps = count("gap");
	if (gaps > 0) states.push(words.t("details.bars.state", { state: words.t("details.gap"), count: gaps, all }));
	return states.length === 0
		? words.t("details.bars.calm", { span })
		: words.t("details.bars.trouble", { span, states: list(states, words) });
}

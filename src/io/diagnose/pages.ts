import type { SourceCheck } from "../../core/check.ts";
import type { WordFinding } from "../../core/diagnosis-findings.ts";
import { worst } from "../../core/level.ts";
import { officialLevels } from "../../core/official-levels.ts";
import type { ReadSource } from "../run-check.ts";

/** What an official page says of its service: the worst of what matters. Absent where it cannot be read, or speaks of something else. */
export async function readPage(
	check: SourceCheck,
	readSource: ReadSource,
	now: () => number,
	signal: AbortSignal,
): Promise<WordFinding | undefined> {
	const { outcome } = await readSource(check, signal);
	if (outcome.kind !== "read") return undefined;
	const { page, features, whole, speaksForWhole } = officialLevels(outcome.page, check.source, now());
	const said = [...features.values(), ...(speaksForWhole ? [whole] : [])];
	const level = worst(said.map((each) => each.level));
	const title = said.find((each) => each.level === level && each.title !== undefined)?.title;
	return { kind: "word", service: check.service, from: "official", page, level, ...(title !== undefined && { title }) };
}

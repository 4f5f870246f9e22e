import type { FeatureName } from "../core/model.ts";
import type { Account } from "../replay/account.ts";
import { duration } from "../words/durations.ts";
import { list, sentences } from "../words/lists.ts";
import { type Names, nameOf } from "../words/names.ts";
import { localTrouble } from "../words/trouble.ts";
import type { Words } from "../words/words.ts";
import { scenarioTime } from "./scenarios.ts";

/** What really happened beside what was told, delays and all. */
export function summaryLines(accounts: readonly Account[], names: Names, words: Words): string[] {
	if (accounts.length === 0) return [words.t("demo.noTruth")];
	return [words.t("demo.summary"), ...accounts.flatMap((account) => accountLines(account, names, words))];
}

function accountLines({ truth, toldAt, overAt, admittedAt }: Account, names: Names, words: Words): string[] {
	const { from, until } = truth;
	const at = (name: "told" | "over" | "admitted", time: number, since: number) =>
		words.t(`demo.${name}`, { time: clock(time), later: duration(time - since, words), until: clock(until) });
	const told = toldAt === undefined ? words.t("demo.untold") : at("told", toldAt, from);
	const over = overAt === undefined ? [] : [at("over", overAt, until)];
	const admitted = admittedAt === undefined ? words.t("demo.unadmitted") : at("admitted", admittedAt, from);
	const pages = truth.services.length > 0 ? [admitted] : [];
	return [
		`${scenarioTime(from)}  ${what(truth, names, words)}`,
		...[told, ...over, ...pages].map((line) => `  ${sentences(line)}`),
	];
}

function what({ services, features, cause, culprit }: Account["truth"], names: Names, words: Words): string {
	if (services.length === 0) return sentences(localTrouble(cause, words));
	const who = list(
		services.map((id) => nameOf(id, names)),
		words,
	);
	const parts = features.map((name) =>
		name === "*" ? words.t("demo.everything") : words.t(`feature.${name as FeatureName}`),
	);
	const failing = `${who}: ${list(parts, words)}`;
	return culprit === undefined ? sentences(failing) : `${failing} (${nameOf(culprit, names)}).`;
}

/** Minutes and seconds are what delays are about; the day stands in the line above. */
function clock(at: number): string {
	return scenarioTime(at).slice(11);
}

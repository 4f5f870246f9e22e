import type { Diagnosis } from "../core/diagnosis.ts";
import { levelOf } from "../core/diagnosis-level.ts";
import type { Cause } from "../core/model.ts";
import { nextStep, verdictSentence } from "./diagnosis.ts";
import { sentences } from "./lists.ts";
import type { Names } from "./names.ts";
import { capital, type Lead, withoutStop } from "./window.ts";
import type { Words } from "./words.ts";

/** What stands at the top once it is known: what it came to, then whose side it is on, and how sure that is. */
export function diagnosisLead(diagnosis: Diagnosis, words: Words, names: Names): Lead {
	const { kind, cause, sureness } = diagnosis;
	const where = WHERE[cause];
	const says = [
		...(where ? [words.t(`diagnosis.window.${where}`)] : []),
		// where nothing is wrong, or nothing counts, nobody is accused
		...(kind === "fine" || kind === "hold" ? [] : [sentences(capital(words.t(`certainty.${sureness}`)))]),
	];
	return { level: levelOf(diagnosis), title: withoutStop(verdictSentence(diagnosis, words, names)), says };
}

/** The verdict itself says that it is a service's. */
const WHERE: Readonly<Record<Cause, "here" | "between" | undefined>> = {
	device: "here",
	network: "here",
	captive_portal: "here",
	dns: "here",
	proxy: "here",
	isp: "between",
	service: undefined,
	upstream: undefined,
	unknown: undefined,
};

/** What to do, one thing at a time, in order. */
export function stepsToTry(diagnosis: Diagnosis, words: Words, names: Names): readonly string[] {
	const { kind, cause, culprit } = diagnosis;
	const text = nextStep(diagnosis, words, names);
	// a name may have a full stop inside
	const steps = culprit === undefined ? text.split(/(?<=\.) +/) : [text];
	const again = WHERE[cause] !== undefined && kind !== "vpn";
	return again ? [...steps, words.t("diagnosis.window.thenAgain")] : steps;
}

import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import type { Scenario } from "../../src/replay/scenario.ts";

/** A notice about services, from Semaforo or from anything that is compared with it. */
export interface Told {
	readonly at: number;
	readonly kind: "opened" | "worsened" | "eased" | "closed";
	readonly cause: string;
	readonly culprit: string;
	readonly features: readonly Named[];
}

interface Named {
	readonly service: string;
	readonly feature: string;
}

export type Truth = Scenario["truth"][number];

/** How well one true outage was told. */
export interface TruthScore {
	readonly what: string;
	/** The best evidence of it that Semaforo gathers; `nothing` where there is none. */
	readonly seenBy: "probe" | "official" | "reports" | "nothing";
	/** From the first evidence of it to the first notice that raises it; absent where it was missed. */
	readonly delayMs?: number;
	/** How many of its features were named, of how many; a whole service counts as one. */
	readonly named: number;
	readonly of: number;
	/** The same up to the first notice with the right cause and culprit; absent where none had them. */
	readonly causeDelayMs?: number;
	/** From its end to the notice of that; absent where there was none. */
	readonly closedAfterMs?: number;
}

export interface Score {
	readonly truths: readonly TruthScore[];
	/** Openings that name nothing of what was broken. */
	readonly falseAlarms: readonly Told[];
	/** Features said to be in trouble while they were well, beside others that were not or alone. */
	readonly wronglyNamed: readonly string[];
	readonly notices: number;
}

const MINUTE = 60_000;
/** A notice so much before an outage begins still belongs to it … */
const EARLY_MS = MINUTE;
/** … and so much after its end: closing takes a while. */
const LATE_MS = 20 * MINUTE;

/** Compares what people were told with what really happened. */
export function score(truths: readonly Truth[], told: readonly Told[], catalogue: Catalogue): Score {
	const ofServices = truths.filter(({ services }) => services.length > 0);
	const isTrue = (notice: Told, named: Named) =>
		ofServices.some((truth) => belongs(truth, notice) && names(truth, named));
	return {
		truths: ofServices.map((truth) => scoreTruth(truth, told, catalogue)),
		falseAlarms: told.filter(
			(notice) => notice.kind === "opened" && !notice.features.some((named) => isTrue(notice, named)),
		),
		wronglyNamed: [
			...new Set(
				told
					.filter(({ kind }) => kind !== "closed")
					.flatMap((notice) => notice.features.filter((named) => !isTrue(notice, named)).map(keyOf)),
			),
		],
		notices: told.length,
	};
}

function scoreTruth(truth: Truth, told: readonly Told[], catalogue: Catalogue): TruthScore {
	const mine = told.filter((notice) => belongs(truth, notice) && notice.features.some((named) => names(truth, named)));
	const raising = mine.filter(({ kind }) => kind === "opened" || kind === "worsened");
	const rightly = mine.find(({ cause, culprit }) => cause === truth.cause && culprit === (truth.culprit ?? culprit));
	const closed = mine.find(({ kind, at }) => kind === "closed" && at >= truth.until);
	const whole = truth.features.includes("*");
	const found = mine.flatMap(({ features }) => features.filter((named) => names(truth, named)));
	const since = truth.visibleFrom ?? truth.from;
	return {
		what: `${truth.services.join(", ")}: ${whole ? "everything" : truth.features.join(", ")}`,
		seenBy: seenBy(truth, catalogue),
		named: new Set(found.map((named) => (whole ? named.service : keyOf(named)))).size,
		of: truth.services.length * (whole ? 1 : truth.features.length),
		...(raising[0] && { delayMs: raising[0].at - since }),
		...(rightly && { causeDelayMs: rightly.at - since }),
		...(closed && { closedAfterMs: closed.at - truth.until }),
	};
}

function seenBy({ seen, services }: Truth, { checks }: Catalogue): TruthScore["seenBy"] {
	if (seen.includes("probe")) return "probe";
	const hasPage = services.some((id) => checks.get(id)?.some(({ kind }) => kind === "source"));
	if (seen.includes("official") && hasPage) return "official";
	return seen.includes("reports") ? "reports" : "nothing";
}

function belongs({ from, until }: Truth, { at }: Told): boolean {
	return at >= from - EARLY_MS && at <= until + LATE_MS;
}

function names({ services, features }: Truth, { service, feature }: Named): boolean {
	return services.includes(service) && (features.includes("*") || features.includes(feature));
}

function keyOf({ service, feature }: Named): string {
	return `${service}/${feature}`;
}

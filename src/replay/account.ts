import { isProblem } from "../core/level.ts";
import type { Service, ServiceId, Time } from "../core/model.ts";
import type { Notice } from "../core/notice.ts";
import type { OfficialRule, Scenario } from "./scenario.ts";

export type Truth = Scenario["truth"][number];

/** One thing that really happened, beside what people were told of it. */
export interface Account {
	readonly truth: Truth;
	/** When they were first told. */
	readonly toldAt?: Time;
	/** When they were told that it was over. */
	readonly overAt?: Time;
	/** When an official page first said so, by the script; whether or not anything here reads that page. */
	readonly admittedAt?: Time;
}

/** What really happened, in the order of the file, beside what the notices told of it; `services` are those of the catalogue. */
export function accountOf(
	{ truth, world }: Scenario,
	notices: readonly Notice[],
	services: ReadonlyMap<ServiceId, Service>,
): Account[] {
	return truth.map((each) => {
		const told = notices.find((notice) => notice.at >= each.from && tells(notice, each));
		const over = told && notices.find((notice) => notice.at >= each.until && ends(notice, told, each));
		const admissions = world.filter((rule) => "official" in rule && admits(rule, each, services));
		const admittedAt = Math.min(...admissions.map(({ from }) => Math.max(each.from, from ?? each.from)));
		return {
			truth: each,
			...(told && { toldAt: told.at }),
			...(over && { overAt: over.at }),
			...(admissions.length > 0 && { admittedAt }),
		};
	});
}

function tells(notice: Notice, { services, features }: Truth): boolean {
	if (services.length === 0) return notice.kind === "connection_lost";
	if (notice.kind !== "opened" && notice.kind !== "worsened" && notice.kind !== "eased") return false;
	return notice.features.some(
		({ service, feature }) => services.includes(service) && (features.includes("*") || features.includes(feature)),
	);
}

/** An incident may go on with other features. */
function ends(notice: Notice, told: Notice, truth: Truth): boolean {
	if (notice.kind === "connection_back") return told.kind === "connection_lost";
	const same = "incident" in told && "incident" in notice && notice.incident === told.incident;
	return same && (notice.kind === "closed" || !tells(notice, truth));
}

/** A page speaks for its service, and for all that have its owner. */
function admits(
	{ official, until, answer }: OfficialRule,
	{ from, services, culprit }: Truth,
	known: ReadonlyMap<ServiceId, Service>,
): boolean {
	if (!("level" in answer) || !isProblem(answer.level) || (until ?? Number.POSITIVE_INFINITY) <= from) return false;
	const speaks = (page: ServiceId) =>
		services.includes(page) || (culprit !== undefined && (page === culprit || known.get(page)?.owner.id === culprit));
	return official.service?.some(speaks) ?? true;
}

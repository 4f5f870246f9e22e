import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import type { Check, SourceCheck } from "../../src/core/check.ts";
import type { Evidence } from "../../src/core/evidence.ts";
import { isProblem } from "../../src/core/level.ts";
import { randomFrom } from "../../src/core/random.ts";
import type { Scenario } from "../../src/replay/scenario.ts";
import { ScriptedWorld } from "../../src/replay/world.ts";
import type { Told } from "./score.ts";

const MINUTE = 60_000;

/** A simple way to watch the same world: each check for itself, without controls, a notice for each service. */
interface Policy {
	readonly looksAt: "pages" | "probes";
	readonly intervalMs: number;
	/** Instead of the interval, from a first failure until the alarm. */
	readonly retryMs: number;
	/** In a row, of one check. */
	readonly failuresToAlarm: number;
	readonly passesToRecover: number;
}

/** By the words that the table calls them. */
export const POLICIES: Readonly<Record<string, Policy>> = {
	"official pages only": {
		looksAt: "pages",
		intervalMs: 5 * MINUTE,
		retryMs: 5 * MINUTE,
		failuresToAlarm: 1,
		passesToRecover: 1,
	},
	"one failure, every minute": {
		looksAt: "probes",
		intervalMs: MINUTE,
		retryMs: MINUTE,
		failuresToAlarm: 1,
		passesToRecover: 1,
	},
	"three failures, every minute": {
		looksAt: "probes",
		intervalMs: MINUTE,
		retryMs: MINUTE,
		failuresToAlarm: 3,
		passesToRecover: 2,
	},
	"three tries, every ten minutes": {
		looksAt: "probes",
		intervalMs: 10 * MINUTE,
		retryMs: 2 * MINUTE,
		failuresToAlarm: 3,
		passesToRecover: 1,
	},
};

export interface PolicyPlayed {
	readonly told: readonly Told[];
	/** Moments of requests by host, in order. */
	readonly asked: ReadonlyMap<string, readonly number[]>;
}

/** Lets a policy watch the scenario's services in the very world that Semaforo watches. */
export function playPolicy(policy: Policy, scenario: Scenario, catalogue: Catalogue): PolicyPlayed {
	const world = new ScriptedWorld(scenario);
	const random = randomFrom(scenario.seed);
	const sleeps = sleepsIn(scenario);
	const asked = new Map<string, number[]>();
	const told = scenario.services.flatMap((service) => {
		const changes = checksFor(policy, service, catalogue).flatMap((check) => {
			const runs = watch(check, { policy, scenario, sleeps, world, phase: random.next() });
			asked.set(
				check.host,
				[...(asked.get(check.host) ?? []), ...runs.asked].sort((a, b) => a - b),
			);
			return runs.changes;
		});
		return noticesOf(service, changes);
	});
	return { told: told.sort((a, b) => a.at - b.at), asked };
}

/** A policy that reads pages is given one for every service, even where none exists that a program could read. */
function checksFor({ looksAt }: Policy, service: string, catalogue: Catalogue): Check[] {
	const checks = catalogue.checks.get(service) ?? [];
	if (looksAt === "probes") return checks.filter(({ kind }) => kind === "probe");
	const pages = checks.filter(({ kind }) => kind === "source");
	return pages.length > 0 ? pages : [pageOf(service)];
}

function pageOf(service: string): SourceCheck {
	const host = `status.${service}`;
	const source = { format: "statuspage", url: `https://${host}/`, components: {}, speaksForWhole: true } as const;
	return { kind: "source", id: `${service}/official`, host, service, source };
}

interface Change {
	readonly at: number;
	readonly check: Check;
	readonly down: boolean;
}

interface Watch {
	readonly policy: Policy;
	readonly scenario: Scenario;
	readonly sleeps: readonly Sleep[];
	readonly world: ScriptedWorld;
	/** Where in the first interval it begins, 0 to 1. */
	readonly phase: number;
}

function watch(
	check: Check,
	{ policy, scenario, sleeps, world, phase }: Watch,
): { changes: Change[]; asked: number[] } {
	const changes: Change[] = [];
	const asked: number[] = [];
	let down = false;
	let against = 0;
	let at = awakeAt(sleeps, scenario.from + phase * policy.intervalMs);
	while (at < scenario.until) {
		const { evidence, tookMs } = world.answer(check, at);
		asked.push(at);
		const fails = isTrouble(evidence);
		if (fails !== undefined) against = fails === down ? 0 : against + 1;
		if (against >= (down ? policy.passesToRecover : policy.failuresToAlarm)) {
			down = !down;
			against = 0;
			changes.push({ at: at + tookMs, check, down });
		}
		at = awakeAt(sleeps, at + (against > 0 && !down ? policy.retryMs : policy.intervalMs));
	}
	return { changes, asked };
}

/** `undefined` where the answer speaks neither way: a page that cannot be read. A refusal counts as an answer. */
function isTrouble(evidence: Evidence): boolean | undefined {
	if (evidence.kind !== "source") return evidence.outcome.kind === "failed";
	if (evidence.outcome.kind === "failed") return;
	const { level, components } = evidence.outcome.page;
	return isProblem(level) || components.some((component) => isProblem(component.level));
}

interface Sleep {
	readonly from: number;
	readonly until: number;
}

function sleepsIn({ world }: Scenario): Sleep[] {
	return world.filter((rule) => "device" in rule).filter((rule) => rule.device === "asleep");
}

/** Timers that fell due in a sleep fire on waking. */
function awakeAt(sleeps: readonly Sleep[], at: number): number {
	return sleeps.reduce((time, { from, until }) => (time >= from && time < until ? until : time), at);
}

/** One notice when the first check of a service is down, one when the last is up again. */
function noticesOf(service: string, changes: readonly Change[]): Told[] {
	const down = new Set<string>();
	return changes
		.toSorted((a, b) => a.at - b.at)
		.flatMap((change): Told[] => {
			const before = down.size;
			if (change.down) down.add(change.check.id);
			else down.delete(change.check.id);
			if (before > 0 && down.size > 0) return [];
			const kind = change.down ? "opened" : "closed";
			const feature = change.check.kind === "probe" ? change.check.feature : "web";
			return [{ at: change.at, kind, cause: "service", culprit: service, features: [{ service, feature }] }];
		});
}

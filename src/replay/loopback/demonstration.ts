import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Check, SourceCheck } from "../../core/check.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import type { RunCheck } from "../../engine/ports.ts";
import { fetchPage } from "../../io/network/fetch-page.ts";
import { createRunCheck } from "../../io/run-check.ts";
import { createReadSource } from "../../io/sources/read-source.ts";
import { type Cast, castOf, type Players, perform } from "../performance.ts";
import type { Scenario } from "../scenario.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { type Answer, ScriptedWorld, scriptedComponent } from "../world.ts";
import { type Internet, openInternet } from "./internet.ts";
import { Pace } from "./pace.ts";

interface Audience extends Pick<Players, "show" | "onChange" | "onSleep"> {
	/** Told of every run: what the script wanted seen, and what was seen. */
	readonly onRun?: (check: Check, scripted: Evidence, seen: Evidence) => void;
}

/** An outage that is ready to be performed, once. */
export interface Demonstration {
	/** The scripted time. */
	now(): number;
	/** How fast time has passed so far: the speed asked for, or less where this computer could not keep up. */
	achieved(): number;
	/** Runs that met trouble where the script has none, or none where it has some; and all runs. */
	readonly runs: { readonly strayed: number; readonly total: number };
	/** Performs it. Resolves once all is over and closed, to the last picture. */
	play(audience: Audience): Promise<Snapshot>;
	/** Ends it at once: `play` resolves soon. */
	stop(): void;
}

/**
 * Opens real servers on 127.0.0.1 that a scenario is performed with over the real network: what each run of a check meets is what
 * `replay` would answer it, and time passes as in `replay`, at `speed` ms (above 0) of it in a real one. Nothing leaves this
 * computer: other addresses are refused. Throws `ScenarioError` as `replay` does.
 */
export async function openDemonstration(
	scenario: Scenario,
	catalogue: Catalogue,
	speed: number,
): Promise<Demonstration> {
	const cast = realistic(castOf(scenario, catalogue));
	const pace = new Pace(scenario.from, speed);
	const clock = new VirtualClock(scenario.from, pace.reach);
	const internet = await openInternet({ checks: cast.checks, catalogue, speed, now: () => clock.now() });
	const runs = { strayed: 0, total: 0 };
	const play = ({ onRun, onSleep, ...audience }: Audience) => {
		const runCheck = performed(scenario, internet, clock, pace, (check, scripted, seen) => {
			runs.total += 1;
			if (isTrouble(scripted) !== isTrouble(seen)) runs.strayed += 1;
			onRun?.(check, scripted, seen);
		});
		const sleep = (from: number, until: number) => {
			pace.jumpTo(until);
			onSleep?.(from, until);
		};
		pace.start();
		return perform(scenario, cast, { ...audience, clock, runCheck, onSleep: sleep }).finally(() => internet.close());
	};
	return { now: () => pace.now(), achieved: () => pace.achieved(), runs, play, stop: () => pace.stop() };
}

/** What the small Internet cannot be asked as the catalogue has it. */
function realistic(cast: Cast): Cast {
	return { ...cast, checks: cast.checks.map(realisticCheck) };
}

/**
 * A page that lists no components cannot speak of a feature: it speaks of its service as a whole. There is one family of
 * addresses here, and none of them is public.
 */
function realisticCheck(check: Check): Check {
	if (check.kind === "source") return LISTS_NONE.has(check.source.format) ? withoutScripted(check) : check;
	if (check.kind !== "probe") return check;
	const { family: _, ...probe } = check.probe;
	return { ...check, probe: probe.type === "dns" ? { ...probe, mayBePrivate: true } : probe };
}

const LISTS_NONE: ReadonlySet<string> = new Set(["feed", "instatus"]);

function withoutScripted(check: SourceCheck): SourceCheck {
	const own = Object.entries(check.source.components).filter(([key, feature]) => key !== scriptedComponent(feature));
	return { ...check, source: { ...check.source, components: Object.fromEntries(own) } };
}

/** Runs checks over the small Internet. A run ends when the script says so, and time waits for those that take longer. */
function performed(
	scenario: Scenario,
	{ patient, play }: Internet,
	clock: VirtualClock,
	pace: Pace,
	onRun: NonNullable<Audience["onRun"]>,
): RunCheck {
	const world = new ScriptedWorld(scenario);
	const now = () => clock.now();
	const readSource = createReadSource({ fetchPage: (url, how) => fetchPage(patient, url, how), now });
	return (check, attempt) => {
		const startedAt = clock.now();
		const answer = world.answer(check, startedAt);
		if (check.kind === "reports") return told(answer, clock);
		const release = pace.hold(startedAt + answer.tookMs);
		const { network, end } = play(check, answer);
		const real = createRunCheck({ network, readSource, now })(check, attempt);
		const { promise: evidence, resolve } = Promise.withResolvers<Evidence>();
		let seen = answer.evidence;
		const over = real.evidence.then((evidence) => {
			seen = evidence;
			end();
			release();
		});
		const cancelTimer = clock.wakeAt(startedAt + answer.tookMs, () => {
			onRun(check, answer.evidence, seen);
			resolve({ ...seen, startedAt, at: clock.now() });
		});
		return {
			evidence,
			cancel() {
				cancelTimer();
				real.cancel();
				void over.then(() => resolve(seen));
			},
		};
	};
}

/** Other people are not played: their reports are told as the script has them. */
function told({ evidence, tookMs }: Answer, clock: VirtualClock): ReturnType<RunCheck> {
	const { promise, resolve } = Promise.withResolvers<Evidence>();
	const cancelTimer = clock.wakeAt(clock.now() + tookMs, () => resolve(evidence));
	return {
		evidence: promise,
		cancel() {
			cancelTimer();
			resolve(evidence);
		},
	};
}

/** Where a status cannot be played, to be turned away is to be let in; everything else that is trouble stays trouble. */
function isTrouble({ outcome }: Evidence): boolean {
	return outcome.kind === "failed" || outcome.kind === "portal";
}

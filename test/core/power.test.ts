import { describe, expect, test } from "vitest";
import type { Check, SourceCheck } from "../../src/core/check.ts";
import type { Evidence } from "../../src/core/evidence.ts";
import type { OfficialPage } from "../../src/core/official.ts";
import { AT_WORK, type Power, stretch } from "../../src/core/power.ts";
import { type Event, reduce } from "../../src/core/reduce.ts";
import { createState, freshMs, type State } from "../../src/core/state.ts";
import { controlRun, MINUTE, run, SECOND, T0 } from "../helpers/evidence.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const ON_BATTERY: Power = { onBattery: true, idle: false };
const IDLE: Power = { onBattery: false, idle: true };
const BOTH: Power = { onBattery: true, idle: true };

test.each<[power: Power, probe: number, source: number, control: number]>([
	[AT_WORK, 1, 1, 1],
	[ON_BATTERY, 2, 2, 2],
	[IDLE, 1, 4, 1],
	[BOTH, 2, 4, 2],
])("with %o probes wait %i times as long, pages %i, controls %i", (power, probe, source, control) => {
	expect([stretch(power, "probe"), stretch(power, "source"), stretch(power, "control")]).toEqual([
		probe,
		source,
		control,
	]);
});

const { service, checks } = watched("s", { features: { messaging: ["a"] }, official: { Chat: "messaging" } });
const probe = checks.find(({ kind }) => kind === "probe") as Check;
const source = checks.find((check): check is SourceCheck => check.kind === "source") as SourceCheck;

function stateAfter(events: readonly Event[]): State {
	const setup = { services: [service], checks: [...CONTROLS, ...checks], now: T0, seed: 1 };
	return events.reduce((state, event) => reduce(state, event).state, createState(setup));
}

const EMPTY: OfficialPage = {
	format: "statuspage",
	page: { name: "Paged" },
	level: "operational",
	components: [],
	incidents: [],
	maintenances: [],
	unknownWords: [],
};
const powered = (power: Power, at: number): Event => ({ kind: "power", at, ...power });
const heard = (evidence: Evidence): Event => ({ kind: "evidence", at: evidence.at, evidence });
const probed = (at: number) => heard(run("a", "ok", at, { checkId: probe.id }));
const read = (at: number): Event =>
	heard({
		kind: "source",
		checkId: source.id,
		service: "s",
		startedAt: at,
		at,
		outcome: { kind: "read", fresh: true, page: EMPTY },
	});
const dueIn = (state: State, { id }: Check) => ((state.runs.get(id)?.dueAt ?? 0) - state.now) / MINUTE;

describe("a change of power", () => {
	test("lets the next waits be longer, and runs speak for longer", () => {
		const slow = stateAfter([powered(BOTH, T0), probed(T0 + SECOND), read(T0 + SECOND)]);
		expect(dueIn(slow, probe)).toBeGreaterThan(1.5);
		expect(dueIn(slow, probe)).toBeLessThan(12.1);
		expect(dueIn(slow, source)).toBeGreaterThan(3);
		expect(dueIn(slow, source)).toBeLessThan(24.1);
		expect([freshMs(slow, probe.id), freshMs(slow, source.id)]).toEqual([22 * MINUTE, 42 * MINUTE]);
	});

	test("brings forward what need not wait any more, to when it would have been due anyway", () => {
		const idle = stateAfter([probed(T0), powered(IDLE, T0), read(T0 + SECOND)]);
		const before = idle.runs.get(probe.id)?.dueAt;
		const soon = reduce(idle, powered(AT_WORK, T0 + 2 * SECOND)).state;
		expect(soon.runs.get(source.id)?.dueAt).toBeLessThanOrEqual(T0 + SECOND + 5 * MINUTE);
		expect(soon.runs.get(source.id)?.dueAt).toBeGreaterThanOrEqual(
			Math.min(T0 + 5 * MINUTE, idle.runs.get(source.id)?.dueAt ?? 0),
		);
		const back = reduce(
			stateAfter([read(T0), powered(IDLE, T0), read(T0 + SECOND)]),
			powered(AT_WORK, T0 + 15 * MINUTE),
		).state;
		expect(dueIn(back, source)).toBeLessThanOrEqual(0.5);
		// what had not been slowed is left as it is
		expect(soon.runs.get(probe.id)?.dueAt).toBe(before);
	});

	test("leaves a page alone that asked to be", () => {
		const asked = stateAfter([powered(IDLE, T0)]);
		const fresh = reduce(asked, {
			kind: "evidence",
			at: T0 + SECOND,
			evidence: {
				...(read(T0 + SECOND) as Extract<Event, { kind: "evidence" }>).evidence,
				askAgainAfterMs: 30 * MINUTE,
			} as Evidence,
		}).state;
		const back = reduce(fresh, powered(AT_WORK, T0 + 11 * MINUTE)).state;
		expect(back.runs.get(source.id)?.dueAt).toBeGreaterThanOrEqual(T0 + SECOND + 30 * MINUTE);
	});

	test("slows no proof: what failed is asked again within seconds", () => {
		const online = CONTROLS.map((check) =>
			heard({ ...controlRun(check.vendor, check.control.type, "ok", T0), checkId: check.id }),
		);
		const state = stateAfter([
			powered(BOTH, T0),
			...online,
			heard(run("a", "timeout", T0 + SECOND, { checkId: probe.id })),
		]);
		expect(dueIn(state, probe)).toBeLessThan(0.25);
	});
});

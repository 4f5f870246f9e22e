import type { Check } from "../../src/core/check.ts";
import type { Evidence, SourceEvidence } from "../../src/core/evidence.ts";
import { failure } from "../../src/core/failure.ts";
import type { Level } from "../../src/core/level.ts";
import type { Service } from "../../src/core/model.ts";
import type { Notice } from "../../src/core/notice.ts";
import type { OfficialPage } from "../../src/core/official.ts";
import { type Event, reduce } from "../../src/core/reduce.ts";
import { createState, type Setup, type State } from "../../src/core/state.ts";
import type { Standing, Verdict } from "../../src/core/verdict.ts";
import { type Answer, controlRun, outcome, SECOND, T0 } from "./evidence.ts";
import { CONTROLS } from "./watched.ts";

/** A verdict of the given level, blamed on `meta` where it is trouble. */
export function verdict(level: Level, standing: Standing, more: Partial<Verdict> = {}): Verdict {
	const trouble = standing === "proven" && level !== "maintenance";
	return {
		level,
		cause: trouble ? "service" : "unknown",
		...(trouble && { culprit: "meta" }),
		confidence: 0.9,
		standing,
		reasons: [],
		suspects: [],
		...more,
	};
}

export type Watch = readonly { service: Service; checks: readonly Check[] }[];

/** Everything that happens to one state, in order, and what came of it. */
export interface Story {
	state: State;
	readonly notices: Notice[];
	/** Lets something happen at the given time after T0. */
	readonly happen: (event: Event) => void;
	readonly tick: (at: number) => void;
	/** Each of the given controls answers, as a run of a second that ends at `at`. */
	readonly controls: (at: number, answer?: Parameters<typeof controlRun>[2], ids?: readonly string[]) => void;
	/** The probes or sources with the given ids answer, likewise. */
	readonly probes: (at: number, answer: Answer, ...ids: string[]) => void;
	/** A probe or a control passed, in a run of so many ms. */
	readonly passes: (at: number, id: string, tookMs: number) => void;
	/** An official page was read, with these levels of its components; a failure where none are given. */
	readonly page: (at: number, id: string, components?: Readonly<Record<string, Level>>, whole?: Level) => void;
	readonly evidence: (at: number, evidence: Evidence) => void;
}

/** A state that watches the given services, told step by step. Times are ms after T0. */
export function tell(watch: Watch, setup: Partial<Setup> = {}): Story {
	const story: Story = {
		state: createState({
			services: watch.map(({ service }) => service),
			checks: [...CONTROLS, ...watch.flatMap(({ checks }) => checks)],
			now: T0,
			seed: 1,
			...setup,
		}),
		notices: [],
		happen(event) {
			const step = reduce(story.state, event);
			story.state = step.state;
			story.notices.push(...step.notices);
		},
		tick: (at) => story.happen({ kind: "tick", at: T0 + at }),
		evidence: (at, evidence) => story.happen({ kind: "evidence", at: T0 + at, evidence }),
		controls(at, answer = "ok", ids = CONTROLS.map(({ id }) => id)) {
			for (const id of ids) story.evidence(at, controlEvidence(id, answer, T0 + at));
		},
		probes(at, answer, ...ids) {
			for (const id of ids) story.evidence(at, probeEvidence(story.state, id, answer, T0 + at));
		},
		passes(at, id, tookMs) {
			const end = T0 + at;
			const isControl = story.state.checks.get(id)?.kind === "control";
			const evidence = isControl ? controlEvidence(id, "ok", end) : probeEvidence(story.state, id, "ok", end);
			story.evidence(at, { ...evidence, startedAt: end - tookMs });
		},
		page(at, id, components, whole = "operational") {
			story.evidence(at, sourceEvidence(id, T0 + at, components && officialPage(components, whole)));
		},
	};
	return story;
}

export function controlEvidence(id: string, answer: Parameters<typeof controlRun>[2], at: number): Evidence {
	const check = CONTROLS.find((control) => control.id === id);
	if (!check) throw new Error(`No control ${id}`);
	return { ...controlRun(check.vendor, check.control.type, answer, at), checkId: id };
}

export function probeEvidence({ checks }: State, id: string, answer: Answer, at: number): Evidence {
	const check = checks.get(id);
	if (check?.kind !== "probe") throw new Error(`No probe ${id}`);
	const { service, feature, host, upstream } = check;
	return {
		kind: "probe",
		checkId: id,
		service,
		feature,
		host,
		outcome: outcome(answer),
		phases: {},
		startedAt: at - SECOND,
		at,
		...(upstream && { upstream }),
	};
}

/** A page with these components and nothing else, or one that could not be read. */
export function sourceEvidence(id: string, at: number, page?: OfficialPage): SourceEvidence {
	const [service = ""] = id.split("/");
	return {
		kind: "source",
		checkId: id,
		service,
		startedAt: at - SECOND,
		at,
		outcome: page
			? { kind: "read", page, fresh: true }
			: { kind: "failed", failure: failure("timeout", "no answer", { phase: "connect" }) },
	};
}

export function officialPage(components: Readonly<Record<string, Level>>, level: Level): OfficialPage {
	return {
		format: "statuspage",
		page: { name: "Status" },
		level,
		components: Object.entries(components).map(([name, own]) => ({ id: name, name, level: own })),
		incidents: [],
		maintenances: [],
		unknownWords: [],
	};
}

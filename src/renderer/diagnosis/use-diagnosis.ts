import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { LayerReport } from "../../core/diagnosis-layers.ts";
import type { ServiceId } from "../../core/model.ts";
import type { Examination } from "../../ipc/answers.ts";
import type { Bridge } from "../../ipc/contract.ts";
import type { Place } from "../../words/diagnosis-layers.ts";
import { shownName } from "../../words/window.ts";

/** A look that is under way, or over. */
export interface Look {
	/** Absent where it is about the connection alone. */
	readonly service?: ServiceId;
	/** What has come in so far, by place. */
	readonly reports: ReadonlyMap<string, LayerReport>;
	/** Absent while it is under way. */
	readonly outcome?: Examination | "failed";
}

export function placeKey({ layer, service = "" }: Place): string {
	return `${layer}/${service}`;
}

/** Looks at once, fills in what comes, and looks again when asked; who asks anew hears no more of the look before. */
export function useDiagnosis(
	bridge: Bridge,
	asked: ServiceId | undefined,
): readonly [Look, look: (service: ServiceId | undefined) => void] {
	const [state, setState] = useState<Look>(() => begun(asked));
	const turn = useRef(0);
	const look = useCallback(
		(service: ServiceId | undefined) => {
			turn.current += 1;
			const own = turn.current;
			setState(begun(service));
			const end = (outcome: Examination | "failed") => {
				if (own === turn.current) setState((before) => ended(before, outcome));
			};
			// main tells "no service" by no argument
			(service === undefined ? bridge.diagnose() : bridge.diagnose(service)).then(end, () => end("failed"));
		},
		[bridge],
	);
	useEffect(() => {
		const end = bridge.on("diagnosis", (report) => setState((before) => heard(before, report)));
		look(asked);
		return end;
	}, [bridge, look, asked]);
	return [state, look];
}

function begun(service: ServiceId | undefined): Look {
	return { ...(service !== undefined && { service }), reports: new Map() };
}

function heard(before: Look, report: LayerReport): Look {
	if (before.outcome || (report.service !== undefined && report.service !== before.service)) return before;
	return { ...before, reports: new Map(before.reports).set(placeKey(report), report) };
}

function ended(before: Look, outcome: Examination | "failed"): Look {
	if (outcome === "failed") return { ...before, outcome };
	const { culprit } = outcome.diagnosis;
	// whoever opens secure connections is called as it calls itself
	const diagnosis = { ...outcome.diagnosis, ...(culprit !== undefined && { culprit: shownName(culprit) }) };
	return {
		...before,
		outcome: { ...outcome, diagnosis },
		reports: new Map(outcome.layers.map((report) => [placeKey(report), report])),
	};
}

import type { Snapshot } from "../../src/core/snapshot.ts";
import type { Bridge } from "../../src/ipc/contract.ts";
import type { Given } from "./gallery/states.ts";

export interface Played {
	readonly given: Given;
	readonly language: string;
}

/** What a test finds on the page beside the bridge. */
interface Stage {
	/** Every call, in order: its name and what came with it. */
	readonly calls: [name: string, ...args: unknown[]][];
	/** Pushes a snapshot as the main process would. */
	push(snapshot: Snapshot): void;
}

declare global {
	interface Window {
		stage: Stage;
	}
}

/**
 * Gives the page a bridge that shows what it is given and grants every wish. It runs in the page, so it may use nothing from around
 * it.
 */
export function playBridge({ given, language }: Played): void {
	const calls: Stage["calls"] = [];
	const listeners = new Set<(snapshot: Snapshot) => void>();
	let shown = given;
	const push = (snapshot: Snapshot) => {
		shown = snapshot;
		for (const listener of listeners) listener(snapshot);
	};
	const change = (patch: (snapshot: Snapshot) => Snapshot) => {
		if (typeof shown !== "string") push(patch(shown));
	};
	const grant: Bridge["wish"] = async (wish) => {
		const { kind, service } = wish;
		if (kind === "unmuted" && service === undefined) return change(({ muted: _, ...rest }) => rest);
		change((snapshot) => ({
			...snapshot,
			services: snapshot.services.map((each) => {
				if (each.id !== service) return each;
				const { muted, awaited, ...rest } = each;
				const until = { kind: "time", at: snapshot.at + 3_600_000 } as const;
				const mutedNow = kind === "muted" ? { until } : kind === "unmuted" ? undefined : muted;
				const awaitedNow = kind === "back_wanted" || (kind !== "back_unwanted" && awaited === true);
				return { ...rest, ...(mutedNow && { muted: mutedNow }), ...(awaitedNow && { awaited: true as const }) };
			}),
		}));
	};
	const check = async () => {
		for (let done = 0; done <= 24; done += 4) {
			change((snapshot) => ({ ...snapshot, round: { done, total: 24 } }));
			await new Promise((resolve) => setTimeout(resolve, 150));
		}
		change((snapshot) => ({
			...snapshot,
			services: snapshot.services.map((each) => ({
				...each,
				features: each.features.map((view) => ({
					...view,
					reasons: view.reasons.map((reason) => ("at" in reason ? { ...reason, at: Date.now() } : reason)),
				})),
			})),
		}));
	};
	const current: Bridge["current"] = () => {
		if (shown === "refused") return Promise.reject(new Error("nobody is there"));
		return shown === "silent" ? new Promise(() => {}) : Promise.resolve(shown);
	};
	const acts: Record<string, (...args: never[]) => unknown> = {
		current,
		wish: grant,
		checkNow: check,
		language: async () => language,
		on: (event: string, listener: (snapshot: Snapshot) => void) => {
			if (event === "snapshot") listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
	const semaforo = new Proxy(acts, {
		get:
			(_, name: string) =>
			(...args: never[]) => {
				calls.push([name, ...args]);
				return (acts[name] ?? (async () => undefined))(...args);
			},
	});
	Object.assign(window, { semaforo, stage: { calls, push } });
}

import type { Snapshot } from "../../src/core/snapshot.ts";
import type { Bridge, EventName, Events } from "../../src/ipc/contract.ts";
import type { SettingsPatch, SettingsView } from "../../src/ipc/settings.ts";
import type { WindowScene } from "./gallery/scenes.ts";

export interface Played extends WindowScene {
	readonly language: string;
}

/** What a test finds on the page beside the bridge. */
interface Stage {
	/** Every call, in order: its name and what came with it. */
	readonly calls: [name: string, ...args: unknown[]][];
	/** Pushes a snapshot as the main process would. */
	push(snapshot: Snapshot): void;
	/** Tells the page of anything as the main process would. */
	tell<E extends EventName>(event: E, payload: Events[E]): void;
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
export function playBridge({ given, language, answers = {}, layers = [] }: Played): void {
	const calls: Stage["calls"] = [];
	const listeners = new Map<string, Set<(payload: never) => void>>();
	let shown = given;
	const tell: Stage["tell"] = (event, payload) => {
		for (const listener of listeners.get(event) ?? []) listener(payload as never);
	};
	const push = (snapshot: Snapshot) => {
		shown = snapshot;
		tell("snapshot", snapshot);
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
	let view: SettingsView | undefined = answers.settings;
	const keepKey: Bridge["keepKey"] = async (provider, key) => {
		if (!view || key === "nowhere") throw new Error("no key store");
		const others = view.keys.filter((each) => each !== provider);
		view = { ...view, keys: key === undefined ? others : [...others, provider] };
		tell("settings", view);
		return view;
	};
	const changeSettings = async (patch: SettingsPatch) => {
		if (!view) throw new Error("no settings on this stage");
		if (answers.changeSettings) return answers.changeSettings;
		view = { ...view, settings: { ...view.settings, ...patch } };
		tell("settings", view);
		return { view, problems: [] };
	};
	const current: Bridge["current"] = () => {
		if (shown === "refused") return Promise.reject(new Error("nobody is there"));
		return shown === "silent" ? new Promise(() => {}) : Promise.resolve(shown);
	};
	// the one that is not answered goes on for ever, or cannot begin
	const diagnose = () => {
		for (const layer of layers) tell("diagnosis", layer);
		if (given === "refused") return Promise.reject(new Error("nobody is there"));
		return answers.diagnose ? Promise.resolve(answers.diagnose) : new Promise(() => {});
	};
	const acts: Record<string, (...args: never[]) => unknown> = {
		current,
		wish: grant,
		checkNow: check,
		settings: () => (given === "refused" ? Promise.reject(new Error("nobody is there")) : Promise.resolve(view)),
		changeSettings,
		keepKey,
		diagnose,
		language: async () => {
			const chosen = view?.settings.language ?? "system";
			return chosen === "system" ? language : chosen;
		},
		on: (event: string, listener: (payload: never) => void) => {
			const all = listeners.get(event) ?? new Set();
			listeners.set(event, all.add(listener));
			return () => all.delete(listener);
		},
	};
	const answer = (name: string) => async () => (answers as Readonly<Record<string, unknown>>)[name];
	const semaforo = new Proxy(acts, {
		get:
			(_, name: string) =>
			(...args: never[]) => {
				calls.push([name, ...args]);
				return (acts[name] ?? answer(name))(...args);
			},
	});
	Object.assign(window, { semaforo, stage: { calls, push, tell } });
}

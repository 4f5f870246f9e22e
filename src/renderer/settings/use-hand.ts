import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Bridge } from "../../ipc/contract.ts";
import type { AppSettings, SettingsPatch, SettingsView } from "../../ipc/settings.ts";
import type { Words } from "../../words/words.ts";
import { problemText } from "./problem-text.ts";
import type { SettingsHand } from "./use-settings.ts";

/** The last change: what takes it back, and whether that has been done. */
export interface LastChange {
	readonly keys: readonly (keyof AppSettings)[];
	readonly back: SettingsPatch;
	readonly undone: boolean;
}

interface Hand {
	/** `undefined` until the settings are known. */
	readonly hand: SettingsHand | undefined;
	/** The main process does not answer. */
	readonly lost: boolean;
	readonly retry: () => void;
	readonly last: LastChange | undefined;
	/** Takes the last change back, or makes it once more. */
	readonly undo: () => void;
}

/** The settings as the main process has them, and what was changed last. What is changed shows at once, and goes back where it is refused. */
export function useHand(bridge: Bridge, words: Words): Hand {
	const [view, setView] = useState<SettingsView>();
	const [lost, setLost] = useState(false);
	const [last, setLast] = useState<LastChange>();
	/** Changes without an answer yet: what comes before the last of them is older than what is shown. */
	const pending = useRef(0);
	const take = useCallback((known: SettingsView) => {
		if (pending.current === 0) setView(known);
	}, []);
	const retry = useCallback(() => {
		void bridge.settings().then(
			(known) => {
				take(known);
				setLost(false);
			},
			() => setLost(true),
		);
	}, [bridge, take]);
	useEffect(() => {
		const end = bridge.on("settings", take);
		retry();
		return end;
	}, [bridge, retry, take]);
	const put = async (patch: SettingsPatch, undone: boolean) => {
		if (!view) return [];
		const back = before(patch, view.settings);
		pending.current += 1;
		setView({ ...view, settings: { ...view.settings, ...patch } });
		try {
			const { view: next, problems } = await bridge.changeSettings(patch).finally(() => {
				pending.current -= 1;
			});
			take(next);
			if (problems.length === 0) setLast({ keys: keysOf(patch), back, undone });
			return problems.map((problem) => problemText(problem, words));
		} catch {
			take(view);
			return [words.t("settings.frame.notChanged")];
		}
	};
	const hand: SettingsHand | undefined = view && {
		view,
		settings: view.settings,
		isLocked: (key) => view.locked.includes(key),
		change: (patch) => put(patch, false),
	};
	return { hand, lost: lost && !view, retry, last, undo: () => void (last && put(last.back, !last.undone)) };
}

function before(patch: SettingsPatch, settings: AppSettings): SettingsPatch {
	return Object.fromEntries(keysOf(patch).map((key) => [key, settings[key]]));
}

function keysOf(patch: SettingsPatch): (keyof AppSettings)[] {
	return Object.keys(patch) as (keyof AppSettings)[];
}

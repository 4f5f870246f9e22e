import { useMemo } from "preact/hooks";
import { list } from "../../words/lists.ts";
import type { Words } from "../../words/words.ts";
import { clockOf } from "../clock.ts";
import type { Opening } from "../open.ts";
import { type Scene, SceneContext, useScene } from "../scene.ts";
import { useAnnouncer } from "../use-announcer.ts";
import { useKeys } from "../use-keys.ts";
import { useNow } from "../use-now.ts";
import { useSnapshot } from "../use-snapshot.ts";
import { SECTION_NAMES, SECTIONS, type SectionName } from "./sections.ts";
import { TurnTo } from "./turn-to.ts";
import { type LastChange, useHand } from "./use-hand.ts";
import { useSection } from "./use-section.ts";
import { SettingsContext } from "./use-settings.ts";
import { useUndoKey } from "./use-undo-key.ts";

/** All that can be chosen: a list of sections, the one that is looked at, and the way back from the last change. */
export function App({ bridge, words, locale, first }: Opening) {
	const [sight] = useSnapshot(bridge, first);
	const snapshot = sight.kind === "seen" ? sight.snapshot : undefined;
	const now = Math.max(useNow(), snapshot?.at ?? 0);
	const { hand, lost, retry, last, undo } = useHand(bridge, words);
	const [name, choose] = useSection();
	const [announcement, announce] = useAnnouncer(last && changeText(last, words));
	const moment = useMemo(() => clockOf(locale), [locale]);
	const scene: Scene = {
		bridge,
		words,
		names: snapshot?.names ?? {},
		now,
		momentOf: (at) => moment(at, now),
		announce,
	};
	useKeys({ Escape: () => void bridge.close(), "mod+w": () => void bridge.close() });
	useUndoKey(undo);
	const Current = SECTIONS[name];
	return (
		<SceneContext.Provider value={scene}>
			<div class="settings">
				<Menu name={name} choose={choose} />
				<main key={name}>
					{hand && (
						<SettingsContext.Provider value={hand}>
							<TurnTo.Provider value={choose}>
								<Current />
							</TurnTo.Provider>
						</SettingsContext.Provider>
					)}
					{lost && (
						<>
							<p>{words.t("settings.frame.lost")}</p>
							<button type="button" class="primary" onClick={retry}>
								{words.t("settings.frame.again")}
							</button>
						</>
					)}
				</main>
				{last && (
					<footer class="last-change">
						<span>{changeText(last, words)}</span>
						<button type="button" onClick={undo}>
							{words.t(last.undone ? "settings.frame.redo" : "settings.frame.undo")}
						</button>
					</footer>
				)}
				<p class="unseen" role="status">
					{announcement}
				</p>
			</div>
		</SceneContext.Provider>
	);
}

interface MenuProps {
	readonly name: SectionName;
	readonly choose: (name: SectionName) => void;
}

function Menu({ name, choose }: MenuProps) {
	const { t } = useScene().words;
	return (
		<nav>
			<h1>{t("app.window.settings")}</h1>
			<ul>
				{SECTION_NAMES.map((each) => (
					<li key={each}>
						<button
							type="button"
							class="quiet"
							aria-current={each === name ? "page" : undefined}
							onClick={() => choose(each)}
						>
							{t(`settings.${each}.title`)}
						</button>
					</li>
				))}
			</ul>
		</nav>
	);
}

function changeText({ keys, undone }: LastChange, words: Words): string {
	const names = list(
		keys.map((key) => words.t(`settings.managed.names.${key}`)),
		words,
	);
	return words.t(undone ? "settings.frame.undone" : "settings.frame.changed", { names });
}

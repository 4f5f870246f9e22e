import { useEffect, useState } from "preact/hooks";
import type { SettingsPatch, SettingsView } from "../../ipc/settings.ts";
import { shownLine } from "../../words/window.ts";
import type { Opening } from "../open.ts";
import { type Scene, SceneContext } from "../scene.ts";
import { problemText } from "../settings/problem-text.ts";
import { useCatalogue } from "../settings/use-catalogue.ts";
import { useKeys } from "../use-keys.ts";
import { Choices, type Wanted } from "./choices.tsx";
import { Tiles } from "./tiles.tsx";

/** The first start: what to watch, how to be told, and off. Nothing is kept before people press Start. */
export function App({ bridge, words }: Opening) {
	const { t } = words;
	const [view, setView] = useState<SettingsView | "lost">();
	const [wanted, setWanted] = useState<Wanted>();
	const [problems, setProblems] = useState<readonly string[]>([]);
	const [said, announce] = useState("");
	const entries = useCatalogue(bridge);
	useEffect(() => {
		void bridge.settings().then(
			(known) => {
				setView(known);
				const { services, notify, startAtLogin } = known.settings;
				setWanted({ services: services.map(({ id }) => id), notify, startAtLogin });
			},
			() => setView("lost"),
		);
	}, [bridge]);
	useKeys({ Escape: () => void bridge.close(), "mod+w": () => void bridge.close() });
	const start = async () => {
		if (!wanted || typeof view !== "object") return;
		if (wanted.services.length === 0) return setProblems([t("welcome.noneChosen")]);
		const refused = await bridge.changeSettings(patchOf(wanted, view)).then(
			(result) => result.problems.map((problem) => shownLine(problemText(problem, words))),
			() => [t("settings.frame.notChanged")],
		);
		setProblems(refused);
		if (refused.length === 0) await bridge.close();
	};
	const scene: Scene = { bridge, words, names: {}, now: 0, momentOf: () => ({ text: "", withDay: false }), announce };
	const lost = view === "lost" || entries === "lost";
	return (
		<SceneContext.Provider value={scene}>
			<div class="welcome">
				<header class="welcome-head">
					<h1>{t("welcome.title")}</h1>
					<p>{t("welcome.lead")}</p>
				</header>
				<main>
					{lost && <p role="alert">{t("welcome.lost")}</p>}
					{typeof view === "object" && wanted && entries !== undefined && entries !== "lost" && (
						<>
							<Tiles entries={entries} view={view} wanted={wanted} want={setWanted} />
							<Choices view={view} wanted={wanted} want={setWanted} />
						</>
					)}
				</main>
				<footer class="welcome-foot">
					{problems.map((problem) => (
						<p class="setting-problem" role="alert" key={problem}>
							{problem}
						</p>
					))}
					<small>{wanted ? t("welcome.chosen", { count: wanted.services.length }) : ""}</small>
					<span class="room" />
					<small>{t("welcome.later")}</small>
					<button type="button" class="primary" disabled={lost} onClick={() => void start()}>
						{t("welcome.start")}
					</button>
				</footer>
				<p class="unseen" role="status">
					{said}
				</p>
			</div>
		</SceneContext.Provider>
	);
}

/** What people chose of what is theirs to choose; services that stay keep their order and their features. */
function patchOf({ services, notify, startAtLogin }: Wanted, { settings, locked }: SettingsView): SettingsPatch {
	const kept = settings.services.filter(({ id }) => services.includes(id));
	const added = services.filter((id) => !settings.services.some((each) => each.id === id)).map((id) => ({ id }));
	const patch: SettingsPatch = { services: [...kept, ...added], notify, startAtLogin };
	return Object.fromEntries(Object.entries(patch).filter(([key]) => !locked.some((each) => each === key)));
}

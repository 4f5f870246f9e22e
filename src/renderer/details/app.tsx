import { useEffect, useMemo } from "preact/hooks";
import type { Snapshot } from "../../core/snapshot.ts";
import type { About } from "../../ipc/contract.ts";
import { clockOf } from "../clock.ts";
import type { Opening } from "../open.ts";
import { type Scene, SceneContext } from "../scene.ts";
import { useAnnouncer } from "../use-announcer.ts";
import { useNow } from "../use-now.ts";
import { useSnapshot } from "../use-snapshot.ts";
import { IncidentPage } from "./incident-page.tsx";
import { Overview } from "./overview.tsx";
import { placeIn, usePlace, WaysContext } from "./place.ts";
import { ServicePage } from "./service-page.tsx";
import { Top } from "./top.tsx";

/** The details: of a service, of an outage, or of everything that is watched. */
export function App({ bridge, words, locale, first }: Opening) {
	const [sight, retry] = useSnapshot(bridge, first);
	const snapshot = sight.kind === "seen" ? sight.snapshot : undefined;
	const now = Math.max(useNow(), snapshot?.at ?? 0);
	const [announcement, announce] = useAnnouncer(undefined);
	const asked = useMemo(() => placeIn(location.search), []);
	const { place, moved, go, back } = usePlace(asked);
	const moment = useMemo(() => clockOf(locale), [locale]);
	const scene: Scene = {
		bridge,
		words,
		names: snapshot?.names ?? {},
		now,
		momentOf: (at) => moment(at, now),
		announce,
	};
	useEffect(() => {
		const onKey = (event: KeyboardEvent) => {
			const { key, altKey, ctrlKey, metaKey } = event;
			if (key === "Escape" || (key === "w" && (ctrlKey || metaKey))) void bridge.close();
			else if (key === "ArrowLeft" && altKey && back) back();
			else return;
			event.preventDefault();
		};
		document.addEventListener("keydown", onKey);
		return () => document.removeEventListener("keydown", onKey);
	}, [bridge, back]);
	return (
		<SceneContext.Provider value={scene}>
			<WaysContext.Provider value={{ locale, moved, go, ...(back && { back }) }}>
				<div class="window">
					{" "}
					{snapshot && <Seen snapshot={snapshot} place={place} />}
					{!snapshot && (
						<>
							<Top title={words.t(sight.kind === "lost" ? "window.lead.lost" : "window.lead.loading")} />
							<main>
								{sight.kind === "lost" && (
									<div class="nothing">
										<p>{words.t("window.lead.lostHelp")}</p>
										<button type="button" class="primary" onClick={retry}>
											{words.t("window.action.again")}
										</button>
									</div>
								)}
							</main>
						</>
					)}
					<p class="unseen" role="status">
						{announcement}
					</p>
				</div>
			</WaysContext.Provider>
		</SceneContext.Provider>
	);
}

function Seen({ snapshot, place: { service, incident } }: { readonly snapshot: Snapshot; readonly place: About }) {
	if (incident !== undefined) return <IncidentPage id={incident} snapshot={snapshot} key={incident} />;
	if (service !== undefined) return <ServicePage id={service} snapshot={snapshot} key={service} />;
	return <Overview snapshot={snapshot} />;
}

import { useMemo } from "preact/hooks";
import type { Snapshot } from "../../core/snapshot.ts";
import { type Lead, lead } from "../../words/window.ts";
import type { Words } from "../../words/words.ts";
import { clockOf } from "../clock.ts";
import type { Opening } from "../open.ts";
import { type Scene, SceneContext } from "../scene.ts";
import { progressOf } from "../seen.ts";
import { useAnnouncer } from "../use-announcer.ts";
import { useNow } from "../use-now.ts";
import { type Sight, useSnapshot } from "../use-snapshot.ts";
import { Foot } from "./foot.tsx";
import { Head } from "./head.tsx";
import { Help } from "./help.tsx";
import { Outages } from "./outages.tsx";
import { Services } from "./services.tsx";
import { useDeeds } from "./use-deeds.ts";
import { useFit } from "./use-fit.ts";

/** The popover: a function of the newest snapshot and of what people have unfolded. */
export function App({ bridge, words, locale, first }: Opening) {
	const [sight, retry] = useSnapshot(bridge, first);
	const snapshot = sight.kind === "seen" ? sight.snapshot : undefined;
	const now = Math.max(useNow(), snapshot?.at ?? 0);
	const progress = snapshot && progressOf(snapshot);
	const leading = useMemo(() => leadOf(sight, words), [sight, words]);
	const [announcement, announce] = useAnnouncer(sight.kind === "loading" ? undefined : leading.title);
	const { deeds, perform, setHelp, setSought } = useDeeds(bridge, () => {
		// how far it is can be seen at once, and not with the next snapshot that is pushed
		if (!progress) void bridge.checkNow().then(retry, retry);
	});
	const moment = useMemo(() => clockOf(locale), [locale]);
	const scene: Scene = {
		bridge,
		words,
		names: snapshot?.names ?? {},
		now,
		momentOf: (at) => moment(at, now),
		announce,
	};
	const content = useFit(bridge);
	return (
		<SceneContext.Provider value={scene}>
			<div class="window">
				{" "}
				<Head lead={leading} snapshot={snapshot} />
				<main>
					<div class="content" ref={content}>
						{snapshot && <Seen snapshot={snapshot} sought={deeds.sought} setSought={setSought} />}
						{sight.kind === "lost" && (
							<button type="button" class="alone primary" onClick={retry}>
								{words.t("window.action.again")}
							</button>
						)}
					</div>
				</main>
				<Foot progress={progress} searching={deeds.sought !== undefined} perform={perform} />
				<p class="unseen" role="status">
					{announcement}
				</p>
				{deeds.help && <Help close={() => setHelp(false)} />}
			</div>
		</SceneContext.Provider>
	);
}

interface SeenProps {
	readonly snapshot: Snapshot;
	readonly sought: string | undefined;
	readonly setSought: (text: string) => void;
}

function Seen({ snapshot, sought, setSought }: SeenProps) {
	return (
		<>
			{sought === undefined && <Outages snapshot={snapshot} />}
			<Services snapshot={snapshot} sought={sought} setSought={setSought} />
		</>
	);
}

function leadOf(sight: Sight, words: Words): Lead {
	switch (sight.kind) {
		case "loading":
			return { level: "unknown", title: words.t("window.lead.loading"), says: [] };
		case "lost":
			return { level: "unknown", title: words.t("window.lead.lost"), says: [words.t("window.lead.lostHelp")] };
		case "seen":
			return lead(sight.snapshot, words);
	}
}

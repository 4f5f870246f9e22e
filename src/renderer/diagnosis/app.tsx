import { useId, useMemo, useState } from "preact/hooks";
import type { ServiceId } from "../../core/model.ts";
import { placesFor } from "../../words/diagnosis-layers.ts";
import { diagnosisLead } from "../../words/diagnosis-lead.ts";
import { type Names, nameOf } from "../../words/names.ts";
import type { Lead } from "../../words/window.ts";
import type { Words } from "../../words/words.ts";
import { clockOf } from "../clock.ts";
import { LeadBand } from "../lead-band.tsx";
import type { Opening } from "../open.ts";
import { type Scene, SceneContext } from "../scene.ts";
import { useAnnouncer } from "../use-announcer.ts";
import { useKeys } from "../use-keys.ts";
import { useNow } from "../use-now.ts";
import { useSnapshot } from "../use-snapshot.ts";
import { Notes, Try } from "./answer.tsx";
import { Chooser } from "./chooser.tsx";
import { Foot } from "./foot.tsx";
import { Layers } from "./layers.tsx";
import { type Look, useDiagnosis } from "./use-diagnosis.ts";

const ASKED = new URLSearchParams(location.search).get("service") ?? undefined;

/** Is it just me? Looks at once, shows what comes in, and says what it comes to. */
export function App({ bridge, words, locale, first }: Opening) {
	const [sight] = useSnapshot(bridge, first);
	const snapshot = sight.kind === "seen" ? sight.snapshot : undefined;
	const [look, begin] = useDiagnosis(bridge, ASKED);
	const [choosing, setChoosing] = useState(false);
	const chooser = useId();
	const now = Math.max(useNow(), snapshot?.at ?? 0);
	const names: Names = snapshot?.names ?? {};
	const { service, reports, outcome } = look;
	const leading = useMemo(() => leadOf(look, words, names), [look, words, names]);
	const [announcement, announce] = useAnnouncer(leading.title);
	const moment = useMemo(() => clockOf(locale), [locale]);
	const scene: Scene = { bridge, words, names, now, momentOf: (at) => moment(at, now), announce };
	const places = useMemo(() => placesFor(service), [service]);
	const told = outcome === "failed" ? undefined : outcome;
	const progress = outcome ? undefined : { done: reports.size, total: places.length };
	const again = () => void (outcome && begin(service));
	const choose = (other: ServiceId | undefined) => {
		setChoosing(false);
		begin(other);
	};
	useKeys({
		Escape: () => (choosing ? setChoosing(false) : void bridge.close()),
		"mod+w": () => void bridge.close(),
		"mod+r": again,
		"mod+f": () => setChoosing(true),
	});
	return (
		<SceneContext.Provider value={scene}>
			<div class="window">
				<LeadBand lead={leading} />
				<main>
					<div class="content">
						<div class="about">
							<p>
								{service === undefined
									? words.t("diagnosis.window.aboutLine")
									: words.t("diagnosis.window.about", { service: nameOf(service, names) })}
							</p>
							<button
								type="button"
								aria-expanded={choosing}
								aria-controls={choosing ? chooser : undefined}
								onClick={() => setChoosing(!choosing)}
							>
								{words.t(service === undefined ? "diagnosis.window.ask" : "diagnosis.window.change")}
							</button>
						</div>
						{choosing && <Chooser id={chooser} watched={snapshot?.services ?? []} choose={choose} />}
						<Try diagnosis={told?.diagnosis} meanwhile={meanwhileOf(look, words)} />
						<h2 class="outwards">{words.t("diagnosis.window.layers")}</h2>
						<Layers places={places} look={look} />
						{told && <Notes diagnosis={told.diagnosis} />}
					</div>
				</main>
				<Foot
					progress={progress}
					report={told?.report}
					service={snapshot?.services.find(({ id }) => id === service)}
					again={again}
				/>
				<p class="unseen" role="status">
					{announcement}
				</p>
			</div>
		</SceneContext.Provider>
	);
}

function meanwhileOf({ outcome }: Look, words: Words): string {
	return words.t(outcome ? "diagnosis.window.failedHelp" : "diagnosis.window.patience");
}

function leadOf({ service, outcome }: Look, words: Words, names: Names): Lead {
	if (outcome === "failed") return { level: "unknown", title: words.t("diagnosis.window.failed"), says: [] };
	if (outcome) return diagnosisLead(outcome.diagnosis, words, names);
	const title =
		service === undefined
			? words.t("diagnosis.window.lookingAtLine")
			: words.t("diagnosis.window.looking", { service: nameOf(service, names) });
	return { level: "unknown", title, says: [] };
}

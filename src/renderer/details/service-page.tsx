import { useState } from "preact/hooks";
import type { ServiceView, Snapshot } from "../../core/snapshot.ts";
import type { ServiceChecks, Span } from "../../ipc/answers.ts";
import { list } from "../../words/lists.ts";
import { capital, shownLine } from "../../words/window.ts";
import type { Words } from "../../words/words.ts";
import { useScene } from "../scene.ts";
import { Checks } from "./checks.tsx";
import { Export, type Offer } from "./export.tsx";
import { FeatureCards } from "./feature-cards.tsx";
import { serviceFiles } from "./files.ts";
import { Happened } from "./happened.tsx";
import { incidentsOf } from "./incidents-of.ts";
import { useWays } from "./place.ts";
import { Response } from "./response.tsx";
import { SpanChoice } from "./span-choice.tsx";
import { Top } from "./top.tsx";
import { turnOf, useAnswer } from "./use-answer.ts";

interface ServicePageProps {
	readonly id: string;
	readonly snapshot: Snapshot;
}

/** Everything about one service. */
export function ServicePage({ id, snapshot }: ServicePageProps) {
	const { words } = useScene();
	const service = snapshot.services.find((each) => each.id === id);
	if (service) return <Watched service={service} snapshot={snapshot} />;
	return (
		<>
			<Top title={words.t("details.gone.service")} />
			<main />
		</>
	);
}

function Watched({ service, snapshot }: { readonly service: ServiceView; readonly snapshot: Snapshot }) {
	const { bridge, words, names, now } = useScene();
	const { locale } = useWays();
	const [span, setSpan] = useState<Span>("day");
	const { id, name, level } = service;
	const past = useAnswer(() => bridge.history({ service: id, span }), `${id} ${span}`, turnOf(now, span));
	const checked = useAnswer(() => bridge.checks(id), id, turnOf(now));
	const history = past.kind === "given" ? past.value : undefined;
	const checks = checked.kind === "given" ? checked.value : undefined;
	const isUnkept = history?.features.length === 0;
	const incidents = incidentsOf(id, history, snapshot);
	const [picture, setPicture] = useState<Offer["content"]>();
	const files = serviceFiles({ service, history, checks, incidents, span, names, now, locale }, words);
	return (
		<>
			<Top title={name} level={level} aside={asideOf(service, checks, words)}>
				<SpanChoice span={span} choose={setSpan} />
				<Export name={name} offers={[...files, ...(picture ? [{ type: "png" as const, content: picture }] : [])]} />
			</Top>
			<main>
				<div class="content">
					{past.kind === "refused" && <p class="note">{words.t("details.unread")}</p>}
					{isUnkept && <p class="note">{words.t("details.noHistory")}</p>}
					<FeatureCards service={service} history={history} span={span} />
					{!isUnkept && <Response service={service} history={history} span={span} onDrawn={setPicture} />}
					<Happened incidents={incidents} span={span} />
					<Checks checks={checks} />
				</div>
			</main>
		</>
	);
}

/** How it is, in a word, and as soon as that is known who runs it and what it is behind. */
function asideOf({ level }: ServiceView, checks: ServiceChecks | undefined, words: Words): string {
	const state = capital(words.t(`level.${level}`));
	if (!checks) return state;
	const { owner, behind } = checks;
	const providers = list(behind, words);
	return shownLine([state, behind.length > 0 ? words.t("details.behind", { owner, providers }) : owner].join(" · "));
}

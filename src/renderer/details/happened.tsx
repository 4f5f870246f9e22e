import type { Incident } from "../../core/incidents.ts";
import { worst } from "../../core/level.ts";
import type { Span } from "../../ipc/answers.ts";
import { shortDuration } from "../../words/durations.ts";
import { lastedMs, outageTitle } from "../../words/timeline.ts";
import type { Words } from "../../words/words.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { Shape } from "../shape.tsx";
import { useWays } from "./place.ts";
import { Timeline } from "./timeline.tsx";
import { written } from "./times.ts";

interface HappenedProps {
	/** The newest first. */
	readonly incidents: readonly Incident[];
	readonly span: Span;
}

/** The outages, the newest unfolded. */
export function Happened({ incidents, span }: HappenedProps) {
	const { words } = useScene();
	return (
		<section class="part">
			<h2>{words.t("details.happened.title")}</h2>
			{incidents.length === 0 && (
				<p class="faint">{words.t("details.happened.none", { span: words.t(`details.within.${span}`) })}</p>
			)}
			{incidents.map((incident, index) => (
				<Outage incident={incident} open={index === 0} key={incident.id} />
			))}
		</section>
	);
}

function Outage({ incident, open }: { readonly incident: Incident; readonly open: boolean }) {
	const { words, names, now } = useScene();
	const { go, locale } = useWays();
	const { id, features, closedAt } = incident;
	return (
		<details class="outage" open={open}>
			<summary>
				<Shape level={closedAt === undefined ? worst(features.map(({ level }) => level)) : "operational"} />
				<div class="heading">
					<h3 dir="auto">{outageTitle(incident, words, names)}</h3>
					<small>{whenWords(incident, { now, locale }, words)}</small>
				</div>
				<Icon name="unfold" />
			</summary>
			<Timeline incident={incident} />
			<button type="button" onClick={() => go({ incident: id })}>
				{words.t("details.happened.whole")}
			</button>
		</details>
	);
}

/** When it was, and for how long. */
export function whenWords(
	incident: Incident,
	{ now, locale }: { readonly now: number; readonly locale: string },
	words: Words,
): string {
	return words.t(incident.closedAt === undefined ? "details.happened.open" : "details.happened.over", {
		time: written(incident.openedAt, "moment", locale),
		duration: shortDuration(lastedMs(incident, now), words),
	});
}

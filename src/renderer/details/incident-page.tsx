import type { Incident, IncidentFeature } from "../../core/incidents.ts";
import { compareLevels, type Level, worst } from "../../core/level.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import { shortDuration } from "../../words/durations.ts";
import { nameOf } from "../../words/names.ts";
import { faultOf, outageTitle } from "../../words/timeline.ts";
import { capital } from "../../words/window.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { Shape, TONES } from "../shape.tsx";
import { Export } from "./export.tsx";
import { incidentFiles } from "./files.ts";
import { whenWords } from "./happened.tsx";
import { useWays } from "./place.ts";
import { Timeline } from "./timeline.tsx";
import { Top } from "./top.tsx";
import { turnOf, useAnswer } from "./use-answer.ts";

interface IncidentPageProps {
	readonly id: string;
	readonly snapshot: Snapshot;
}

/** One outage: all that it touches, and its story. */
export function IncidentPage({ id, snapshot }: IncidentPageProps) {
	const { bridge, words, now } = useScene();
	const answer = useAnswer(() => bridge.incident(id), id, turnOf(now));
	const incident =
		snapshot.incidents.find((each) => each.id === id) ?? (answer.kind === "given" ? answer.value : undefined);
	if (incident) return <Told incident={incident} watched={new Set(snapshot.services.map((service) => service.id))} />;
	return (
		<>
			<Top
				title={words.t(answer.kind === "waiting" ? "window.lead.loading" : "details.gone.incident")}
				aside={answer.kind === "refused" ? words.t("details.unread") : ""}
			/>
			<main />
		</>
	);
}

function Told({ incident, watched }: { readonly incident: Incident; readonly watched: ReadonlySet<string> }) {
	const { words, names, now } = useScene();
	const { locale } = useWays();
	const { features, culprit, closedAt, unstable } = incident;
	const byService = [...Map.groupBy(features, ({ service }) => service)];
	const level = closedAt === undefined ? worst(features.map((held) => held.level)) : "operational";
	return (
		<>
			<Top
				title={outageTitle(incident, words, names)}
				level={level}
				aside={whenWords(incident, { now, locale }, words)}
			>
				<Export
					name={`${nameOf(culprit, names)} ${new Date(incident.openedAt).toISOString().slice(0, 10)}`}
					offers={incidentFiles({ incident, names, now, locale }, words)}
				/>
			</Top>
			<main>
				<div class="content">
					<p class="lead" dir="auto">
						{faultOf(incident, words, names)}.{unstable && ` ${words.t("notice.unstable")}`}
					</p>
					<section class="part">
						<h2>{words.t("details.touched")}</h2>
						<ul class="touched">
							{byService.map(([service, held]) => (
								<Touched service={service} held={held} watched={watched.has(service)} key={service} />
							))}
						</ul>
					</section>
					<section class="part">
						<h2>{words.t("details.happened.title")}</h2>
						<Timeline incident={incident} />
					</section>
				</div>
			</main>
		</>
	);
}

interface TouchedProps {
	readonly service: string;
	readonly held: readonly IncidentFeature[];
	/** Whether there is more to see of it. */
	readonly watched: boolean;
}

function Touched({ service, held, watched }: TouchedProps) {
	const { words, names, now } = useScene();
	const { go } = useWays();
	const name = <bdi>{nameOf(service, names)}</bdi>;
	return (
		<li class="touched-service">
			{watched ? (
				<button type="button" onClick={() => go({ service })}>
					{name}
				</button>
			) : (
				<b>{name}</b>
			)}
			<ul class="held">
				{held
					.toSorted((a, b) => compareLevels(b.level, a.level))
					.map(({ feature, level, since, until }) => {
						const shown: Level = until === undefined ? level : "operational";
						return (
							<li class="held-feature" key={feature}>
								<Shape level={shown} />
								<Icon name={feature} />
								<span>{capital(words.t(`feature.${feature}`))}</span>
								<small class={`ink-${TONES[level]}`}>
									{words.t(until === undefined ? "window.state" : "details.lasted", {
										state: words.t(`level.${level}`),
										duration: shortDuration((until ?? now) - since, words),
									})}
								</small>
							</li>
						);
					})}
			</ul>
		</li>
	);
}

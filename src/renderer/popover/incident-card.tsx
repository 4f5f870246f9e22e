import { useId } from "preact/hooks";
import type { Incident, IncidentFeature } from "../../core/incidents.ts";
import type { ServiceView } from "../../core/snapshot.ts";
import { shortDuration } from "../../words/durations.ts";
import { nameOf } from "../../words/names.ts";
import { messageFor, officialSays, sinceWords } from "../../words/outage.ts";
import { certainty } from "../../words/reasons.ts";
import { blame } from "../../words/trouble.ts";
import { useScene } from "../scene.ts";
import { Actions, Details } from "./actions.tsx";
import { Chips } from "./chips.tsx";
import { pressKeyed } from "./keys.ts";
import { Reasons } from "./reasons.tsx";

interface IncidentCardProps {
	readonly incident: Incident;
	/** What it holds in trouble now. */
	readonly open: readonly IncidentFeature[];
	/** The services of those features. */
	readonly services: readonly ServiceView[];
}

/** One outage: who, what, since when and how sure; then why, and what to do about it. */
export function IncidentCard({ incident, open, services }: IncidentCardProps) {
	const { bridge, words, names, now, momentOf } = useScene();
	const title = useId();
	const { culprit, cause, openedAt } = incident;
	const name = nameOf(culprit, names);
	const views = services.flatMap(({ id, features }) =>
		features.filter((view) => open.some(({ service, feature }) => service === id && feature === view.feature)),
	);
	const began = momentOf(openedAt);
	const official = officialSays(incident, services, momentOf, words);
	const message = messageFor(incident, { began, official, names }, words);
	return (
		<article class="card" aria-labelledby={title} onKeyDown={pressKeyed}>
			<div class="card-head">
				<h3 id={title} class="culprit">
					<bdi>{name}</bdi>
				</h3>
				<span class="faint">
					{sinceWords(began, words)} · {shortDuration(now - openedAt, words)}
				</span>
				<span class="sure">{certainty(Math.max(0, ...views.map(({ confidence }) => confidence)), words)}</span>
			</div>
			{cause === "upstream" && <p class="aside">{blame(cause, culprit, services.length, words, names)}.</p>}
			<Chips features={open} />
			{incident.unstable && <p class="aside">{words.t("notice.unstable")}</p>}
			<p class="aside" dir="auto">
				{official ?? words.t("window.official.none")}
			</p>
			<div class="more">
				<Reasons reasons={views.flatMap(({ reasons }) => reasons)} />
				<Details name={name} open={() => void bridge.openWindow("details", { incident: incident.id })} />
			</div>
			<Actions services={services} name={name} message={message} />
		</article>
	);
}

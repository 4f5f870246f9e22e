import { useId, useState } from "preact/hooks";
import { isProblem } from "../../core/level.ts";
import type { FeatureView, ServiceView } from "../../core/snapshot.ts";
import { shortDuration } from "../../words/durations.ts";
import { mutedWords } from "../../words/outage.ts";
import { reasonSentence } from "../../words/reasons.ts";
import { capital, serviceLine, shownLine } from "../../words/window.ts";
import { Icon } from "../icon.tsx";
import { monogram } from "../monogram.ts";
import { useScene } from "../scene.ts";
import { Shape, TONES } from "../shape.tsx";
import { Actions } from "./actions.tsx";
import { pressKeyed } from "./keys.ts";

/** A service in one line, which unfolds into its features. */
export function ServiceRow({ service }: { readonly service: ServiceView }) {
	const { words, momentOf } = useScene();
	const [open, setOpen] = useState(false);
	const body = useId();
	const { name, level, features, muted } = service;
	return (
		<li class="row" onKeyDown={open ? pressKeyed : undefined}>
			<button
				type="button"
				class="row-head"
				aria-expanded={open}
				aria-controls={open ? body : undefined}
				onClick={() => setOpen(!open)}
			>
				<span class="monogram" aria-hidden="true">
					{monogram(name)}
				</span>
				<span class="who">
					<b>
						<bdi>{name}</bdi>
						{muted && (
							<span class="is-muted" role="img" aria-label={mutedWords(muted.until, momentOf, words)}>
								<Icon name="mute" />
							</span>
						)}
					</b>
					<small class="line">{serviceLine(service, words)}</small>
				</span>
				<Strip features={features} />
				<Shape level={level} />
			</button>
			{open && (
				<div id={body} class="row-body">
					<FeatureList service={service} />
					<Actions services={[service]} name={name} />
				</div>
			)}
		</li>
	);
}

/** Every feature at a glance: its sign, and its state's shape under it. The line beside it says the same in words. */
function Strip({ features }: { readonly features: readonly FeatureView[] }) {
	return (
		<span class="strip" aria-hidden="true">
			{features.map(({ feature, level }) => (
				<span class={isProblem(level) ? `cell ink-${TONES[level]}` : "cell"} key={feature}>
					<Icon name={feature} />
					<Shape level={level} />
				</span>
			))}
		</span>
	);
}

function FeatureList({ service: { name, features } }: { readonly service: ServiceView }) {
	const { words } = useScene();
	return (
		<ul class="features" aria-label={words.t("window.list.features", { name })}>
			{features.map((feature) => (
				<FeatureLine view={feature} key={feature.feature} />
			))}
		</ul>
	);
}

function FeatureLine({ view: { feature, level, since, blind, reasons } }: { readonly view: FeatureView }) {
	const { words, names, now } = useScene();
	const [reason] = reasons;
	const state = words.t(`level.${level}`);
	const unseen = level === "unknown" && blind !== undefined;
	return (
		<li class="feature">
			<Shape level={level} />
			<Icon name={feature} />
			<span>
				<b>{capital(words.t(`feature.${feature}`))}</b>{" "}
				<span class={`ink-${TONES[level]}`}>
					{unseen
						? words.t("window.row.blind")
						: level === "unknown"
							? state
							: words.t("window.state", { state, duration: shortDuration(now - since, words) })}
				</span>
				{reason && !unseen && (
					<small class="line" dir="auto">
						{shownLine(reasonSentence(reason, words, names))}
					</small>
				)}
			</span>
		</li>
	);
}

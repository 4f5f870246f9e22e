import { useId, useMemo, useState } from "preact/hooks";
import { isProblem } from "../../core/level.ts";
import type { FeatureView, ServiceView } from "../../core/snapshot.ts";
import type { Band } from "../../ipc/answers.ts";
import { shortDuration } from "../../words/durations.ts";
import { mutedWords } from "../../words/outage.ts";
import { reasonSentence } from "../../words/reasons.ts";
import { capital, dayWords, serviceLine, shownLine } from "../../words/window.ts";
import { Bars } from "../bars.tsx";
import { Icon } from "../icon.tsx";
import { monogram } from "../monogram.ts";
import { useScene } from "../scene.ts";
import { Shape, TONES } from "../shape.tsx";
import { Actions } from "./actions.tsx";
import { letterOf, pressKeyed } from "./keys.ts";
import type { DayBars } from "./use-bars.ts";

/** A service in one line, which unfolds into its features. */
export function ServiceRow({ service, bars }: { readonly service: ServiceView; readonly bars: DayBars }) {
	const { bridge, words, momentOf } = useScene();
	const [open, setOpen] = useState(false);
	const body = useId();
	const { id, name, level, features, muted } = service;
	const details = () => void bridge.openWindow("details", { service: id });
	const me = () => void bridge.openWindow("diagnosis", { service: id });
	return (
		<li class="row" onKeyDown={open ? pressKeyed : (event) => letterOf(event) === "d" && details()}>
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
				<span class={bars?.size === 0 ? "glance dayless" : "glance"}>
					<Strip features={features} />
					<LastDay bands={bars?.get(id)} />
				</span>
				<Shape level={level} />
			</button>
			{open && (
				<div id={body} class="row-body">
					<FeatureList service={service} />
					<Actions services={[service]} name={name} ways={{ me, details }} />
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

/** The last day; its room is there before it is known. Where no history is kept, the strip moves into it. */
function LastDay({ bands }: { readonly bands: readonly Band[] | undefined }) {
	const { words } = useScene();
	// of many services, few lines change at a time, and no bars
	return useMemo(
		() => <span class="day">{bands && <Bars bands={bands} label={dayWords(bands, words)} />}</span>,
		[bands, words],
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

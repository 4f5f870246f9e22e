import type { FeatureView, ServiceView } from "../../core/snapshot.ts";
import type { FeatureHistory, ServiceHistory, Span } from "../../ipc/answers.ts";
import { barsSentence } from "../../words/bars.ts";
import { shortDuration } from "../../words/durations.ts";
import { reasonSentence } from "../../words/reasons.ts";
import { capital, shownLine } from "../../words/window.ts";
import { Bars } from "../bars.tsx";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { Shape, TONES } from "../shape.tsx";
import { useWays } from "./place.ts";
import { shareWritten, stretchWritten } from "./times.ts";

interface FeatureCardsProps {
	readonly service: ServiceView;
	/** Absent until it is known. */
	readonly history: ServiceHistory | undefined;
	readonly span: Span;
}

/** Each feature: how it is, why we think so, and how it has been. */
export function FeatureCards({ service: { features }, history, span }: FeatureCardsProps) {
	const { words } = useScene();
	return (
		<section>
			<h2 class="unseen">{words.t("details.features")}</h2>
			<ul class="cards">
				{features.map((view) => (
					<FeatureCard
						view={view}
						past={history?.features.find(({ feature }) => feature === view.feature)}
						edges={history?.edges ?? []}
						span={span}
						key={view.feature}
					/>
				))}
			</ul>
		</section>
	);
}

interface FeatureCardProps {
	readonly view: FeatureView;
	readonly past: FeatureHistory | undefined;
	readonly edges: ServiceHistory["edges"];
	readonly span: Span;
}

function FeatureCard({ view, past, edges, span }: FeatureCardProps) {
	const { words, names, now } = useScene();
	const { feature, level, since, blind, reasons } = view;
	const [reason] = reasons;
	const unseen = level === "unknown" && blind !== undefined;
	const state = words.t(`level.${level}`);
	return (
		<li class="feature-card">
			<Icon name={feature} />
			<h3>{capital(words.t(`feature.${feature}`))}</h3>
			<Uptime past={past} />
			<p class={`state ink-${TONES[level]}`}>
				<Shape level={level} />
				{unseen
					? words.t("window.row.blind")
					: level === "unknown"
						? state
						: words.t("window.state", { state, duration: shortDuration(now - since, words) })}
			</p>
			<small class="line reason" dir="auto">
				{reason && !unseen ? shownLine(reasonSentence(reason, words, names)) : ""}
			</small>
			<FeatureBars past={past} edges={edges} span={span} />
		</li>
	);
}

function Uptime({ past }: Pick<FeatureCardProps, "past">) {
	const { words } = useScene();
	const { locale } = useWays();
	if (past?.uptime === undefined) return null;
	const share = shareWritten(past.uptime, locale);
	return (
		<small class="uptime">
			<span aria-hidden="true">{share}</span>
			<span class="unseen">{words.t("details.uptime", { share })}</span>
		</small>
	);
}

function FeatureBars({ past, edges, span }: Pick<FeatureCardProps, "past" | "edges" | "span">) {
	const { words } = useScene();
	const { locale } = useWays();
	if (!past || past.bands.length === 0) return <span class="bars-room" />;
	const { bands } = past;
	const say = (step: number) => {
		const band = bands[step] ?? "gap";
		const state = words.t(band === "gap" ? "details.gap" : `level.${band}`);
		return words.t("details.bars.step", {
			time: stretchWritten(edges[step] ?? 0, edges[step + 1] ?? 0, span, locale),
			state,
		});
	};
	return <Bars bands={bands} label={barsSentence(bands, words.t(`details.within.${span}`), words)} say={say} />;
}

import { useEffect, useRef, useState } from "preact/hooks";
import { compareLevels, isProblem } from "../../core/level.ts";
import type { FeatureName } from "../../core/model.ts";
import type { ServiceView } from "../../core/snapshot.ts";
import type { FeatureHistory, HistoryPoint, ServiceHistory, Span } from "../../ipc/answers.ts";
import { capital } from "../../words/window.ts";
import type { Words } from "../../words/words.ts";
import { useScene } from "../scene.ts";
import { TONES } from "../shape.tsx";
import type { Chart, ChartData } from "./chart.ts";
import { PHASE_ORDER } from "./phase-names.ts";
import { useWays } from "./place.ts";
import { written } from "./times.ts";

interface ResponseProps {
	readonly service: ServiceView;
	readonly history: ServiceHistory | undefined;
	readonly span: Span;
	/** Told how to make a picture of the chart, and when there is none any more. */
	readonly onDrawn: (picture: (() => () => Promise<string>) | undefined) => void;
}

/** How long answers have taken, feature by feature, and when there was trouble. */
export function Response({ service, history, span, onDrawn }: ResponseProps) {
	const { words } = useScene();
	const [chosen, setChosen] = useState<FeatureName>();
	const timed = (history?.features ?? []).filter(({ points }) =>
		points.some(({ averageMs }) => averageMs !== undefined),
	);
	const shown = timed.find(({ feature }) => feature === chosen) ?? worstOf(timed, service);
	return (
		<section class="part">
			<div class="part-head">
				<h2>{words.t("details.response.title")}</h2>
				{shown && (
					<select
						aria-label={words.t("details.response.of")}
						value={shown.feature}
						onChange={({ currentTarget: { value } }) =>
							setChosen(timed.find(({ feature }) => feature === value)?.feature)
						}
					>
						{timed.map(({ feature }) => (
							<option value={feature} key={feature}>
								{capital(words.t(`feature.${feature}`))}
							</option>
						))}
					</select>
				)}
			</div>
			{shown && history && <Drawn name={service.name} shown={shown} history={history} span={span} onDrawn={onDrawn} />}
			{history && !shown && (
				<p class="faint">{words.t("details.response.none", { span: words.t(`details.within.${span}`) })}</p>
			)}
			{!history && <p class="chart-to-come faint">{words.t("details.waiting")}</p>}
		</section>
	);
}

/** What people look for: the feature that is worst now, of equals the first. */
function worstOf(timed: readonly FeatureHistory[], { features }: ServiceView): FeatureHistory | undefined {
	const levelOf = ({ feature }: FeatureHistory) =>
		features.find((each) => each.feature === feature)?.level ?? "unknown";
	return timed.toSorted((a, b) => compareLevels(levelOf(b), levelOf(a)))[0];
}

interface DrawnProps extends Pick<ResponseProps, "span" | "onDrawn"> {
	readonly name: string;
	readonly shown: FeatureHistory;
	readonly history: ServiceHistory;
}

function Drawn({ name, shown, history, span, onDrawn }: DrawnProps) {
	const { words } = useScene();
	const { locale } = useWays();
	const [pointed, setPointed] = useState<HistoryPoint>();
	const room = useRef<HTMLDivElement>(null);
	const { feature } = shown;
	useEffect(() => {
		const { current } = room;
		if (!current) return;
		let chart: Chart | undefined;
		let wanted = true;
		// apart from the rest of the page, which need not wait for it
		void import("./chart.ts").then(({ drawChart }) => {
			if (!wanted) return;
			chart = drawChart(current, chartData(shown, history, span, words), { locale, onPoint: setPointed });
			onDrawn(() => chart?.picture ?? (() => Promise.reject(new Error("no chart"))));
		});
		return () => {
			wanted = false;
			chart?.destroy();
			onDrawn(undefined);
		};
	}, [shown, history, span, words, locale, onDrawn]);
	const summary = summaryOf(shown.points, words, locale);
	const label = words.t("details.response.chart", {
		name,
		feature: words.t(`feature.${feature}`),
		span: words.t(`details.within.${span}`),
		summary,
	});
	const used = PHASE_ORDER.filter((phase) => shown.points.some(({ phases }) => phases[phase]));
	return (
		<figure>
			<div class="chart chart-room" ref={room} role="img" aria-label={label} />
			<ul class="legend">
				<li class="key-line">{words.t("details.response.all")}</li>
				{used.map((phase) => (
					<li class={`key-${phase}`} key={phase}>
						{words.t(`diagnosis.step.${phase}`)}
					</li>
				))}
			</ul>
			<figcaption class="faint">{pointed ? pointWords(pointed, words, locale) : summary}</figcaption>
		</figure>
	);
}

function chartData(shown: FeatureHistory, history: ServiceHistory, span: Span, words: Words): ChartData {
	const { from, until, stepMs } = history;
	const { levels, points } = shown;
	const outages = levels.flatMap(({ at, level }, index) => {
		if (!isProblem(level) && level !== "maintenance") return [];
		const tone = TONES[level];
		const end = levels[index + 1]?.at ?? until;
		const label = words.t(`level.${level}`);
		return end <= from ? [] : [{ from: Math.max(from, at), until: end, tone, label }];
	});
	return { from, until, span, stepMs, points, outages };
}

/** "Usually 120 ms; 480 ms at worst, 18:40." */
function summaryOf(points: readonly HistoryPoint[], words: Words, locale: string): string {
	const averages = points.flatMap(({ averageMs }) => averageMs ?? []).sort((a, b) => a - b);
	const usual = averages[Math.floor(averages.length / 2)] ?? 0;
	const slowest = points.reduce<HistoryPoint | undefined>(
		(most, each) => ((each.worstMs ?? 0) > (most?.worstMs ?? 0) ? each : most),
		undefined,
	);
	return words.t("details.response.usual", {
		usual: Math.round(usual),
		worst: Math.round(slowest?.worstMs ?? usual),
		time: written(slowest?.at ?? 0, "moment", locale),
	});
}

function pointWords({ at, averageMs = 0, phases }: HistoryPoint, words: Words, locale: string): string {
	const parts = PHASE_ORDER.flatMap((phase) => {
		const ms = phases[phase];
		return ms === undefined
			? []
			: [words.t("details.response.part", { step: words.t(`diagnosis.step.${phase}`), ms: Math.round(ms) })];
	});
	const values = { time: written(at, "moment", locale), ms: Math.round(averageMs), parts: parts.join(", ") };
	return words.t(parts.length > 0 ? "details.response.parts" : "details.response.at", values);
}

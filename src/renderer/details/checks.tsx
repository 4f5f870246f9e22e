import type { LastRun, ProbeCheckView, SourceCheckView } from "../../core/check-views.ts";
import type { Level } from "../../core/level.ts";
import type { ServiceChecks } from "../../ipc/answers.ts";
import { shortDuration } from "../../words/durations.ts";
import { failureWords } from "../../words/reasons.ts";
import { lagSentence, sourceNotes, sourceState } from "../../words/sources.ts";
import { capital, shownLine, shownName } from "../../words/window.ts";
import type { Words } from "../../words/words.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { Shape } from "../shape.tsx";
import { PHASE_ORDER } from "./phase-names.ts";

/** What a service is judged by: each official page and each check of our own, how well it can be seen, and its last answer. */
export function Checks({ checks }: { readonly checks: ServiceChecks | undefined }) {
	const { words } = useScene();
	if (!checks) return null;
	const { sources, probes, health, lags } = checks;
	return (
		<section class="part">
			<h2>{words.t("details.checks.title")}</h2>
			<h3>{words.t("details.checks.sources")}</h3>
			{sources.length === 0 && <p class="faint">{words.t("details.checks.noSources")}</p>}
			<ul class="checks">
				{sources.map((source) => (
					<Source source={source} health={health[source.id]} lag={lags[source.id]} key={source.id} />
				))}
			</ul>
			<h3>{words.t("details.checks.probes")}</h3>
			{probes.length === 0 && <p class="faint">{words.t("details.checks.noProbes")}</p>}
			<ul class="checks">
				{probes.map((probe) => (
					<Probe probe={probe} key={probe.id} />
				))}
			</ul>
		</section>
	);
}

interface SourceProps {
	readonly source: SourceCheckView;
	readonly health: ServiceChecks["health"][string] | undefined;
	readonly lag: ServiceChecks["lags"][string] | undefined;
}

function Source({ source, health = {}, lag }: SourceProps) {
	const { bridge, words, now } = useScene();
	const { url, page, format, level, title, failed } = source;
	const says = title ? shownLine(title) : words.t(`level.${level}`);
	const lines = [
		sourceState(health, now, words),
		...(level === "unknown" ? [words.t("details.checks.silent")] : [words.t("details.checks.says", { says })]),
		words.t("details.checks.format", { format: shownName(format) }),
		...(lag ? [lagSentence(lag, words)] : []),
	];
	const open = words.t("window.action.page");
	return (
		<li class="check">
			<Shape level={failed ? "unknown" : level} />
			<b>
				<bdi>{shownName(page ?? new URL(url).host)}</bdi>
			</b>
			<span class="check-says" dir="auto">
				{capital(lines.join(" · "))}
			</span>
			<button
				type="button"
				class="quiet square"
				aria-label={words.t("window.action.of", { action: open, name: shownName(page ?? url) })}
				title={open}
				onClick={() => void bridge.openPage({ url })}
			>
				<Icon name="page" />
			</button>
			{sourceNotes(health, now, words).map((note) => (
				<small class="check-note" dir="auto" key={note}>
					{shownLine(note)}
				</small>
			))}
		</li>
	);
}

function Probe({ probe: { feature, host, type, last } }: { readonly probe: ProbeCheckView }) {
	const { words, now } = useScene();
	return (
		<li class="check">
			<Shape level={LEVELS_OF[last?.outcome ?? "skipped"]} />
			<b>
				<bdi>{shownName(host)}</bdi>
			</b>
			<span class="check-says" dir="auto">
				{[
					capital(words.t(`feature.${feature}`)),
					words.t(`details.kind.${type}`),
					answerWords(last, words),
					...(last ? [words.t("details.ago", { duration: shortDuration(now - last.at, words) })] : []),
					...(last ? [words.t(`details.probe.row.${last.outcome}`, { count: last.inRow })] : []),
				].join(" · ")}
			</span>
			{last?.outcome === "ok" && <Steps phases={last.phases} />}
		</li>
	);
}

const LEVELS_OF = {
	ok: "operational",
	failed: "major_outage",
	blocked: "unknown",
	skipped: "unknown",
} as const satisfies Record<LastRun["outcome"], Level>;

function answerWords(last: LastRun | undefined, words: Words): string {
	if (!last) return words.t("details.probe.none");
	const failure = last.failure ? failureWords(last.failure, words) : "";
	return words.t(`details.probe.${last.outcome}`, { ms: Math.round(last.tookMs), failure });
}

function Steps({ phases }: Pick<LastRun, "phases">) {
	const { words } = useScene();
	const steps = PHASE_ORDER.flatMap((phase) => {
		const ms = phases[phase];
		return ms === undefined
			? []
			: [words.t("details.response.part", { step: words.t(`diagnosis.step.${phase}`), ms: Math.round(ms) })];
	});
	return steps.length === 0 ? null : <small class="check-note">{steps.join(", ")}</small>;
}

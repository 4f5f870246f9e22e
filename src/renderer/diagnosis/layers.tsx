import type { Finding } from "../../core/diagnosis-findings.ts";
import type { Layer, LayerReport } from "../../core/diagnosis-layers.ts";
import type { Level } from "../../core/level.ts";
import { LEVEL_OF_LAYER, layerName, layerResult, type Place } from "../../words/diagnosis-layers.ts";
import { testRow } from "../../words/diagnosis-report.ts";
import { capital, shownLine } from "../../words/window.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { Shape } from "../shape.tsx";
import { type Look, placeKey } from "./use-diagnosis.ts";

/** What is not looked at by itself: it is read off the tests of these layers, or needs them first. */
const AFTER: Readonly<Partial<Record<Layer, readonly Layer[]>>> = {
	gateway: ["addresses"],
	proxy: ["names", "doh", "addresses", "portal"],
	clock: ["portal"],
};

interface LayersProps {
	readonly places: readonly Place[];
	readonly look: Look;
}

/** Everything between this computer and the service, a line for each, as high before it is known as after. */
export function Layers({ places, look: { reports, outcome } }: LayersProps) {
	const { words, names } = useScene();
	return (
		<ul class="layers">
			{places.map((place) => {
				const key = placeKey(place);
				const report = reports.get(key);
				const name = capital(layerName(place, words, names));
				if (report) return <Known name={name} report={report} key={key} />;
				const waits = outcome !== undefined || AFTER[place.layer]?.some((layer) => !reports.has(placeKey({ layer })));
				return (
					<li class="layer" key={key}>
						<div class={waits ? "layer-head waits" : "layer-head busy"}>
							<Shape level="unknown" />
							<span class="layer-name">{name}</span>
							<span class="layer-found">
								{outcome ? words.t("diagnosis.found.notTried") : <Wait waits={waits === true} />}
							</span>
						</div>
					</li>
				);
			})}
		</ul>
	);
}

function Wait({ waits }: { readonly waits: boolean }) {
	const { words } = useScene();
	return words.t(waits ? "diagnosis.window.waiting" : "diagnosis.window.busy");
}

interface KnownProps {
	readonly name: string;
	readonly report: LayerReport;
}

function Known({ name, report }: KnownProps) {
	const { words } = useScene();
	const found = shownLine(layerResult(report, words));
	return (
		<li class="layer">
			<details>
				<summary class="layer-head">
					<Shape level={LEVEL_OF_LAYER[report.state]} />
					<span class="layer-name">
						<bdi>{name}</bdi>
					</span>
					<span class="layer-found" dir="auto">
						{found}
					</span>
					<Icon name="unfold" />
				</summary>
				<div class="layer-body">
					<Tests report={report} />
					<p class="faint">{words.t("diagnosis.window.after", { ms: Math.round(report.tookMs) })}</p>
				</div>
			</details>
		</li>
	);
}

/** Test by test: what was asked, what came of it, and how long each step took. */
function Tests({ report: { findings } }: Pick<KnownProps, "report">) {
	const { words, names } = useScene();
	const rows = findings.flatMap((finding) => {
		const row = testRow(finding, words, names);
		return row ? [{ row, level: levelOf(finding) }] : [];
	});
	if (rows.length === 0) return null;
	return (
		<ul class="tests">
			{rows.map(({ row: [test, result, steps], level }) => (
				<li class="test" key={`${test} ${result} ${steps}`}>
					<Shape level={level} />
					<b dir="auto">{shownLine(test)}</b>
					<span dir="auto">{shownLine(result)}</span>
					<small>{steps}</small>
				</li>
			))}
		</ul>
	);
}

function levelOf(finding: Finding): Level {
	if (finding.kind === "word") return finding.level;
	if (finding.kind === "route") return finding.known ? "operational" : "unknown";
	return "outcome" in finding ? LEVEL_OF_OUTCOME[finding.outcome.kind] : "unknown";
}

const LEVEL_OF_OUTCOME = {
	ok: "operational",
	failed: "major_outage",
	blocked: "degraded",
	portal: "degraded",
	not_tried: "unknown",
} as const;

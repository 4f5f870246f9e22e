import uPlot from "uplot";
import type { Time } from "../../core/model.ts";
import type { HistoryPoint, Span } from "../../ipc/answers.ts";
import { PHASE_ORDER, type PhaseName } from "./phase-names.ts";
import { written } from "./times.ts";

/** What is drawn. */
export interface ChartData {
	readonly from: Time;
	readonly until: Time;
	readonly span: Span;
	/** The width of a point, ms. */
	readonly stepMs: Time;
	readonly points: readonly HistoryPoint[];
	/** Where it did not work. */
	readonly outages: readonly Outage[];
}

interface Outage {
	readonly from: Time;
	readonly until: Time;
	readonly tone: "warn" | "bad" | "plan";
	/** What stands at its top, if there is room. */
	readonly label: string;
}

interface ChartSetup {
	readonly locale: string;
	/** The point that somebody points at; `undefined` when nobody does. */
	readonly onPoint: (point: HistoryPoint | undefined) => void;
}

export interface Chart {
	/** What is seen, as a PNG in base64. */
	picture(): Promise<string>;
	destroy(): void;
}

const HEIGHT = 190;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;
/** How far apart the times on the axis may be, s: what is written of them tells them apart. */
const INCREMENTS: Readonly<Record<Span, readonly number[]>> = {
	day: [1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR_S),
	week: [1, 2, 7].map((days) => days * DAY_S),
	month: [1, 2, 5, 7, 10, 15].map((days) => days * DAY_S),
	quarter: [7, 10, 14, 30].map((days) => days * DAY_S),
};
const LABEL_INSET = 6;

/** Draws response times into an element as wide as it is, and again whenever its width or the system's colours change. */
export function drawChart(into: HTMLElement, data: ChartData, setup: ChartSetup): Chart {
	let plot = plotOf(into, data, setup);
	const again = () => {
		plot.destroy();
		plot = plotOf(into, data, setup);
	};
	const sizes = new ResizeObserver(() => plot.setSize({ width: into.clientWidth, height: HEIGHT }));
	sizes.observe(into);
	const looks = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"].map((query) =>
		matchMedia(query),
	);
	for (const look of looks) look.addEventListener("change", again);
	return {
		picture: () => pictureOf(plot.ctx.canvas, colourOf(into)("surface")),
		destroy() {
			sizes.disconnect();
			for (const look of looks) look.removeEventListener("change", again);
			plot.destroy();
		},
	};
}

/** The colours of the page as they are now: `--chart-line` and its like are registered, so they come out as colours. */
function colourOf(element: Element): (name: string) => string {
	const style = getComputedStyle(element);
	return (name) => style.getPropertyValue(`--chart-${name}`);
}

function plotOf(into: HTMLElement, data: ChartData, { locale, onPoint }: ChartSetup): uPlot {
	const colour = colourOf(into);
	const rows = rowsOf(data);
	const phases = PHASE_ORDER.filter((phase) => rows.some(({ point }) => point?.phases[phase]));
	const sums = phases.map((_, last) =>
		rows.map(({ point }) =>
			point?.averageMs === undefined
				? null
				: phases.slice(0, last + 1).reduce((sum, phase) => sum + (point.phases[phase] ?? 0), 0),
		),
	);
	const average = rows.map(({ point }) => point?.averageMs ?? null);
	// the highest first: each that follows covers the lower part of it
	const areas = phases.map((phase, index) => ({ phase, values: sums[index] ?? [] })).reverse();
	const { fontSize, fontFamily } = getComputedStyle(into);
	const font = `${fontSize} ${fontFamily}`;
	return new uPlot(
		{
			width: into.clientWidth,
			height: HEIGHT,
			padding: [8, 0, 0, 0],
			legend: { show: false },
			cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
			scales: {
				x: { time: true, range: [data.from / 1000, data.until / 1000] },
				y: { range: (_, __, most) => [0, Math.max(10, (most ?? 0) * 1.15)] },
			},
			axes: [
				{
					...axis(colour, font),
					size: 30,
					gap: 8,
					space: 64,
					incrs: [...INCREMENTS[data.span]],
					grid: { show: false },
					values: (_, splits) => splits.map(timesFor(data.span, locale)),
				},
				{ ...axis(colour, font), size: 56, values: (_, splits) => splits.map((ms) => `${ms} ms`) },
			],
			series: [
				{},
				...areas.map(({ phase }) => ({ fill: colour(phaseToken(phase)), width: 0, points: { show: false } })),
				{ stroke: colour("line"), width: 1.5, points: { show: false } },
			],
			hooks: {
				drawClear: [(plot) => shade(plot, data.outages, colour, font)],
				setCursor: [({ cursor: { idx } }) => onPoint(idx == null ? undefined : rows[idx]?.point)],
			},
		},
		[rows.map(({ at }) => at / 1000), ...areas.map(({ values }) => values), average],
		into,
	);
}

function phaseToken(phase: PhaseName): string {
	return phase.replace("_", "-");
}

function axis(colour: (name: string) => string, font: string) {
	return {
		stroke: colour("ink"),
		font,
		grid: { stroke: colour("grid"), width: 1 },
		ticks: { show: false },
		gap: 4,
	} satisfies uPlot.Axis;
}

function timesFor(span: Span, locale: string): (seconds: number) => string {
	const style = ({ day: "hour", week: "weekday", month: "day", quarter: "day" } as const)[span];
	return (seconds) => written(seconds * 1000, style, locale);
}

interface Row {
	readonly at: Time;
	/** Absent where the line is to break. */
	readonly point?: HistoryPoint;
}

/** Points, and between those that lie too far apart a place where there is none. */
function rowsOf({ points, stepMs }: ChartData): readonly Row[] {
	return points.flatMap((point, index): Row[] => {
		const before = points[index - 1];
		const apart = before !== undefined && point.at - before.at > 2 * stepMs;
		return [...(apart ? [{ at: before.at + stepMs }] : []), { at: point.at, point }];
	});
}

/** Behind the lines: the times at which it did not work, with a word at the top where there is room for it. */
function shade(
	{ ctx, bbox, valToPos }: uPlot,
	outages: readonly Outage[],
	colour: (name: string) => string,
	font: string,
) {
	ctx.save();
	ctx.font = font.replace(/[\d.]+px/, (size) => `${Number.parseFloat(size) * devicePixelRatio}px`);
	ctx.textBaseline = "top";
	for (const { from, until, tone, label } of outages) {
		const left = Math.max(bbox.left, valToPos(from / 1000, "x", true));
		const right = Math.min(bbox.left + bbox.width, valToPos(until / 1000, "x", true));
		// the shortest outage can still be seen
		const width = Math.max(2 * devicePixelRatio, right - left);
		ctx.fillStyle = colour(`${tone}-soft`);
		ctx.fillRect(left, bbox.top, width, bbox.height);
		ctx.fillStyle = colour(tone);
		ctx.fillRect(left, bbox.top, width, 2 * devicePixelRatio);
		const inset = LABEL_INSET * devicePixelRatio;
		if (ctx.measureText(label).width + 2 * inset > width) continue;
		ctx.fillStyle = colour("ink");
		ctx.fillText(label, left + inset, bbox.top + inset);
	}
	ctx.restore();
}

/** The picture on a ground: it is looked at outside of the window too. */
async function pictureOf(drawn: HTMLCanvasElement, ground: string): Promise<string> {
	const canvas = document.createElement("canvas");
	canvas.width = drawn.width;
	canvas.height = drawn.height;
	const context = canvas.getContext("2d");
	if (!context) throw new Error("expected a canvas that can be drawn on");
	context.fillStyle = ground;
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.drawImage(drawn, 0, 0);
	const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
	if (!blob) throw new Error("expected a picture of the chart");
	const bytes = new Uint8Array(await blob.arrayBuffer());
	return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

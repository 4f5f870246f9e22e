import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import { isProblem, type Level } from "../core/level.ts";
import type { FeatureView, ServiceView, Snapshot } from "../core/snapshot.ts";
import { connectionSentence, failedControls } from "../words/connection.ts";
import { shortDuration } from "../words/durations.ts";
import { headline } from "../words/headline.ts";
import { nameOf } from "../words/names.ts";
import { certainty, reasonSentence } from "../words/reasons.ts";
import type { Words } from "../words/words.ts";
import { inColourOf, type Paint, shape } from "./paint.ts";

const GAP = "  ";
const INDENT = "  ";
/** The shape and the blank after it. */
const SHAPE_WIDTH = 2;
const NARROWEST_REASON = 16;

interface Row {
	readonly service: ServiceView;
	readonly level: Level;
	/** What is written in each column. */
	readonly cells: Readonly<Record<"feature" | "level" | "cause" | "reason", string>>;
}

/** The picture of a snapshot as lines of at most `width` columns: one sentence, the connection, then a line for each feature. */
export function renderSnapshot(snapshot: Snapshot, width: number, paint: Paint, words: Words): string[] {
	const { connection, level } = snapshot;
	const lead = indented(headline(snapshot, words), width, (line) => paint("bold", line));
	const first = `${shape(level, paint)} ${lead[0]?.trimStart()}`;
	if (connection.state === "trouble")
		return [first, ...lead.slice(1), ...indented(failedControls(connection.failed, words), width)];
	const fine = indented(connectionSentence(connection, words), width, (line) => paint("gray", line));
	return [first, ...lead.slice(1), ...fine, "", ...renderRows(rowsOf(snapshot, words), width, paint)];
}

/** A sentence as lines that begin two columns in. */
function indented(text: string, width: number, style: (line: string) => string = (same) => same): string[] {
	const lines = wrapAnsi(text, Math.max(NARROWEST_REASON, width - INDENT.length)).split("\n");
	return lines.map((line) => `${INDENT}${style(line)}`);
}

function rowsOf(snapshot: Snapshot, words: Words): Row[] {
	return snapshot.services.flatMap((service) =>
		service.features.map((feature) => ({
			service,
			level: feature.level,
			cells: {
				feature: words.t(`feature.${feature.feature}`),
				level: words.t(`level.${feature.level}`),
				cause: causeOf(feature, snapshot, words),
				reason: reasonOf(feature, snapshot, words),
			},
		})),
	);
}

function causeOf({ level, cause, culprit, confidence }: FeatureView, { names }: Snapshot, words: Words): string {
	if (!isProblem(level)) return "";
	const who = culprit === undefined ? words.t(`cause.${cause}`) : nameOf(culprit, names);
	return `${who}, ${certainty(confidence, words)}`;
}

function reasonOf({ level, since, suspected, reasons }: FeatureView, { at, names }: Snapshot, words: Words): string {
	const [first] = reasons;
	const reason = first ? reasonSentence(first, words, names) : words.t("terminal.notChecked");
	if (isProblem(level)) return words.t("terminal.since", { duration: shortDuration(at - since, words), reason });
	return suspected ? words.t("terminal.notProven", { reason }) : reason;
}

interface Widths {
	readonly service: number;
	readonly feature: number;
	readonly level: number;
	readonly cause: number;
	/** What is left for the reason. */
	readonly reason: number;
}

/** A narrow window loses the cause first, then the reason. */
function widthsOf(rows: readonly Row[], width: number): Widths {
	const column = (text: (row: Row) => string) => Math.max(0, ...rows.map((row) => stringWidth(text(row))));
	const service = column((row) => row.service.name);
	const feature = column(({ cells }) => cells.feature);
	const level = column(({ cells }) => cells.level);
	const cause = column(({ cells }) => cells.cause);
	const left = service + feature + level + SHAPE_WIDTH + 3 * GAP.length;
	const withCause = width - left - cause - GAP.length;
	if (cause > 0 && withCause >= NARROWEST_REASON) return { service, feature, level, cause, reason: withCause };
	return { service, feature, level, cause: 0, reason: width - left };
}

function renderRows(rows: readonly Row[], width: number, paint: Paint): string[] {
	const widths = widthsOf(rows, width);
	return rows.map((row, index) => {
		const { service, level } = row;
		const { feature, level: word, cause, reason } = row.cells;
		const name = rows[index - 1]?.service === service ? "" : service.name;
		const cells = [
			padded(name, widths.service, (text) => paint("bold", text)),
			`${shape(level, paint)} ${padded(feature, widths.feature)}`,
			padded(word, widths.level, (text) => inColourOf(level, text, paint)),
			...(widths.cause > 0 ? [padded(cause, widths.cause)] : []),
			...(widths.reason >= NARROWEST_REASON ? [paint("gray", cut(reason, widths.reason))] : []),
		];
		return cells.join(GAP).trimEnd();
	});
}

function padded(text: string, width: number, style: (text: string) => string = (same) => same): string {
	return style(text) + " ".repeat(Math.max(0, width - stringWidth(text)));
}

/** As much of a line as fits, with a sign where something is left out. */
export function cut(text: string, width: number): string {
	if (stringWidth(text) <= width) return text;
	let kept = "";
	for (const letter of text) {
		if (stringWidth(kept + letter) > width - 1) break;
		kept += letter;
	}
	return `${kept.trimEnd()}…`;
}

import stringWidth from "string-width";
import { isProblem } from "../core/level.ts";
import type { FeatureView, ServiceView, Snapshot } from "../core/snapshot.ts";
import { certainty, connectionSentence, duration, failedControls, headline, reasonSentence } from "../core/wording.ts";
import { FEATURE_WORDS, LEVEL_WORDS } from "../core/words.ts";
import { inColourOf, type Paint, shape } from "./paint.ts";

const GAP = "  ";
const NARROWEST_REASON = 16;

interface Row {
	readonly service: ServiceView;
	readonly feature: FeatureView;
	readonly cause: string;
	readonly reason: string;
}

/** The picture of a snapshot as lines: one sentence, the connection, then a line for each feature. Cut to `width` columns. */
export function renderSnapshot(snapshot: Snapshot, width: number, paint: Paint): string[] {
	const lead = `${shape(snapshot.level, paint)} ${paint("bold", headline(snapshot))}`;
	const { connection } = snapshot;
	if (connection.state === "trouble") return [lead, `  ${failedControls(connection.failed)}`];
	return [
		lead,
		paint("gray", `  ${connectionSentence(connection)}`),
		"",
		...renderRows(rowsOf(snapshot), width, paint),
	];
}

function rowsOf(snapshot: Snapshot): Row[] {
	return snapshot.services.flatMap((service) =>
		service.features.map((feature) => ({
			service,
			feature,
			cause: causeOf(feature, snapshot),
			reason: reasonOf(feature, snapshot),
		})),
	);
}

function causeOf({ level, cause, culprit, confidence }: FeatureView, { names }: Snapshot): string {
	if (!isProblem(level)) return "";
	const who = culprit === undefined ? cause : (names[culprit] ?? culprit);
	return `${who}, ${certainty(confidence)}`;
}

function reasonOf({ level, since, suspected, reasons }: FeatureView, { at, names }: Snapshot): string {
	const [first] = reasons;
	const reason = first ? reasonSentence(first, names) : "not checked yet";
	if (isProblem(level)) return `for ${duration(at - since)}: ${reason}`;
	return suspected ? `being checked again: ${reason}` : reason;
}

function renderRows(rows: readonly Row[], width: number, paint: Paint): string[] {
	const column = (text: (row: Row) => string) => Math.max(0, ...rows.map((row) => stringWidth(text(row))));
	const widths = {
		service: column((row) => row.service.name),
		feature: column((row) => FEATURE_WORDS[row.feature.feature]),
		level: column((row) => LEVEL_WORDS[row.feature.level]),
		cause: column((row) => row.cause),
	};
	let last: ServiceView | undefined;
	return rows.map((row) => {
		const { service, feature, cause, reason } = row;
		const name = service === last ? "" : service.name;
		last = service;
		const { level } = feature;
		const left = [
			padded(name, widths.service, (text) => paint("bold", text)),
			`${shape(level, paint)} ${padded(FEATURE_WORDS[feature.feature], widths.feature)}`,
			padded(LEVEL_WORDS[level], widths.level, (text) => inColourOf(level, text, paint)),
			...(widths.cause > 0 ? [padded(cause, widths.cause)] : []),
		].join(GAP);
		const room = Math.max(NARROWEST_REASON, width - stringWidth(left) - GAP.length);
		return `${left}${GAP}${paint("gray", cut(reason, room))}`;
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

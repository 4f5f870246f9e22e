import { styleText } from "node:util";

/** One row of the table. */
export interface Line {
	readonly what: string;
	readonly measured: string;
	/** Absent where a number is only told. */
	readonly budget?: Budget;
}

interface Budget {
	readonly words: string;
	readonly holds: boolean;
}

/** A measurement that this computer cannot make; the message says why, and what would help. */
export class Unavailable extends Error {
	override readonly name = "Unavailable";
}

/** A budget of at most `limit`, in the same unit as `value`. */
export function atMost(value: number, limit: number, unit: string): Budget {
	return { words: `at most ${limit} ${unit}`.trim(), holds: value <= limit };
}

/** The rows as text with aligned columns and a head. */
export function table(lines: readonly Line[]): string {
	const rows = [
		["what", "measured", "budget", "verdict"],
		...lines.map(({ what, measured, budget }) => [what, measured, budget?.words ?? "none", verdictOf(budget)]),
	];
	const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows
		.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   "))
		.map((row, index) => (index === 0 ? styleText("bold", row) : row))
		.join("\n");
}

function verdictOf(budget: Budget | undefined): string {
	if (!budget) return "told";
	return budget.holds ? "holds" : "BROKEN";
}

type Cell = string | number | undefined;

/** Rows as a spreadsheet reads them (RFC 4180), every cell in quotes, and none that it would take for a formula. */
export function csvOf(columns: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]): string {
	const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
	return `${lines.map((cells) => cells.map(cellOf).join(",")).join("\r\n")}\r\n`;
}

/** What begins so, with blanks before it or not, is a formula to some spreadsheet (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^\s*[=+\-@\t\r\n|%]/u;

function cellOf(cell: Cell): string {
	if (cell === undefined) return "";
	if (typeof cell === "number") return String(cell);
	const safe = FORMULA.test(cell) ? `'${cell}` : cell;
	return `"${safe.replaceAll('"', '""')}"`;
}

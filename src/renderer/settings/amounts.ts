import type { Words } from "../../words/words.ts";

const MEBIBYTE = 1024 * 1024;

/** An amount of data, as people say it: in kB or MB of 1024 each. */
export function bytesText(bytes: number, { language }: Words): string {
	const [amount, unit] = bytes < MEBIBYTE ? [bytes / 1024, "kilobyte"] : [bytes / MEBIBYTE, "megabyte"];
	return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: amount < 10 ? 1 : 0 }).format(
		amount,
	);
}

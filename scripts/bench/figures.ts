/** The middle of some figures: one odd run does not move it. */
export function median(figures: readonly number[]): number {
	const sorted = figures.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Bytes as megabytes of a million. */
export function megabytes(bytes: number): number {
	return bytes / 1e6;
}

/** A figure with as many decimals as say something. */
export function figure(value: number): string {
	const decimals = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
	return value.toLocaleString("en", { maximumFractionDigits: decimals, minimumFractionDigits: decimals });
}

const SLIPS = 2;

/** The candidate that the word was most likely meant to be: at most two slips away. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
	const [best] = candidates
		.map((candidate) => ({ candidate, distance: editDistance(word.slice(0, 60), candidate) }))
		.filter(({ candidate, distance }) => distance <= Math.min(SLIPS, candidate.length - 1))
		.sort((a, b) => a.distance - b.distance);
	return best?.candidate;
}

/** How many letters must be added, dropped or changed to make one word of the other; two swapped neighbours count as two. */
function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (let j = 0; j < b.length; j++) {
			const change = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
			next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}

/** A source of random numbers that core is given: the same seed gives the same numbers. */
export interface Random {
	/** In [0, 1). */
	next(): number;
	/** What to go on from later. */
	readonly seed: number;
}

/** Mulberry32: small, fast and even enough for jitter; not for secrets. */
export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	return {
		next() {
			state = (state + 0x6d2b79f5) >>> 0;
			let mixed = Math.imul(state ^ (state >>> 15), state | 1);
			mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
			return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
		},
		get seed() {
			return state;
		},
	};
}

/** `value` made longer or shorter by up to the given share, evenly. */
export function jittered(value: number, share: number, random: Random): number {
	return value * (1 - share + 2 * share * random.next());
}

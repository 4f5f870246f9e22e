/**
 * An immutable table whose keys are fixed when it is made. A changed copy costs one short array, not a map: state changes tens of
 * thousands of times a simulated day. Reads like a `ReadonlyMap`; keeps the order of its keys.
 */
export class Table<K, V> {
	readonly #index: ReadonlyMap<K, number>;
	readonly #keys: readonly K[];
	readonly #values: readonly V[];

	private constructor(index: ReadonlyMap<K, number>, keys: readonly K[], values: readonly V[]) {
		this.#index = index;
		this.#keys = keys;
		this.#values = values;
	}

	/** Of two entries with one key the later counts. */
	static from<K, V>(entries: Iterable<readonly [K, V]>): Table<K, V> {
		const map = new Map(entries);
		const keys = [...map.keys()];
		return new Table(new Map(keys.map((key, at) => [key, at])), keys, [...map.values()]);
	}

	get size(): number {
		return this.#values.length;
	}

	get(key: K): V | undefined {
		const at = this.#index.get(key);
		return at === undefined ? undefined : this.#values[at];
	}

	/** The table with another value for a key it has; the same table for a key it has not. */
	with(key: K, value: V): Table<K, V> {
		const at = this.#index.get(key);
		return at === undefined ? this : new Table(this.#index, this.#keys, this.#values.with(at, value));
	}

	map(change: (value: V, key: K) => V): Table<K, V> {
		const values = this.#values.map((value, at) => change(value, this.#keys[at] as K));
		return new Table(this.#index, this.#keys, values);
	}

	keys(): readonly K[] {
		return this.#keys;
	}

	values(): readonly V[] {
		return this.#values;
	}

	*[Symbol.iterator](): IterableIterator<readonly [K, V]> {
		for (const [at, key] of this.#keys.entries()) yield [key, this.#values[at] as V];
	}
}

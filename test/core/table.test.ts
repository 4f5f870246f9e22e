import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Table } from "../../src/core/table.ts";

const table = Table.from([
	["b", 1],
	["a", 2],
	["c", 3],
]);

describe("a table", () => {
	test("reads like a map and keeps the order in which it was given", () => {
		expect([...table]).toEqual([
			["b", 1],
			["a", 2],
			["c", 3],
		]);
		expect([table.size, table.get("a"), table.get("z")]).toEqual([3, 2, undefined]);
		expect([table.keys(), table.values()]).toEqual([
			["b", "a", "c"],
			[1, 2, 3],
		]);
	});

	test("of two entries with one key keeps the later, at the place of the earlier", () => {
		const twice = Table.from([
			["a", 1],
			["b", 2],
			["a", 3],
		]);
		expect([...twice]).toEqual([
			["a", 3],
			["b", 2],
		]);
	});

	test("is never changed: with another value there is another table", () => {
		const changed = table.with("a", 9);
		expect(changed.values()).toEqual([1, 9, 3]);
		expect(table.values()).toEqual([1, 2, 3]);
	});

	test("has no other keys than it was made with", () => {
		expect(table.with("z", 9)).toBe(table);
		expect(Table.from<string, number>([]).with("a", 1).size).toBe(0);
	});

	test("gives each value with its key to be changed, all at once", () => {
		const changed = table.map((value, key) => (key === "b" ? -value : value));
		expect([...changed]).toEqual([
			["b", -1],
			["a", 2],
			["c", 3],
		]);
		expect(changed.get("b")).toBe(-1);
		expect(table.get("b")).toBe(1);
	});

	test("whatever is done to it, is what a map of the same keys would be", () => {
		const keys = fc.constantFrom("a", "b", "c", "d");
		const entries = fc.array(fc.tuple(keys, fc.nat()), { maxLength: 6 });
		fc.assert(
			fc.property(entries, entries, (given, changes) => {
				const map = new Map(given);
				let own = Table.from(given);
				for (const [key, value] of changes) {
					if (map.has(key)) map.set(key, value);
					own = own.with(key, value);
				}
				expect([...own]).toEqual([...map]);
				expect(own.size).toBe(map.size);
				for (const key of ["a", "b", "c", "d"] as const) expect(own.get(key)).toBe(map.get(key));
			}),
		);
	});
});

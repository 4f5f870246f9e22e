import fc from "fast-check";
import { expect, test } from "vitest";
import { valueAt } from "../../../src/io/probes/json-pointer.ts";

/** The example of RFC 6901, section 5. */
const STANDARD = {
	foo: ["bar", "baz"],
	"": 0,
	"a/b": 1,
	"c%d": 2,
	"e^f": 3,
	"g|h": 4,
	"i\\j": 5,
	'k"l': 6,
	" ": 7,
	"m~n": 8,
};

test.each([
	["", STANDARD],
	["/foo", ["bar", "baz"]],
	["/foo/0", "bar"],
	["/", 0],
	["/a~1b", 1],
	["/c%d", 2],
	["/e^f", 3],
	["/g|h", 4],
	["/i\\j", 5],
	['/k"l', 6],
	["/ ", 7],
	["/m~0n", 8],
])("the standard's own example has a value at %j", (pointer, value) => {
	expect(valueAt(STANDARD, pointer)).toEqual(value);
});

test.each(["foo", "/foo/2", "/foo/-", "/foo/00", "/foo/length", "/foo/0/0", "/bar", "/constructor", "/foo/map"])(
	"there is nothing at %j",
	(pointer) => {
		expect(valueAt(STANDARD, pointer)).toBeUndefined();
	},
);

test("any pointer into any JSON is no error", () => {
	fc.assert(
		fc.property(
			fc.jsonValue(),
			fc.string({ unit: fc.constantFrom("/", "~", "0", "1", "a", "__proto__") }),
			(json, pointer) => {
				expect(() => valueAt(json, pointer)).not.toThrow();
			},
		),
	);
});

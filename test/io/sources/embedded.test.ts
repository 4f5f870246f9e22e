import { describe, expect, it } from "vitest";
import { embeddedData, valuesAfter } from "../../../src/io/sources/embedded.ts";

const page = (...scripts: string[]) => `<!doctype html><html><body>${scripts.join("")}</body></html>`;
const flight = (text: string) => `<script>self.__next_f.push([1,${JSON.stringify(text)}])</script>`;
const found = (html: string, marker: string) => [...valuesAfter(embeddedData(html), marker)];

describe("the data that a page carries", () => {
	it("is put together from pieces that break anywhere, inside of texts and escapes too", () => {
		const row = `5:["$","$L1",null,{"summary":{"name":"A \\"b\\" } ]","n":[1,{"x":"\\\\"}]}}]\n`;
		for (let cut = 0; cut <= row.length; cut++) {
			expect(found(page(flight(row.slice(0, cut)), flight(row.slice(cut))), '"summary":')).toEqual([
				{ name: 'A "b" } ]', n: [1, { x: "\\" }] },
			]);
		}
	});

	it.each([
		['<script id="__NEXT_DATA__" type="application/json">{"site": {"a": 1}}</script>'],
		['<script id="data" type="application/json">{"site":{"a":1}}</script>'],
		['<script type="application/json" nonce=\'x\'>\n{"site":\n{"a":1}}</script>'],
	])("is found in a script of its own: %s", (script) => {
		expect(found(page(script), '"site":')).toEqual([{ a: 1 }]);
	});

	it("has no stand-ins for what is missing, for dates and for texts that begin with a dollar", () => {
		const row = '1:{"site":{"logo":"$undefined","at":"$D2026-05-12T08:00:00.000Z","fee":"$$5","ref":"$21"}}';
		expect(found(page(flight(row)), '"site":')).toEqual([{ at: "2026-05-12T08:00:00.000Z", fee: "$5", ref: "$21" }]);
	});

	it("is every value after the marker, but for broken ones and for plain texts", () => {
		const row = '{"site":"x","b":{"site":{"n":1}},"c":{"site":[2]},"site":{"n":';
		expect(found(page(flight(row)), '"site":')).toEqual([{ n: 1 }, [2]]);
	});

	it("is nothing where there is none, and outside of web pages", () => {
		expect(embeddedData("<!doctype html><html><body>Hello</body></html>").trim()).toBe("");
		expect(embeddedData(flight('{"site":{"n":1}}'))).toBe("");
		expect(embeddedData(page('<script>self.__next_f.push([1,"\\u00"])</script>')).trim()).toBe("");
	});

	it("is looked for in a few places only", () => {
		const row = '{"site":{"n":1}}'.repeat(1000);
		expect(found(page(flight(row)), '"site":')).toHaveLength(8);
	});
});

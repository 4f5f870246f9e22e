import { describe, expect, it } from "vitest";
import { answerOf, describeText, isHtml } from "../../../src/io/sources/describe.ts";

describe("describeText", () => {
	it.each([
		["", "an empty body"],
		[" \n", "an empty body"],
		["<!-- hello -->\n<!DOCTYPE html><html><title>Hi &amp; bye</title>", "an HTML page titled “Hi &amp; bye”"],
		['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>x', "an HTML page"],
		['<?xml version="1.0"?>\n<!-- x --><Error><Code>1</Code></Error>', "an XML document <Error>"],
		["{}", "an empty JSON object"],
		['{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}', "JSON with a, b, c, d, e, f, …"],
		["[1,2]", "a JSON list of 2"],
		['{"a":', "JSON that breaks off or does not parse"],
		["Bad\u0000 gateway", "text that begins “Bad gateway”"],
	])("says of %j that it is %s", (text, expected) => {
		expect(describeText(answerOf(text))).toBe(expected);
	});

	it("is short and quick, whatever comes", () => {
		const start = performance.now();
		for (const piece of ["<!-- -->", "<!--", "<?x ?>", "<title", "<!x>", " ", "[", '{"a":']) {
			expect(describeText(answerOf(piece.repeat(100_000))).length).toBeLessThan(150);
			expect(isHtml(piece.repeat(100_000))).toBe(false);
		}
		expect(performance.now() - start).toBeLessThan(1000);
	});
});

import { expect, test } from "vitest";
import { decodeText } from "../../../src/io/network/decode-text.ts";

const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();

test.each<[what: string, bytes: Buffer, contentType: string | undefined]>([
	["UTF-8 by default", Buffer.from("Größe"), undefined],
	["UTF-8 with its mark", Buffer.from("\ufeffGröße"), "text/plain; charset=latin1"],
	["UTF-16 with its mark, little end first", Buffer.from("\ufeffGröße", "utf16le"), "application/json"],
	["UTF-16 with its mark, big end first", utf16be("\ufeffGröße"), undefined],
	["the charset of the header", Buffer.from("Größe", "latin1"), 'text/html; Charset="ISO-8859-1"'],
	["a charset that nobody knows", Buffer.from("Größe"), "text/html; charset=klingon-8"],
])("%s is read", (_what, bytes, contentType) => {
	expect(decodeText(bytes, contentType)).toBe("Größe");
});

test("an XML declaration names the charset where the header does not", () => {
	const xml = '<?xml version="1.0" encoding="iso-8859-1"?><t>Größe</t>';
	expect(decodeText(Buffer.from(xml, "latin1"), "application/xml")).toBe(xml);
});

test("bytes that are no text become marks of doubt, not errors", () => {
	expect(decodeText(Buffer.from([0x41, 0xff, 0x42]))).toBe("A\ufffdB");
});

import { expect, test } from "vitest";
import { catalogueOf } from "../../src/catalogue/catalogue.ts";
import { readParts, shippedParts } from "../../src/io/catalogue-files.ts";
import { pack, unpack } from "../../src/io/packed-catalogue.ts";

const SHIPPED = new URL("../../src/catalogue", import.meta.url).pathname;

test("the packed catalogue is the same catalogue, private roots included", () => {
	const parts = readParts(SHIPPED);
	const again = unpack(pack(parts));
	expect(again.roots.get("signal")).toContain("BEGIN CERTIFICATE");
	expect(catalogueOf(again)).toEqual(catalogueOf(parts));
});

test("in the source tree the shipped catalogue is the folder", () => {
	expect(shippedParts()).toEqual(readParts(SHIPPED));
});

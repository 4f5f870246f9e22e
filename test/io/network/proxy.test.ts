import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { authorizationOf, createProxy, labelOf } from "../../../src/io/network/proxy.ts";

describe("the address of a proxy", () => {
	test.each([
		["http://proxy.test", "http://proxy.test:80"],
		["http://proxy.test:3128/", "http://proxy.test:3128"],
		["https://Proxy.test", "https://proxy.test:443"],
		["socks5://proxy.test", "socks5://proxy.test:1080"],
		["socks5://PROXY.test.:80", "socks5://proxy.test:80"],
		["socks5://me:secret@[2001:DB8:0::1]:1080", "socks5://[2001:db8::1]:1080"],
		["http://prõxy.test", "http://xn--prxy-1qa.test:80"],
		["socks5://0x7f.1:1080", "socks5://127.0.0.1:1080"],
	])("%s", (url, label) => {
		expect(labelOf(createProxy({ url }))).toBe(label);
	});

	test.each([
		"ftp://me:hunter2@proxy.test",
		"me:hunter2@proxy.test",
		"socks4://me:hunter2@p",
		"http://me:hunter2%@p",
		"socks5://",
		`socks5://me:${"hunter2".repeat(40)}@p`,
	])("that is none is refused without quoting a login: %s", (url) => {
		let thrown: unknown;
		try {
			createProxy({ url });
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toBeInstanceOf(Error);
		expect(inspect(thrown)).not.toContain("hunter2");
	});
});

test("a login becomes a header by Basic, as it was before it was written in a URL", () => {
	const encoded = authorizationOf(createProxy({ url: "http://m%C3%A9:a%3Ab%40c@proxy.test" }));
	expect(encoded).toBe(`Basic ${Buffer.from("mé:a:b@c").toString("base64")}`);
	expect(authorizationOf(createProxy({ url: "http://proxy.test" }))).toBeUndefined();
});

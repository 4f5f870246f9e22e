import fc from "fast-check";
import { expect, test } from "vitest";
import { waysIn } from "../../../src/io/network/pac-result.ts";
import { labelOf } from "../../../src/io/network/proxy.ts";

const labels = (answer: string) => waysIn(answer).map(labelOf);

test.each<[answer: string, ways: readonly string[]]>([
	["DIRECT", ["direct"]],
	["PROXY proxy.test:3128", ["http://proxy.test:3128"]],
	[
		"HTTP a:1;HTTPS b:2 ; SOCKS5 [2001:db8::1]:1080;direct",
		["http://a:1", "https://b:2", "socks5://[2001:db8::1]:1080", "direct"],
	],
	["PROXY a:1; PROXY A:1; DIRECT; DIRECT", ["http://a:1", "direct"]],
	// what is no way for us is left out, and nothing is put in its place
	["SOCKS old.test:1080; SOCKS4 older.test:1080; QUIC new.test:443; PROXY a:1", ["http://a:1"]],
	["PROXY a; PROXY a:0; PROXY a:65536; PROXY a:1x; PROXY :1; PROXY a b:1", []],
	["PROXY me:secret@a:1; PROXY http://a:1; PROXY a:1/path", []],
	["PROXY [::g]:1; PROXY [1.2.3.4]:1; PROXY ::1:1", []],
	["DIRECTLY; NOT DIRECT", []],
	["", []],
	[";;;", []],
	[
		Array.from({ length: 50 }, (_, n) => `PROXY p${n}:1`).join(";"),
		["http://p0:1", "http://p1:1", "http://p2:1", "http://p3:1", "http://p4:1"],
	],
	[`DIRECT;${" ".repeat(2000)}`, []],
])("%s", (answer, ways) => {
	expect(labels(answer)).toEqual(ways);
});

test("whatever a script answers, nothing breaks and little comes of it", () => {
	const word = fc.constantFrom("PROXY ", "SOCKS5 ", "DIRECT", ";", ":", "a", "[::1]", "80", " ", "\0", "é");
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.array(word).map((words) => words.join("")),
			),
			(answer) => {
				const ways = waysIn(answer);
				expect(ways.length).toBeLessThanOrEqual(5);
				for (const way of ways) {
					if (way.kind !== "direct") expect(() => new URL(labelOf(way).replace(/^\w+/, "http"))).not.toThrow();
				}
			},
		),
	);
});

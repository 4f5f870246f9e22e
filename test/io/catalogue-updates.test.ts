import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SHIPPED_EDITION } from "../../src/catalogue/edition.ts";
import { BUILT_IN_KEYS } from "../../src/catalogue/keys.ts";
import { keyName, openUpdate, readPublicKey, signUpdate } from "../../src/io/catalogue-signature.ts";
import { UPDATE_LIMIT_BYTES } from "../../src/io/catalogue-updates.ts";
import { currentCatalogue, type Outcome, type Standing, takeUpdate } from "../../src/io/current-catalogue.ts";
import { createNetwork, type Network } from "../../src/io/network/network.ts";
import { createAuthority } from "../helpers/certificates.ts";
import { closeServers, serveHttps } from "../helpers/servers.ts";
import { bundleBytes, entry, newSigner, SHIPPED, signed } from "../helpers/updates.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const signer = newSigner();
let folder: string;
let standing: Standing;
let network: Network;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "updates-"));
	standing = { folder: join(folder, "data"), keys: [signer.line], shipped: SHIPPED, app: "0.1.0", now: NOW };
	network = createNetwork({ maxBodyBytes: UPDATE_LIMIT_BYTES });
});

afterEach(async () => {
	network.close();
	rmSync(folder, { recursive: true });
	await closeServers();
});

function inFile(bytes: Buffer, name = "update"): string {
	const path = join(folder, name);
	writeFileSync(path, bytes);
	return path;
}

const take = (bytes: Buffer, as = standing) => takeUpdate(inFile(bytes), network, as);
const ids = (as = standing) => currentCatalogue(as).parts.files.map(({ id }) => id);

function problemsOf(outcome: Outcome): readonly string[] {
	expect(outcome.kind).toBe("refused");
	return outcome.kind === "refused" ? outcome.problems.map((problem) => problem.replaceAll(folder, "…")) : [];
}

describe("a good update", () => {
	test("is taken from a file, and in force from then on", async () => {
		expect(ids()).toEqual(["shop"]);
		expect(await take(signed(signer, 1))).toMatchObject({
			kind: "taken",
			bundle: { version: SHIPPED_EDITION.version + 1 },
		});
		const { update } = currentCatalogue(standing);
		expect(ids()).toEqual(["shop", "cafe"]);
		expect(update?.kept).toMatchObject({ from: join(folder, "update"), takenAt: NOW });
	});

	test("is taken by a file address too, and by a key that was given with it", async () => {
		const as = { ...standing, keys: [] };
		const from = pathToFileURL(inFile(signed(signer, 1))).href;
		expect(await takeUpdate(from, network, as, signer.line)).toMatchObject({ kind: "taken" });
		expect(ids(as)).toEqual(["shop", "cafe"]);
	});

	test("is nothing new the second time, and gives way to the next", async () => {
		await take(signed(signer, 1));
		expect(await take(signed(signer, 1))).toEqual({ kind: "unchanged" });
		expect(await take(signed(signer, 2, { services: [entry("bar")] }))).toMatchObject({ kind: "taken" });
		expect(ids()).toEqual(["shop", "bar"]);
	});

	test("leaves one file behind, which nobody else can read", async () => {
		await take(signed(signer, 1));
		await take(signed(signer, 2));
		expect(readdirSync(standing.folder)).toEqual(["catalogue-update"]);
	});
});

describe("from an https address", () => {
	async function server(answer: (request: IncomingMessage, response: ServerResponse) => void) {
		const authority = await createAuthority();
		const { port } = await serveHttps(await authority.issue(["localhost"]), answer);
		network.close();
		network = createNetwork({ maxBodyBytes: UPDATE_LIMIT_BYTES, extraRoots: [authority.pem] });
		return `https://localhost:${port}/catalogue`;
	}

	test("it is asked for once, and then only for something newer", async () => {
		const asked: (string | undefined)[] = [];
		let bytes = signed(signer, 1);
		const url = await server((request, response) => {
			const etag = `"${bytes.length}"`;
			asked.push(request.headers["if-none-match"]);
			if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
			response.writeHead(200, { etag }).end(bytes);
		});
		expect(await takeUpdate(url, network, standing)).toMatchObject({ kind: "taken" });
		expect(await takeUpdate(url, network, standing)).toEqual({ kind: "unchanged" });
		const first = bytes.length;
		bytes = signed(signer, 2, { services: [entry("bar"), entry("pub")] });
		expect(await takeUpdate(url, network, standing)).toMatchObject({ kind: "taken" });
		expect(asked).toEqual([undefined, `"${first}"`, `"${first}"`]);
		expect(ids()).toEqual(["shop", "bar", "pub"]);
	});

	test.each<[string, number, Buffer, RegExp]>([
		["a page that is not there", 404, Buffer.from("no"), /: the server answered 404$/],
		[
			"a page for people",
			200,
			Buffer.from("<!doctype html>\n<p>Hello"),
			/: expected a signed catalogue update, found something else$/,
		],
		[
			"more than four mebibytes",
			200,
			Buffer.alloc(UPDATE_LIMIT_BYTES + 1, 32),
			/larger than the cap of 4194304 bytes$/,
		],
	])("%s is no update", async (_, status, body, words) => {
		const url = await server((_request, response) => void response.writeHead(status).end(body));
		const [problem, ...more] = problemsOf(await takeUpdate(url, network, standing));
		expect(problem).toMatch(words);
		expect(more).toEqual([]);
	});

	test("a plain address is not asked at all", async () => {
		expect(problemsOf(await takeUpdate("http://127.0.0.1:1/x", network, standing))).toEqual([
			"http://127.0.0.1:1/x: expected an https address, found a plain one",
		]);
	});
});

describe("an update is refused, and the one before stays, when", () => {
	beforeEach(() => take(signed(signer, 5)));
	afterEach(() => expect(ids()).toEqual(["shop", "cafe"]));

	const stranger = newSigner();
	const V = SHIPPED_EDITION.version;
	test.each<[string, () => Buffer, string]>([
		[
			"a stranger signed it",
			() => signed(stranger, 9),
			`it is signed by the key ${keyName(stranger.publicKey)}, which is not one that is trusted here`,
		],
		["nobody signed it", () => bundleBytes(9), "expected a signed catalogue update, found something else"],
		["it is empty", () => Buffer.alloc(0), "expected a signed catalogue update, found something else"],
		[
			"it came in part",
			() => signed(signer, 9).subarray(0, -20),
			"its signature does not fit: it was changed after it was signed, or came only in part",
		],
		[
			"it has expired",
			() => signed(signer, 9, { expiresAt: "2026-11-22T12:00:00Z" }),
			"it expired on 2026-11-22T12:00:00Z",
		],
		[
			"it is for a later program",
			() => signed(signer, 9, { minimumApp: "0.1.1" }),
			"it is for version 0.1.1 of this program or later, this is 0.1.0",
		],
		[
			"it is older than what the program came with",
			() => signed(signer, 0),
			`its version ${V} is not newer than ${V}, which this program came with`,
		],
		[
			"it is older than the one that is kept",
			() => signed(signer, 4),
			`its version ${V + 4} is not newer than ${V + 5}, which is kept`,
		],
		[
			"another one has the same version",
			() => signed(signer, 5, { services: [] }),
			`its version ${V + 5} is not newer than ${V + 5}, which is kept`,
		],
		["it is of a format of the future", () => signed(signer, 9, { format: 2 }), "format: expected 1, found 2"],
		[
			"it is no JSON",
			() => signUpdate(Buffer.from('{"format": 1,'), signer.privateKey),
			"line 1, column 14: expected JSON, found the end",
		],
		["it is too large", () => Buffer.alloc(UPDATE_LIMIT_BYTES + 1), "expected at most 4194304 bytes, found more"],
		[
			"one entry of many is mistaken",
			() =>
				signed(signer, 9, {
					services: [entry("bar"), entry("pub", { features: { web: { blind: "No." }, calsl: { blind: "No." } } })],
				}),
			'services[1].features.calsl: unknown key, did you mean "calls"?',
		],
		[
			"an entry contradicts the rest",
			() => signed(signer, 9, { services: [entry("bar", { aliases: ["shop"] })] }),
			'services/bar.json: aliases[0]: expected a name of its own, found "shop" of services/shop.json',
		],
	])("%s", async (_, bytes, words) => {
		expect(problemsOf(await take(bytes()))).toEqual([`…/update: ${words}`]);
	});

	test("its place has vanished", async () => {
		const gone = join(folder, "share", "update");
		expect(problemsOf(await takeUpdate(gone, network, standing))).toEqual([
			"…/share/update: expected a file, found nothing",
		]);
		expect(problemsOf(await takeUpdate(folder, network, standing))).toEqual(["…: expected a file, found EISDIR"]);
	});
});

test("any one bit that was changed on the way spoils it", () => {
	const bytes = signed(signer, 1);
	const keys = [signer.publicKey];
	const clean = openUpdate(bytes, keys);
	expect(clean).toEqual(bundleBytes(1));
	const spoil = (at: number, bit: number) => {
		const spoiled = Buffer.from(bytes);
		spoiled[at] = (spoiled[at] ?? 0) ^ (1 << bit);
		expect(() => openUpdate(spoiled, keys)).toThrow(/^(expected a signed|its signature|it is signed by)/);
	};
	for (let at = 0; at < bytes.length - clean.length; at++) for (let bit = 0; bit < 8; bit++) spoil(at, bit);
	fc.assert(fc.property(fc.nat(bytes.length - 1), fc.nat(7), spoil));
});

test("without a key nothing is believed, and the project has none of its own yet", async () => {
	expect(BUILT_IN_KEYS).toEqual([]);
	expect(problemsOf(await take(signed(signer, 1), { ...standing, keys: [] }))).toEqual([
		"…/update: no key is known here that could vouch for it; name one in the settings",
	]);
});

describe("a kept update", () => {
	beforeEach(() => take(signed(signer, 1, { expiresAt: "2026-12-01T00:00:00Z" })));

	test("is not in force any more once it has expired, but nothing older is taken after it", async () => {
		const later = { ...standing, now: Date.parse("2026-12-02T00:00:00Z") };
		expect(ids(later)).toEqual(["shop"]);
		expect(currentCatalogue(later).refused).toEqual(["the kept catalogue update: it expired on 2026-12-01T00:00:00Z"]);
		expect(problemsOf(await take(signed(signer, 1), later))[0]).toMatch(/is not newer than \d+, which is kept$/);
	});

	test("is not in force without its key", () => {
		expect(ids({ ...standing, keys: [newSigner().line] })).toEqual(["shop"]);
	});

	test.each<[string, (bytes: Buffer) => Buffer]>([
		["cut short", (bytes) => bytes.subarray(0, bytes.length / 2)],
		["without its first line", (bytes) => bytes.subarray(bytes.indexOf(10) + 1)],
		["with a hole", (bytes) => Buffer.concat([bytes.subarray(0, 600), Buffer.alloc(200), bytes.subarray(800)])],
		["empty", () => Buffer.alloc(0)],
	])("is not in force when its file is %s, and can be replaced", async (_, spoil) => {
		const path = join(standing.folder, "catalogue-update");
		writeFileSync(path, spoil(readFileSync(path)));
		expect(ids()).toEqual(["shop"]);
		expect(await take(signed(signer, 1))).toMatchObject({ kind: "taken" });
		expect(ids()).toEqual(["shop", "cafe"]);
	});
});

test.each(["", "no key", "MCowBQYDK2VwAyEA", Buffer.alloc(44).toString("base64")])("%j is no public key", (text) => {
	expect(() => readPublicKey(text)).toThrow(/^expected a public Ed25519 key/);
});

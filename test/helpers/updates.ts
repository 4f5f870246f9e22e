import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Parts } from "../../src/catalogue/catalogue.ts";
import { SHIPPED_EDITION } from "../../src/catalogue/edition.ts";
import { serviceFile } from "../../src/catalogue/schema.ts";
import { signUpdate, writtenKey } from "../../src/io/catalogue-signature.ts";

const provenance = { source: "an example, written for this test", date: "2026-01-02" };

/** An entry of a catalogue as a file has it. */
export function entry(id: string, more: Readonly<Record<string, unknown>> = {}) {
	return {
		id,
		name: id,
		kind: "service",
		owner: { id, name: id },
		page: { none: "It has none.", provenance },
		features: { web: { probes: [{ type: "http", url: `https://www.${id}.example/`, provenance }] } },
		...more,
	};
}

/** What a program ships with: one shop. */
export const SHIPPED: Parts = {
	files: [serviceFile.parse(entry("shop"))],
	controls: { controls: [{ type: "ip", vendor: "v", address: "192.0.2.1", port: 443, provenance }] },
	roots: new Map(),
};

export interface Signer {
	readonly privateKey: KeyObject;
	readonly publicKey: KeyObject;
	/** The public key in one line. */
	readonly line: string;
}

export function newSigner(): Signer {
	const pair = generateKeyPairSync("ed25519");
	return { ...pair, line: writtenKey(pair.publicKey) };
}

/** The bytes of a bundle that brings a café, unless it says otherwise, `ahead` versions after the shipped one. */
export function bundleBytes(ahead: number, more: Readonly<Record<string, unknown>> = {}): Buffer {
	const bundle = {
		format: 1,
		version: SHIPPED_EDITION.version + ahead,
		madeAt: "2026-11-22T10:00:00Z",
		expiresAt: "2100-01-01T00:00:00Z",
		minimumApp: "0.1.0",
		services: [entry("cafe", { name: "The Café" })],
		...more,
	};
	return Buffer.from(JSON.stringify(bundle, null, "\t"));
}

export function signed(signer: Signer, ahead: number, more: Readonly<Record<string, unknown>> = {}): Buffer {
	return signUpdate(bundleBytes(ahead, more), signer.privateKey);
}

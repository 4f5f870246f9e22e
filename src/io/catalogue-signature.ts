import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";

/** The first line of a signed update; after its end come the very bytes that are signed. */
const header = z.strictObject({
	semaforo: z.literal("catalogue"),
	/** Names the key, so that a stranger's update is told from a spoiled one. */
	key: z.string().regex(/^[0-9a-f]{16}$/),
	/** In the one spelling that these 64 bytes have. */
	signature: z.string().refine((text) => {
		const bytes = Buffer.from(text, "base64");
		return bytes.length === 64 && bytes.toString("base64") === text;
	}),
});

const HEADER_LIMIT = 512;
const LINE_END = 0x0a;

/** A public Ed25519 key as one line (base64 of its SPKI form, 60 characters) or in PEM. Throws a sentence where it is none. */
export function readPublicKey(written: string): KeyObject {
	const text = written.trim();
	try {
		const key = text.startsWith("-----")
			? createPublicKey(text)
			: createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
		if (key.asymmetricKeyType === "ed25519" && key.type === "public") return key;
	} catch {}
	throw new Error(`expected a public Ed25519 key, found "${text.slice(0, 20)}…"`);
}

/** The key as one line, for settings. */
export function writtenKey(key: KeyObject): string {
	return spkiOf(key).toString("base64");
}

/** Sixteen digits that name a public key. */
export function keyName(key: KeyObject): string {
	return createHash("sha256").update(spkiOf(key)).digest("hex").slice(0, 16);
}

function spkiOf(key: KeyObject): Buffer {
	return key.export({ format: "der", type: "spki" });
}

/** The update with its signature before it. */
export function signUpdate(bundle: Buffer, privateKey: KeyObject): Buffer {
	const signature = sign(null, bundle, privateKey).toString("base64");
	const line = { semaforo: "catalogue", key: keyName(createPublicKey(privateKey)), signature };
	return Buffer.concat([Buffer.from(`${JSON.stringify(line)}\n`), bundle]);
}

/** The bytes that one of the keys has signed. Throws one sentence where there are none. */
export function openUpdate(signed: Buffer, keys: readonly KeyObject[]): Buffer {
	const end = signed.subarray(0, HEADER_LIMIT).indexOf(LINE_END);
	const line = end < 0 ? undefined : header.safeParse(jsonIn(signed.subarray(0, end).toString("utf8")));
	if (!line?.success) throw new Error("expected a signed catalogue update, found something else");
	if (keys.length === 0) throw new Error("no key is known here that could vouch for it; name one in the settings");
	const key = keys.find((each) => keyName(each) === line.data.key);
	if (!key) throw new Error(`it is signed by the key ${line.data.key}, which is not one that is trusted here`);
	const bundle = signed.subarray(end + 1);
	if (!verify(null, bundle, key, Buffer.from(line.data.signature, "base64"))) {
		throw new Error("its signature does not fit: it was changed after it was signed, or came only in part");
	}
	return bundle;
}

function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

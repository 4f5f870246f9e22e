import { z } from "zod";
import { readPublicKey } from "./catalogue-signature.ts";

function isPublicKey(text: string): boolean {
	try {
		readPublicKey(text);
		return true;
	} catch {
		return false;
	}
}

/** Where updates of the catalogue come from, and whose are believed, as people write it in settings and policies. */
export const catalogueSettings = z.strictObject({
	/** An https address, a file or a share. */
	updates: z.string().min(1).max(2000).optional(),
	/** Public Ed25519 keys, each in one line. */
	keys: z
		.array(z.string().max(200).refine(isPublicKey, { error: "a public Ed25519 key in one line" }))
		.max(10)
		.default([]),
});

import type { Parts } from "../catalogue/catalogue.ts";

/** The name of the packed file, beside which no other file of the catalogue is needed. */
export const PACKED = "catalogue.json";

/**
 * Checked parts as one text, for a program to ship: read in one go, and not checked again at every start, since it is as much
 * a part of the program as its code.
 */
export function pack({ files, controls, roots }: Parts): string {
	return JSON.stringify({ files, controls, roots: [...roots] });
}

export function unpack(packed: string): Parts {
	const { files, controls, roots } = JSON.parse(packed) as Omit<Parts, "roots"> & { roots: [string, string][] };
	return { files, controls, roots: new Map(roots) };
}

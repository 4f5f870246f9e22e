import { createPrivateKey, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { VERSION } from "../src/cli/version.ts";
import { shippedParts } from "../src/io/catalogue-files.ts";
import { signUpdate } from "../src/io/catalogue-signature.ts";
import { checkUpdate } from "../src/io/catalogue-updates.ts";
import { systemClock } from "../src/io/clock.ts";
import { writeWhole } from "../src/io/whole-file.ts";

// Signs a bundle, and refuses to where no copy of this program would take it.

const [bundleFile, keyFile, out, ...rest] = process.argv.slice(2);
if (bundleFile === undefined || keyFile === undefined || out === undefined || rest.length > 0) {
	process.stderr.write("Usage: node scripts/sign-catalogue.ts BUNDLE.json NAME.key OUT\n");
	process.exit(1);
}
try {
	const key = createPrivateKey(readFileSync(keyFile));
	const signed = signUpdate(readFileSync(bundleFile), key);
	const terms = { keys: [createPublicKey(key)], shipped: shippedParts(), app: VERSION, now: systemClock.now() };
	const { bundle } = checkUpdate(bundleFile, signed, terms);
	writeWhole(out, signed);
	process.stdout.write(`${out}: version ${bundle.version}, to be believed until ${bundle.expiresAt}.\n`);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
	process.exit(1);
}

import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { keyName, writtenKey } from "../src/io/catalogue-signature.ts";

// A key pair to sign catalogue updates with: NAME.key stays where nobody else can read it, NAME.pub goes into settings.

const [name, ...rest] = process.argv.slice(2);
if (name === undefined || rest.length > 0) {
	process.stderr.write(
		"Usage: node scripts/make-catalogue-key.ts NAME\n\nMakes NAME.key, to be kept secret, and NAME.pub.\n",
	);
	process.exit(1);
}
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
try {
	writeFileSync(`${name}.key`, privateKey.export({ format: "pem", type: "pkcs8" }), { flag: "wx", mode: 0o600 });
	writeFileSync(`${name}.pub`, `${writtenKey(publicKey)}\n`, { flag: "wx" });
} catch (error) {
	process.stderr.write(`Nothing is written over: ${error instanceof Error ? error.message : error}\n`);
	process.exit(1);
}
process.stdout.write(`${name}.key signs; keep it secret. ${name}.pub (${keyName(publicKey)}) goes into settings:\n`);
process.stdout.write(`${JSON.stringify({ catalogue: { keys: [writtenKey(publicKey)] } })}\n`);

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { dayOf } from "../src/catalogue/expiry.ts";
import { systemClock } from "../src/io/clock.ts";
import { fetchPage } from "../src/io/network/fetch-page.ts";
import { createNetwork } from "../src/io/network/network.ts";
import { inspectPage } from "../src/io/sources/inspect.ts";
import { draftOf } from "./add-service/draft.ts";

const USAGE = `Usage: node scripts/add-service.ts STATUS-PAGE [--write] [--folder src/catalogue/services] [--allow-private]

Prints the draft of a file for the catalogue, made from what the status page at this address tells. With --write it becomes
a file of the folder; one that exists is never touched.`;

const SERVICES = fileURLToPath(new URL("../src/catalogue/services/", import.meta.url));

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		write: { type: "boolean", default: false },
		folder: { type: "string", default: SERVICES },
		"allow-private": { type: "boolean", default: false },
	},
});
const [address] = positionals;
if (address === undefined || positionals.length > 1) fail(USAGE);

const network = createNetwork();
const found = await inspectPage(address, {
	fetchPage: (url, how) => fetchPage(network, url, how),
	signal: new AbortController().signal,
	now: systemClock.now,
	allowPrivate: values["allow-private"],
}).finally(() => network.close());
if (found.kind === "failed") fail(`No status page: ${found.failure.detail}.`);

const draft = draftOf(found, dayOf(systemClock.now()));
const text = `${JSON.stringify(draft, null, "\t")}\n`;
if (values.write) write(join(values.folder, `${draft.id}.json`));
else process.stdout.write(text);

function write(path: string): void {
	if (existsSync(path)) fail(`${path} is there already; nothing was written.`);
	writeFileSync(path, text, { flag: "wx" });
	process.stdout.write(`${path} is begun. Fill in what it asks for, then run npm test.\n`);
}

function fail(words: string): never {
	process.stderr.write(`${words}\n`);
	process.exit(1);
}

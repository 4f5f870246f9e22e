import { readFileSync } from "node:fs";
import { SHIPPED_EDITION } from "../catalogue/edition.ts";
import { DEFAULT_SETTINGS, type Settings } from "../core/settings.ts";
import { readPublicKey, writtenKey } from "../io/catalogue-signature.ts";
import { UPDATE_LIMIT_BYTES } from "../io/catalogue-updates.ts";
import { type Current, currentCatalogue, type Outcome, type Standing, takeUpdate } from "../io/current-catalogue.ts";
import { createNetwork } from "../io/network/network.ts";
import { networkOptions } from "../io/network-files.ts";
import { loadSettings } from "../io/settings-file.ts";
import { standingOf } from "./catalogue-in-force.ts";
import { Complaint } from "./complaint.ts";
import { EXIT } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

export interface CatalogueOptions {
	readonly config?: string;
	readonly json?: boolean;
	/** Where to get an update; true for where the settings say. */
	readonly update?: string | true;
	/** A file with a public key to believe. */
	readonly key?: string;
}

const DAY_MS = 24 * 3_600_000;

/** Says which catalogue is in force, how old it is and where it comes from; with `update`, gets a newer one first. */
export async function catalogue(options: CatalogueOptions, { stdout, stderr }: Terminal): Promise<number> {
	const settings = options.config === undefined ? DEFAULT_SETTINGS : loadSettings(options.config).settings;
	const standing = standingOf(settings.catalogue);
	const outcome = options.update === undefined ? undefined : await update(options, settings, standing);
	const facts = factsOf(currentCatalogue(standing), standing.now);
	const lines = options.json
		? [JSON.stringify({ ...facts, ...(outcome && { outcome }) }, outcomeFacts, 2)]
		: [...(outcome ? NEWS[outcome.kind] : []), ...sentences(facts)];
	stdout.write(`${lines.join("\n")}\n`);
	if (outcome?.kind !== "refused") return EXIT.operational;
	const problems = outcome.problems.map((problem) => `  ${problem}`);
	stderr.write(`${["The catalogue stays as it was:", ...problems].join("\n")}\n`);
	return EXIT.unknown;
}

const NEWS: Readonly<Record<Outcome["kind"], readonly string[]>> = {
	taken: ["A newer catalogue was taken."],
	unchanged: ["There is nothing newer."],
	refused: [],
};

async function update(options: CatalogueOptions, settings: Settings, standing: Standing): Promise<Outcome> {
	const from = options.update === true ? settings.catalogue.updates : options.update;
	if (from === undefined) {
		throw new Complaint("Say where the update is, or name a place in the settings: catalogue.updates.");
	}
	const key = options.key === undefined ? undefined : readKey(options.key);
	const network = createNetwork({ ...networkOptions(settings.network), maxBodyBytes: UPDATE_LIMIT_BYTES });
	return takeUpdate(from, network, standing, key).finally(() => network.close());
}

function readKey(file: string): string {
	try {
		return writtenKey(readPublicKey(readFileSync(file, "utf8")));
	} catch (error) {
		throw new Complaint(`${file}: ${error instanceof Error ? error.message : error}`);
	}
}

/** An update that was taken is told by the catalogue itself. */
function outcomeFacts(key: string, value: unknown): unknown {
	return key === "bundle" ? undefined : value;
}

type Facts = ReturnType<typeof factsOf>;

function factsOf({ parts, update, refused }: Current, now: number) {
	const { version, madeAt } = update ? update.bundle : SHIPPED_EDITION;
	const services = parts.files.filter((file) => file.kind === "service").length;
	return {
		version,
		madeAt,
		ageDays: Math.max(0, Math.floor((now - Date.parse(madeAt)) / DAY_MS)),
		services,
		providers: parts.files.length - services,
		...(update && {
			update: {
				from: update.kept.from,
				takenAt: new Date(update.kept.takenAt).toISOString(),
				expiresAt: update.bundle.expiresAt,
				endpointsOff: update.bundle.endpointsOff,
			},
		}),
		...(refused && { refused }),
	};
}

function sentences({ version, madeAt, ageDays, services, providers, update, refused = [] }: Facts): string[] {
	const age = ageDays === 0 ? "today" : ageDays === 1 ? "yesterday" : `${ageDays} days ago`;
	const off = update?.endpointsOff ?? [];
	return [
		`Catalogue ${version}, made on ${dayIn(madeAt)} (${age}): ${services} services and ${providers} providers.`,
		update
			? `It came as an update from ${update.from} on ${dayIn(update.takenAt)}, and is believed until ${dayIn(update.expiresAt)}.`
			: "It came with this program.",
		...off.map(({ host, service, why }) => `Not asked any more: ${host}${service ? ` (${service})` : ""}. ${why}`),
		...refused.map((problem) => `${problem}; it is not used.`),
	];
}

function dayIn(moment: string): string {
	return moment.slice(0, 10);
}

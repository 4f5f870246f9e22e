import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { ControlCheck, SourceCheck } from "../../core/check.ts";
import type { ControlFinding, Finding, HostFinding, WordFinding } from "../../core/diagnosis-findings.ts";
import { answered } from "../../core/diagnosis-host.ts";
import type { Service, ServiceId } from "../../core/model.ts";
import type { ReadSource } from "../run-check.ts";
import { controlKey, type Means } from "./controls.ts";
import { type Tried, tryAgain, tryDetour, tryHost } from "./hosts.ts";
import { hostsToAsk, neighboursOf } from "./neighbours.ts";
import { readPage } from "./pages.ts";

/** What the look at a service needs beside its means. */
export interface Surroundings {
	readonly catalogue: Catalogue;
	readonly readSource: ReadSource;
	/** The controls of this round, once they have ended. */
	readonly controls: Promise<readonly ControlFinding[]>;
	/** The means of one stage, which lasts so long and no longer. */
	stage(): Means;
}

/**
 * Looks at a service: its hosts and its official pages. Where hosts fail on a line that is well, they are asked once more and by another way,
 * and so are a few others who share their owner or provider. Never throws.
 */
export async function examine(service: Service, around: Surroundings): Promise<Finding[]> {
	const means = around.stage();
	const pages = readPages(service.id, around, means);
	const role = { role: "asked", owner: service.owner.id } as const;
	const checks = hostsToAsk(service.id, around.catalogue);
	const first = await Promise.all(checks.map((check) => tryHost(check, role, 0, means)));
	const failing = first.filter(({ finding }) => finding.outcome.kind === "failed");
	const controls = await around.controls;
	const hopeless = !controls.some(({ outcome }) => outcome.kind === "ok");
	const findings = first.map(({ finding }) => finding);
	if (failing.length === 0 || hopeless) return [...findings, ...(await pages)];
	const calm = findings.filter(({ outcome }) => outcome.kind !== "failed");
	return [...calm, ...(await lookAgain(service, failing, controls, around)), ...(await pages)];
}

/** Once more, by another way, and at the neighbours: all at once. */
async function lookAgain(
	service: Service,
	failing: readonly Tried[],
	controls: readonly ControlFinding[],
	around: Surroundings,
): Promise<Finding[]> {
	const means = around.stage();
	const { catalogue } = around;
	const hosts: readonly HostFinding[] = failing.map(({ finding }) => finding);
	const resolver = workingResolver(catalogue.controls, controls);
	const providers = new Set(hosts.flatMap(({ edge, upstream }) => edge ?? upstream ?? []));
	const found = await Promise.all([
		...failing.map((tried) => tryAgain(tried, means).then(({ finding }) => [finding])),
		...failing
			.filter(isUnreached)
			.map((tried) => tryDetour(tried, resolver, means).then((detour) => (detour ? [detour] : []))),
		...neighboursOf(service, hosts, catalogue).map(({ check, role }) =>
			tryHost(check, role, 0, means).then(({ finding }) => [finding]),
		),
		...[...providers].map((provider) => readPages(provider, around, means)),
	]);
	return found.flat();
}

function isUnreached({ finding: { outcome } }: Tried): boolean {
	return outcome.kind === "failed" && !answered(outcome.fault);
}

/** A resolver over HTTPS that has just answered. */
function workingResolver(
	checks: readonly ControlCheck[],
	findings: readonly ControlFinding[],
): ControlCheck | undefined {
	const well = new Set(findings.filter(({ outcome }) => outcome.kind === "ok").map(controlKey));
	return checks.find(({ vendor, control }) => control.type === "doh" && well.has(controlKey({ layer: "doh", vendor })));
}

async function readPages(service: ServiceId, around: Surroundings, { network, signal }: Means): Promise<WordFinding[]> {
	const sources = (around.catalogue.checks.get(service) ?? []).filter(
		(check): check is SourceCheck => check.kind === "source",
	);
	const read = sources.map((check) => readPage(check, around.readSource, () => network.now(), signal));
	return (await Promise.all(read)).flatMap((word) => word ?? []);
}

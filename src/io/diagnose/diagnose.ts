import type { Catalogue } from "../../catalogue/catalogue.ts";
import { hostIn } from "../../catalogue/target.ts";
import type { ControlCheck } from "../../core/check.ts";
import { conclude, type Diagnosis, type Round } from "../../core/diagnosis.ts";
import type { CertificateFinding, ControlFinding, Finding } from "../../core/diagnosis-findings.ts";
import { type Layer, type LayerReport, stateOf } from "../../core/diagnosis-layers.ts";
import type { Service, ServiceId, Time } from "../../core/model.ts";
import { fingerprint } from "../interfaces.ts";
import { fetchPage } from "../network/fetch-page.ts";
import type { Network } from "../network/network.ts";
import { outsideGuard } from "../network/outside-guard.ts";
import { createReadSource } from "../sources/read-source.ts";
import { lookAtCertificate } from "./certificate.ts";
import { type Computer, thisComputer } from "./computer.ts";
import { LAYER_OF, type Means, tryControl, tryFamily } from "./controls.ts";
import { findGateway } from "./gateway.ts";
import { findLink } from "./link.ts";
import { examine } from "./service.ts";

/** For the network of a diagnosis: somebody waits. Whatever takes longer is as good as broken to whoever sits before it. */
export const DIAGNOSIS_DEADLINES: Network["deadlines"] = {
	dnsMs: 2_000,
	connectMs: 2_500,
	tlsMs: 2_500,
	firstByteMs: 2_500,
	totalMs: 4_000,
};

/** There are two stages at most, one after the other, and all is over well within ten seconds. */
const STAGE_MS = 4_200;
const WHOLE_MS = 9_000;
/** A network that has just changed, or a computer that has just woken, is not itself yet. */
const SETTLING_MS = 30_000;
/** By how much the clock may run away from the time that passed before the computer must have slept, or somebody has set it. */
const LEAP_MS = 5_000;
const VENDORS_OVER_IPV6 = 3;

export interface DiagnoseOptions {
	/** Opened with `DIAGNOSIS_DEADLINES`; whoever opened it closes it. */
	readonly network: Network;
	readonly catalogue: Catalogue;
	/** Those that somebody asks about; none where it is about the connection alone. */
	readonly services: readonly ServiceId[];
	/** Aborted when nobody wants to know any more: it then ends soon, and comes to nothing (`hold`). */
	readonly signal?: AbortSignal;
	/** When the network last changed or the computer last woke, where somebody watches that. */
	readonly changedAt?: Time;
	/** This one, unless told. */
	readonly computer?: Computer;
}

/** A diagnosis, and how it came about. */
export interface Examination {
	readonly startedAt: Time;
	readonly at: Time;
	/** In the order of `LAYERS`. */
	readonly layers: readonly LayerReport[];
	readonly diagnosis: Diagnosis;
}

/**
 * Is it just me? Looks at every layer from this computer to the services, side by side, and says what it comes to, within ten seconds.
 * `onProgress` hears of each layer as it ends, in whatever order that is. Never throws.
 */
export async function diagnose(
	options: DiagnoseOptions,
	onProgress: (report: LayerReport) => void = () => {},
): Promise<Examination> {
	const { network, computer = thisComputer, catalogue } = options;
	const watch = startWatch(options, computer);
	const signals = [AbortSignal.timeout(WHOLE_MS), ...(options.signal ? [options.signal] : [])];
	const stage = (): Means => ({
		network,
		computer,
		signal: AbortSignal.any([...signals, AbortSignal.timeout(STAGE_MS)]),
	});
	const asked = options.services.flatMap((id) => catalogue.services.get(id) ?? []);
	const layers = await Promise.all(startLayers(catalogue, asked, stage, reporter(computer, onProgress)));
	const findings = [...new Set(layers.flatMap((layer) => layer.findings))];
	const diagnosis = conclude({
		findings,
		asked: asked.map(({ id, owner }) => ({ service: id, owner: owner.id })),
		...watch.unsettled(),
	});
	return { startedAt: watch.startedAt, at: network.now(), layers, diagnosis };
}

type Report = (layer: Layer, findings: Promise<readonly Finding[]>, service?: ServiceId) => Promise<LayerReport>;

function reporter(computer: Computer, onProgress: (report: LayerReport) => void): Report {
	const began = computer.elapsed();
	return async (layer, coming, service) => {
		const findings = await coming;
		const tookMs = Math.round(computer.elapsed() - began);
		const report = { layer, ...(service && { service }), state: stateOf(layer, findings), findings, tookMs };
		try {
			onProgress(report);
		} catch {
			// whoever listens may be gone, and the others still want to know
		}
		return report;
	};
}

function startLayers(
	catalogue: Catalogue,
	asked: readonly Service[],
	stage: () => Means,
	report: Report,
): Promise<LayerReport>[] {
	const means = stage();
	const { network, computer } = means;
	const of = (type: ControlCheck["control"]["type"]) =>
		catalogue.controls.filter(({ control }) => control.type === type);
	const tried = (type: ControlCheck["control"]["type"]) =>
		Promise.all(of(type).map((check) => tryControl(check, means)));
	const controls = { dns: tried("dns"), doh: tried("doh"), ip: tried("ip"), http: tried("http") };
	const all = Promise.all(Object.values(controls)).then((found) => found.flat());
	const readSource = createReadSource({
		fetchPage: (url, how) => fetchPage(network, url, { ...how, allowAddress: outsideGuard() }),
		now: () => network.now(),
	});
	return [
		report("link", Promise.resolve([findLink(computer)])),
		report(
			"gateway",
			controls.ip.then(async (found) => [await findGateway(computer, leadOn(found), stage().signal)]),
		),
		report(LAYER_OF.dns, controls.dns),
		report(LAYER_OF.doh, controls.doh),
		report(LAYER_OF.ip, controls.ip),
		report(LAYER_OF.http, controls.http),
		report("families", findFamilies(of("http").slice(0, VENDORS_OVER_IPV6), means)),
		report(
			"proxy",
			all.then((found) => found.filter(({ proxied }) => proxied)),
		),
		report("tls", Promise.all(of("doh").flatMap((check) => findCertificate(check, means)))),
		report(
			"clock",
			controls.http.then((found) => found.filter(({ aheadMs }) => aheadMs !== undefined)),
		),
		...asked.map((service) =>
			report("service", examine(service, { catalogue, readSource, controls: all, stage }), service.id),
		),
	];
}

/** Whether somebody out there answered, and not a proxy in his place, who may be on this side of the router. */
function leadOn(addresses: readonly ControlFinding[]): boolean {
	return addresses.some(({ outcome, proxied }) => outcome.kind === "ok" && !proxied);
}

async function findFamilies(pages: readonly ControlCheck[], means: Means): Promise<Finding[]> {
	const routes = ([4, 6] as const).map(async (family): Promise<Finding> => {
		return { kind: "route", family, known: await means.computer.hasRoute(family) };
	});
	return [...(await Promise.all(routes)), ...(await Promise.all(pages.map((check) => tryFamily(check, 6, means))))];
}

function findCertificate({ vendor, control }: ControlCheck, means: Means): Promise<CertificateFinding>[] {
	if (control.type !== "doh") return [];
	const host = hostIn(control.url);
	const port = Number(new URL(control.url).port) || 443;
	const seen = lookAtCertificate({ host, port, addresses: control.addresses }, means);
	return [seen.then((own) => ({ kind: "certificate", vendor, host, ...own }))];
}

/** Notices what makes a round worthless while it lasts. */
function startWatch({ network, signal, changedAt }: DiagnoseOptions, computer: Computer) {
	const startedAt = network.now();
	const began = computer.elapsed();
	const links = fingerprint(computer.interfaces());
	return {
		startedAt,
		unsettled(): Pick<Round, "unsettled"> {
			if (signal?.aborted) return { unsettled: "stopped" };
			const leap = network.now() - startedAt - (computer.elapsed() - began);
			if (Math.abs(leap) > LEAP_MS) return { unsettled: "woke" };
			const recent = changedAt !== undefined && startedAt - changedAt < SETTLING_MS;
			return recent || fingerprint(computer.interfaces()) !== links ? { unsettled: "changed" } : {};
		},
	};
}

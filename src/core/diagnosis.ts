import { type Conclusion, concluded, foremost, type ServiceConclusion } from "./diagnosis-conclusion.ts";
import type { Finding } from "./diagnosis-findings.ts";
import { brokenIpv6 } from "./diagnosis-host.ts";
import { localTroubleIn } from "./diagnosis-local.ts";
import { type Look, lookAt } from "./diagnosis-look.ts";
import { type Note, notesOn } from "./diagnosis-notes.ts";
import { type AskedService, judgeService } from "./diagnosis-service.ts";
import type { Level } from "./level.ts";
import type { ServiceId } from "./model.ts";

/** All that one look at everything has brought. */
export interface Round {
	/** In any order. */
	readonly findings: readonly Finding[];
	readonly asked: readonly AskedService[];
	/** Why nothing that was seen counts: the network had just changed, the computer had just woken, or somebody stopped it all. */
	readonly unsettled?: "changed" | "woke" | "stopped";
}

/** The answer to "is it just me?": what leads, then what else is worth knowing. */
export interface Diagnosis extends Conclusion {
	/** The service whose conclusion leads; absent where it is this side's. */
	readonly service?: ServiceId;
	/** With `service`: how bad others say it is. */
	readonly level?: Level;
	/** One for each service that was asked about; empty where this side is in no state to judge any. */
	readonly services: readonly ServiceConclusion[];
	/** What is unusual here, and explains nothing by itself. */
	readonly notes: readonly Note[];
	/** With `hold`: why nothing that was seen counts. */
	readonly unsettled?: Round["unsettled"];
}

/**
 * Decides, first match wins: `CONCLUSIONS` is the order, `docs/diagnose.md` tells it in words. Pure, and blind to the order of findings.
 * While something on this side explains everything, no service is judged; a service is blamed only for hosts that fail for no reason
 * on this side.
 */
export function conclude({ findings, asked, unsettled }: Round): Diagnosis {
	if (unsettled !== undefined) return { ...concluded("hold", "high", []), unsettled, services: [], notes: [] };
	const look = lookAt(findings);
	const local = localTroubleIn(look);
	if (local) return { ...local, services: [], notes: notesOn(look, local.kind) };
	const services = asked.map((service) => judgeService(service, look));
	const leads = lead(services, look);
	return { ...leads, services, notes: notesOn(look, leads.kind) };
}

/** Quirks of this side lead only where no service is in trouble. */
function lead(services: readonly ServiceConclusion[], look: Look): Conclusion {
	const first = foremost(services);
	if (first && !CALM.has(first.kind)) return first;
	if (look.clock) return concluded("clock_wrong", "high", look.clock.seen);
	const ipv6 = brokenIpv6(look);
	return ipv6 ? concluded("ipv6_broken", "high", ipv6) : (first ?? concluded("fine", "high", look.controls));
}

const CALM: ReadonlySet<Conclusion["kind"]> = new Set(["blocked_me", "cannot_see", "fine"]);

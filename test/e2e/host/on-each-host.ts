import { describe } from "vitest";
import type { HostKind } from "./host.ts";
import { realElectron } from "./real/open.ts";
import { standIn } from "./stand-in/open.ts";

const HOSTS: readonly HostKind[] = [standIn, realElectron];

/** The same specs on every host; on one that cannot be had here they count as skipped. */
export function onEachHost(about: string, specs: (host: HostKind) => void): void {
	for (const host of HOSTS) {
		describe.skipIf(host.absent !== undefined)(`${about}, on ${host.name}`, { timeout: host.timeoutMs }, () =>
			specs(host),
		);
	}
}

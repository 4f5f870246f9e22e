import type { ReportsProvider } from "../core/check.ts";
import type { Secrets } from "../io/reports/registry.ts";

/** Where the terminal finds the user's keys. */
const VARIABLES: Readonly<Record<ReportsProvider, string>> = {
	downdetector: "SEMAFORO_DOWNDETECTOR_TOKEN",
	statusgator: "SEMAFORO_STATUSGATOR_TOKEN",
	isdown: "SEMAFORO_ISDOWN_TOKEN",
	radar: "SEMAFORO_CLOUDFLARE_RADAR_TOKEN",
	ioda: "SEMAFORO_IODA",
};

/** The keys in the environment; an empty one is none. */
export function secretsIn(env: NodeJS.ProcessEnv): Secrets {
	return (provider) => env[VARIABLES[provider]]?.trim() || undefined;
}

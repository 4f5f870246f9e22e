import type { Bridge } from "../ipc/contract.ts";

declare global {
	interface Window {
		/** What the preload script gives every page. */
		readonly semaforo: Bridge;
	}
}

/** The way to the main process. */
export function bridgeOfPage(): Bridge {
	return window.semaforo;
}

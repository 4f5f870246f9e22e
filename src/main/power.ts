import type { PowerMonitor } from "electron";
import type { AppSettings } from "../ipc/settings.ts";

/** What the watch wants to know of the computer's comings and goings. */
export interface PowerListener {
	woke(): void;
	locked(): void;
	unlocked(): void;
	power(state: PowerSeen): void;
}

export interface PowerSeen {
	readonly onBattery: boolean;
	readonly idleMs: number;
}

/** The power to go by: who always wants less to be asked is as if on battery, who never does as if plugged in. A metered line counts as battery. */
export function sparing(seen: PowerSeen, askLess: AppSettings["askLess"]): PowerSeen {
	return askLess === "battery" ? seen : { ...seen, onBattery: askLess === "always" };
}

type Source = Pick<PowerMonitor, "on" | "isOnBatteryPower" | "getSystemIdleTime">;

const ASK_EVERY_MS = 60_000;

/** Tells of sleep, lock, battery and idleness. Returns what ends the asking. */
export function watchPower(source: Source, listener: PowerListener): () => void {
	const tell = () =>
		listener.power({ onBattery: source.isOnBatteryPower(), idleMs: source.getSystemIdleTime() * 1000 });
	source.on("resume", () => listener.woke());
	source.on("lock-screen", () => listener.locked());
	source.on("unlock-screen", () => listener.unlocked());
	source.on("on-ac", tell);
	source.on("on-battery", tell);
	const timer = setInterval(tell, ASK_EVERY_MS);
	timer.unref();
	return () => clearInterval(timer);
}

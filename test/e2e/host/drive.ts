import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { VirtualClock } from "../../../src/replay/virtual-clock.ts";
import { installDisk } from "./disk.ts";
import { installNoNetwork } from "./no-network.ts";
import { type Ops, opsOver } from "./ops.ts";
import type { Orders } from "./orders.ts";
import { timersOn } from "./timers.ts";
import { system, type Witness } from "./witness.ts";
import { scripted } from "./world.ts";

/** Starts the program under test in this process, which sees Electron through `witness`. */
export async function drive(witness: Witness, orders: Orders): Promise<Ops> {
	Object.assign(system, orders.system);
	installDisk();
	const clock = new VirtualClock(orders.at);
	const part = (file: string) => import(pathToFileURL(join(orders.built, "main", file)).href) as Promise<unknown>;
	if (orders.world) {
		installNoNetwork(orders.ports);
		if (orders.scriptedTimers) timersOn(clock);
		const { launch } = (await part("launch.js")) as typeof import("../../../src/main/launch.ts");
		launch(scripted(orders.world, clock, orders.pages));
	} else {
		await part("main.js");
	}
	return opsOver(witness, clock);
}

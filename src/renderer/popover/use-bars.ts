import { useEffect, useState } from "preact/hooks";
import type { ServiceId } from "../../core/model.ts";
import type { Band } from "../../ipc/answers.ts";
import { useScene } from "../scene.ts";

/** What was seen in the last day, by service: empty where no history is kept, absent while it is not known. */
export type DayBars = ReadonlyMap<ServiceId, readonly Band[]> | undefined;

const AGAIN_MS = 5 * 60_000;

/** Asked for once the window has been painted, whenever it is shown again, and every few minutes. */
export function useBars(): DayBars {
	const { bridge } = useScene();
	const [bars, setBars] = useState<DayBars>();
	useEffect(() => {
		const ask = () => {
			if (document.visibilityState !== "visible") return;
			bridge.bars().then(
				(all) => setBars(new Map(all.map(({ service, bands }) => [service, bands]))),
				// without an answer they stay as they are
				() => {},
			);
		};
		ask();
		const timer = setInterval(ask, AGAIN_MS);
		document.addEventListener("visibilitychange", ask);
		return () => {
			clearInterval(timer);
			document.removeEventListener("visibilitychange", ask);
		};
	}, [bridge]);
	return bars;
}

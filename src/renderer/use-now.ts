import { useEffect, useState } from "preact/hooks";
import type { Time } from "../core/model.ts";

const STEP_MS = 5000;

/** The time of day, moving on in steps while the window can be seen. */
export function useNow(): Time {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const tick = () => {
			if (document.visibilityState === "visible") setNow(Date.now());
		};
		const timer = setInterval(tick, STEP_MS);
		document.addEventListener("visibilitychange", tick);
		return () => {
			clearInterval(timer);
			document.removeEventListener("visibilitychange", tick);
		};
	}, []);
	return now;
}

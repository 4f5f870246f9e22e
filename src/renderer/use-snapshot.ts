import { useCallback, useEffect, useState } from "preact/hooks";
import type { Snapshot } from "../core/snapshot.ts";
import type { Bridge } from "../ipc/contract.ts";
import { withShownNames } from "../words/window.ts";

/** What is known of the world outside the window. */
export type Sight =
	| { readonly kind: "loading" }
	/** The main process does not answer. */
	| { readonly kind: "lost" }
	| { readonly kind: "seen"; readonly snapshot: Snapshot };

/** Who opens a window sees an answer that comes this soon, and no word of waiting before it. */
export const AT_ONCE_MS = 50;

/** What there is to see when the window opens. */
export function firstSight(bridge: Bridge): Promise<Sight> {
	const late = new Promise<Sight>((resolve) => setTimeout(resolve, AT_ONCE_MS, { kind: "loading" }));
	return Promise.race([look(bridge), late]);
}

/** The newest snapshot, and a way to ask for one again. */
export function useSnapshot(bridge: Bridge, first: Sight): readonly [Sight, retry: () => void] {
	const [sight, setSight] = useState(first);
	const retry = useCallback(() => void look(bridge).then(setSight), [bridge]);
	useEffect(() => {
		const end = bridge.on("snapshot", (snapshot) => setSight(seen(snapshot)));
		// again: something may have changed before anybody listened
		retry();
		return end;
	}, [bridge, retry]);
	return [sight, retry];
}

function look(bridge: Bridge): Promise<Sight> {
	return bridge.current().then(seen, () => ({ kind: "lost" }));
}

function seen(snapshot: Snapshot): Sight {
	return { kind: "seen", snapshot: withShownNames(snapshot) };
}

import { createContext } from "preact";
import { useContext, useState } from "preact/hooks";
import type { About } from "../../ipc/contract.ts";

/** The ways through the window, and what every part of it writes times with. */
export interface Ways {
	/** The region whose way of writing moments is used. */
	readonly locale: string;
	go(place: About): void;
	/** Absent where one sees everything already. */
	readonly back?: () => void;
	/** Whether one has been elsewhere since the window opened. */
	readonly moved: boolean;
}

export const WaysContext = createContext<Ways | undefined>(undefined);

export function useWays(): Ways {
	const ways = useContext(WaysContext);
	if (!ways) throw new Error("expected the ways around every part of the details window");
	return ways;
}

/** What the window is about: a service, an outage, or everything where it is about neither. */
export function placeIn(query: string): About {
	const asked = new URLSearchParams(query);
	const [service, incident] = [asked.get("service"), asked.get("incident")];
	return { ...(service && { service }), ...(incident && { incident }) };
}

/** Where one is, how one goes on, and how one comes back: from where the window began, to everything. */
export function usePlace(first: About) {
	const [path, setPath] = useState<readonly About[]>([first]);
	const [moved, setMoved] = useState(false);
	const turn = (next: (before: readonly About[]) => readonly About[]) => {
		setMoved(true);
		setPath(next);
	};
	const place = path.at(-1) ?? {};
	const isAll = place.service === undefined && place.incident === undefined;
	return {
		place,
		moved,
		go: (next: About) => turn((before) => [...before, next]),
		...(!isAll && { back: () => turn((before) => (before.length > 1 ? before.slice(0, -1) : [{}])) }),
	};
}

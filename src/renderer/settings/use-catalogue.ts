import { useEffect, useState } from "preact/hooks";
import type { CatalogueEntry } from "../../ipc/answers.ts";
import type { Bridge } from "../../ipc/contract.ts";
import { shownName } from "../../words/window.ts";

/** Every service there is to choose from, the most popular first; `undefined` until they are known, `lost` where nobody answers. */
export function useCatalogue(bridge: Bridge): readonly CatalogueEntry[] | "lost" | undefined {
	const [entries, setEntries] = useState<readonly CatalogueEntry[] | "lost">();
	useEffect(() => {
		const look = () => {
			const known = bridge.catalogue().then((all) => all.map(shown));
			void known.then(setEntries, () => setEntries("lost"));
		};
		look();
		// the user's own are among them
		return bridge.on("settings", look);
	}, [bridge]);
	return entries;
}

function shown(entry: CatalogueEntry): CatalogueEntry {
	return { ...entry, name: shownName(entry.name) || entry.id, owner: shownName(entry.owner) };
}

import { useLayoutEffect, useState } from "preact/hooks";
import type { Bridge } from "../../ipc/contract.ts";
import { type Deed, deedOf, moveFocus } from "./keys.ts";

interface Deeds {
	readonly help: boolean;
	/** What is searched for; absent while people do not search. */
	readonly sought?: string;
}

/** What can be done from anywhere, by key or by button, and what that has opened. */
export function useDeeds(bridge: Bridge, check: () => void) {
	const [deeds, setDeeds] = useState<Deeds>({ help: false });
	const setHelp = (help: boolean) => setDeeds((before) => ({ ...before, help }));
	const setSought = (sought: string) => setDeeds((before) => ({ ...before, sought }));
	const toggleSearch = () => setDeeds(({ help, sought }) => (sought === undefined ? { help, sought: "" } : { help }));
	const perform = (deed: Deed) => {
		switch (deed) {
			case "search":
				return toggleSearch();
			case "check":
				return check();
			case "me":
				return void bridge.openWindow("diagnosis");
			case "settings":
				return void bridge.openWindow("settings");
			case "help":
				return setHelp(true);
			case "close":
				return void bridge.close();
			case "leave":
				return deeds.sought === undefined ? void bridge.close() : toggleSearch();
		}
	};
	// before the next key: what it asks for depends on what is open
	useLayoutEffect(() => {
		const onKey = (event: KeyboardEvent) => {
			// an open dialog has the keys to itself
			if (deeds.help) return;
			const deed = deedOf(event);
			if (!deed) return moveFocus(event);
			event.preventDefault();
			perform(deed);
		};
		document.addEventListener("keydown", onKey);
		return () => document.removeEventListener("keydown", onKey);
	});
	return { deeds, perform, setHelp, setSought };
}

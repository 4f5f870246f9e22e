import { useEffect, useState } from "preact/hooks";
import type { AppHealth } from "../../ipc/answers.ts";
import { useScene } from "../scene.ts";
import { useSettings } from "./use-settings.ts";

/** What troubles the app, asked anew after each change of the settings; `undefined` until it is known. */
export function useHealth(): AppHealth | undefined {
	const { bridge } = useScene();
	const { view } = useSettings();
	const [health, setHealth] = useState<AppHealth>();
	useEffect(() => {
		let current = true;
		void bridge.health().then(
			(known) => current && setHealth(known),
			() => {},
		);
		return () => {
			current = false;
		};
	}, [bridge, view]);
	return health;
}

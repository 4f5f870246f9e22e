import { useEffect, useRef, useState } from "preact/hooks";
import { SECTION_NAMES, type SectionName } from "./sections.ts";

/** The section that is looked at. It stands in the address (`?section=network`), so that the window comes back to it. */
export function useSection(): readonly [SectionName, choose: (name: SectionName) => void] {
	const [name, setName] = useState(addressed);
	const opened = useRef(false);
	useEffect(() => {
		// who opens the window begins at its top
		if (opened.current) document.querySelector<HTMLElement>("main h2")?.focus();
		opened.current = true;
	}, [name]);
	const choose = (next: SectionName) => {
		const address = new URL(location.href);
		address.searchParams.set("section", next);
		history.replaceState(null, "", address);
		setName(next);
	};
	return [name, choose];
}

function addressed(): SectionName {
	const asked = new URLSearchParams(location.search).get("section");
	return SECTION_NAMES.find((each) => each === asked) ?? "services";
}

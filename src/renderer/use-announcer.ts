import { useEffect, useRef, useState } from "preact/hooks";

/** What a screen reader is to say: the title whenever it changes, and what is announced in between. */
export function useAnnouncer(title: string | undefined): readonly [string, announce: (text: string) => void] {
	const [said, setSaid] = useState("");
	const before = useRef(title);
	useEffect(() => {
		// the first title is read with the window
		if (before.current !== undefined && title !== undefined && title !== before.current) setSaid(title);
		before.current = title ?? before.current;
	}, [title]);
	return [said, setSaid];
}

import { useLayoutEffect, useRef } from "preact/hooks";

/** A form that takes the place of what was there: the focus moves to its first field, and back to the heading when it goes. */
export function useFormFocus() {
	const form = useRef<HTMLFormElement>(null);
	useLayoutEffect(() => {
		form.current?.querySelector<HTMLElement>("input, select")?.focus();
		return () => document.querySelector<HTMLElement>("main h2")?.focus();
	}, []);
	return form;
}

import { useEffect, useRef } from "preact/hooks";
import type { Bridge } from "../../ipc/contract.ts";

/** Tells how high the popover would be if nothing had to scroll: head, `content` and foot. */
export function useFit(bridge: Bridge) {
	const content = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const { current } = content;
		const room = current?.parentElement;
		const head = room?.previousElementSibling;
		const foot = room?.nextElementSibling;
		if (!current || !head || !foot) return;
		let told = 0;
		const observer = new ResizeObserver(() => {
			const parts = [head, current, foot].map((part) => part.getBoundingClientRect().height);
			const height = Math.ceil(parts.reduce((sum, part) => sum + part, 0));
			if (height === told) return;
			told = height;
			void bridge.fit(height);
		});
		for (const part of [head, current, foot]) observer.observe(part);
		return () => observer.disconnect();
	}, [bridge]);
	return content;
}

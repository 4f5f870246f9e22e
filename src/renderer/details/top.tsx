import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Level } from "../../core/level.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { Shape } from "../shape.tsx";
import { useWays } from "./place.ts";

interface TopProps {
	readonly title: string;
	readonly level?: Level;
	/** What follows the title, in small. */
	readonly aside?: string;
	/** What can be chosen or done. */
	readonly children?: ComponentChildren;
}

/** What the window is about, the way back, and what can be done. */
export function Top({ title, level, aside, children }: TopProps) {
	const { words } = useScene();
	const { back, moved } = useWays();
	const heading = useRef<HTMLHeadingElement>(null);
	// who came from elsewhere in the window goes on from here, and hears where that is
	useLayoutEffect(() => {
		if (moved) heading.current?.focus();
	}, [moved]);
	return (
		<header class="top">
			{back && (
				<button type="button" class="quiet back" onClick={back}>
					<Icon name="back" />
					{words.t("details.back")}
				</button>
			)}
			<div class="about">
				{level && <Shape level={level} />}
				<div class="heading">
					<h1 class="title" ref={heading} tabIndex={-1}>
						<bdi>{title}</bdi>
					</h1>
					<p class="line beside">{aside}</p>
				</div>
			</div>
			{children && <div class="tools">{children}</div>}
		</header>
	);
}

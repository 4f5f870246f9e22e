import { useEffect, useMemo } from "preact/hooks";
import type { ServiceView, Snapshot } from "../../core/snapshot.ts";
import type { Band } from "../../ipc/answers.ts";
import { barsSentence } from "../../words/bars.ts";
import { serviceLine } from "../../words/window.ts";
import { Bars } from "../bars.tsx";
import { monogram } from "../monogram.ts";
import { useScene } from "../scene.ts";
import { Shape } from "../shape.tsx";
import { useWays } from "./place.ts";
import { Top } from "./top.tsx";
import { turnOf, useAnswer } from "./use-answer.ts";

/** Everything that is watched, with what happened to it in 90 days; each leads to its own page. */
export function Overview({ snapshot: { services } }: { readonly snapshot: Snapshot }) {
	const { bridge, words, now } = useScene();
	const answer = useAnswer(() => bridge.bars("quarter"), "quarter", turnOf(now, "quarter"));
	useEffect(() => {
		document.addEventListener("keydown", moveAlong);
		return () => document.removeEventListener("keydown", moveAlong);
	}, []);
	const bands = new Map(answer.kind === "given" ? answer.value?.map((each) => [each.service, each.bands]) : []);
	return (
		<>
			<Top
				title={words.t(services.length === 0 ? "window.lead.empty" : "details.list.title")}
				aside={words.t(services.length === 0 ? "window.lead.emptyHelp" : "details.list.help")}
			/>
			<main>
				{services.length === 0 && (
					<div class="nothing">
						<button type="button" class="primary" onClick={() => void bridge.openWindow("settings")}>
							{words.t("window.lead.choose")}
						</button>
					</div>
				)}
				<ul class="rows">
					{services.map((service) => (
						<Row service={service} bands={bands.get(service.id)} key={service.id} />
					))}
				</ul>
				{answer.kind === "given" && services.length > 0 && bands.size === 0 && (
					<p class="note">{words.t("details.noHistory")}</p>
				)}
				{answer.kind === "refused" && <p class="note">{words.t("details.unread")}</p>}
			</main>
		</>
	);
}

interface RowProps {
	readonly service: ServiceView;
	readonly bands: readonly Band[] | undefined;
}

function Row({ service, bands }: RowProps) {
	const { words } = useScene();
	const { go } = useWays();
	const { id, name, level } = service;
	// as long as they say the same, a new snapshot need not draw them again
	const drawn = useMemo(
		() => bands && <Bars bands={bands} label={barsSentence(bands, words.t("details.within.quarter"), words)} />,
		[bands, words],
	);
	return (
		<li class="row">
			<button type="button" class="row-head" onClick={() => go({ service: id })}>
				<span class="monogram" aria-hidden="true">
					{monogram(name)}
				</span>
				<span class="who">
					<b>
						<bdi>{name}</bdi>
					</b>
					<small class="line">{serviceLine(service, words)}</small>
				</span>
				<span class="row-bars">{drawn}</span>
				<Shape level={level} />
			</button>
		</li>
	);
}

/** From one service to the next by the arrow keys, and to the first one from anywhere else. */
function moveAlong(event: KeyboardEvent): void {
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step === undefined) return;
	const rows = [...document.querySelectorAll<HTMLElement>(".row-head")];
	const next = rows[rows.findIndex((row) => row.matches(":focus")) + step];
	if (!next) return;
	event.preventDefault();
	next.focus();
}

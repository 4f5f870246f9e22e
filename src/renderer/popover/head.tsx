import type { Snapshot } from "../../core/snapshot.ts";
import { shortDuration } from "../../words/durations.ts";
import { mutedWords } from "../../words/outage.ts";
import type { Lead } from "../../words/window.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { lastSeen } from "../seen.ts";
import { Shape, TONES } from "../shape.tsx";

interface HeadProps {
	readonly lead: Lead;
	readonly snapshot: Snapshot | undefined;
}

/** One sentence leads; under it, whether it is them, and how fresh that is. */
export function Head({ lead: { level, title, says }, snapshot }: HeadProps) {
	const { words, now } = useScene();
	const [first, ...rest] = says;
	const seen = snapshot && lastSeen(snapshot);
	return (
		<header class={`head soft-${TONES[level]}`}>
			<Shape level={level} />
			<h1 class="title">{title}</h1>
			<p class="says">
				{first && (rest.length > 0 ? <b>{first}</b> : first)} {rest.join(" ")}
			</p>
			{seen !== undefined && (
				<p class="says fresh">{words.t("window.lead.checked", { duration: shortDuration(now - seen, words) })}</p>
			)}
			{snapshot?.muted && <Muted until={snapshot.muted.until} />}
		</header>
	);
}

function Muted({ until }: NonNullable<Snapshot["muted"]>) {
	const { bridge, words, momentOf } = useScene();
	return (
		<div class="all-muted">
			<Icon name="mute" />
			<span>{mutedWords(until, momentOf, words)}</span>
			<button type="button" onClick={() => void bridge.wish({ kind: "unmuted" })}>
				{words.t("window.action.unmute")}
			</button>
		</div>
	);
}

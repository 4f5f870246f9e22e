import type { Snapshot } from "../../core/snapshot.ts";
import { shortDuration } from "../../words/durations.ts";
import { mutedWords } from "../../words/outage.ts";
import type { Lead } from "../../words/window.ts";
import { Icon } from "../icon.tsx";
import { LeadBand } from "../lead-band.tsx";
import { useScene } from "../scene.ts";
import { lastSeen } from "../seen.ts";

interface HeadProps {
	readonly lead: Lead;
	readonly snapshot: Snapshot | undefined;
}

/** What leads, how fresh it is, and why nothing is told while that is so. */
export function Head({ lead, snapshot }: HeadProps) {
	const { words, now } = useScene();
	const seen = snapshot && lastSeen(snapshot);
	return (
		<LeadBand lead={lead}>
			{seen !== undefined && (
				<p class="says fresh">{words.t("window.lead.checked", { duration: shortDuration(now - seen, words) })}</p>
			)}
			{snapshot?.connection.cause === "captive_portal" && <SignIn />}
			{snapshot?.muted ? <Muted until={snapshot.muted.until} /> : snapshot?.hush && <Hushed why={snapshot.hush} />}
		</LeadBand>
	);
}

function SignIn() {
	const { bridge, words } = useScene();
	return (
		<div class="in-head">
			<button type="button" onClick={() => void bridge.openPage({ signIn: true })}>
				<Icon name="page" />
				{words.t("window.action.signIn")}
			</button>
		</div>
	);
}

function Muted({ until }: NonNullable<Snapshot["muted"]>) {
	const { bridge, words, momentOf } = useScene();
	return (
		<div class="in-head">
			<Icon name="mute" />
			<span>{mutedWords(until, momentOf, words)}</span>
			<button type="button" onClick={() => void bridge.wish({ kind: "unmuted" })}>
				{words.t("window.action.unmute")}
			</button>
		</div>
	);
}

function Hushed({ why }: { readonly why: NonNullable<Snapshot["hush"]> }) {
	const { words } = useScene();
	return (
		<p class="in-head">
			<Icon name="mute" />
			{words.t(`window.${why}`)}
		</p>
	);
}

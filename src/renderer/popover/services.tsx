import { useLayoutEffect, useRef } from "preact/hooks";
import type { ServiceView, Snapshot } from "../../core/snapshot.ts";
import { overSentence } from "../../words/outage.ts";
import { useScene } from "../scene.ts";
import { ServiceRow } from "./service-row.tsx";

interface ServicesProps {
	readonly snapshot: Snapshot;
	/** Only services whose name contains it; all where absent. */
	readonly sought: string | undefined;
	readonly setSought: (text: string) => void;
}

/** Every service, in the user's own order whatever happens: what one reaches for stays where it is. */
export function Services({ snapshot, sought, setSought }: ServicesProps) {
	const { bridge, words } = useScene();
	const { services, hush } = snapshot;
	if (services.length === 0)
		return (
			<button type="button" class="alone primary" onClick={() => void bridge.openWindow("settings")}>
				{words.t("window.lead.choose")}
			</button>
		);
	const found = sought === undefined ? services : services.filter(({ name }) => plain(name).includes(plain(sought)));
	return (
		<>
			<h2 class="unseen">{words.t("window.list.services")}</h2>
			{sought !== undefined && <Search sought={sought} setSought={setSought} />}
			{found.length === 0 ? <NoneFound /> : <List services={found} />}
			{sought === undefined && <Earlier snapshot={snapshot} />}
			{hush === "quiet_hours" && <p class="note">{words.t("window.quiet")}</p>}
		</>
	);
}

/** Capitals and accents make no difference to whoever searches. */
function plain(text: string): string {
	return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}

function List({ services }: { readonly services: readonly ServiceView[] }) {
	return (
		<ul class="rows">
			{services.map((service) => (
				<ServiceRow service={service} key={service.id} />
			))}
		</ul>
	);
}

function Search({ sought, setSought }: { readonly sought: string; readonly setSought: (text: string) => void }) {
	const { words } = useScene();
	const field = useRef<HTMLInputElement>(null);
	// at once: the next key is the first letter
	useLayoutEffect(() => field.current?.focus(), []);
	const hint = words.t("window.search.hint");
	return (
		<div class="search">
			<input
				ref={field}
				type="search"
				value={sought}
				aria-label={hint}
				placeholder={hint}
				autocomplete="off"
				spellcheck={false}
				onInput={({ currentTarget }) => setSought(currentTarget.value)}
			/>
		</div>
	);
}

function NoneFound() {
	const { bridge, words } = useScene();
	return (
		<div class="none">
			<p>{words.t("window.search.none")}</p>
			<button type="button" onClick={() => void bridge.openWindow("settings")}>
				{words.t("window.action.add")}
			</button>
		</div>
	);
}

const LATELY_MS = 24 * 3_600_000;
const MOST_EARLIER = 3;

function Earlier({ snapshot: { incidents } }: { readonly snapshot: Snapshot }) {
	const { words, names, now, momentOf } = useScene();
	const over = incidents.flatMap((incident) =>
		incident.closedAt !== undefined && now - incident.closedAt < LATELY_MS
			? [{ id: incident.id, text: overSentence(incident, momentOf(incident.closedAt), names, words) }]
			: [],
	);
	if (over.length === 0) return null;
	return (
		<section class="note">
			<h3>{words.t("window.list.earlier")}</h3>
			{over.slice(0, MOST_EARLIER).map(({ id, text }) => (
				<p key={id}>{text}</p>
			))}
		</section>
	);
}

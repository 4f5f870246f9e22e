import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ServiceId } from "../../core/model.ts";
import type { ServiceView, Snapshot } from "../../core/snapshot.ts";
import { overSentence } from "../../words/outage.ts";
import { useScene } from "../scene.ts";
import { plain } from "../search.ts";
import { ServiceRow } from "./service-row.tsx";
import { ToAdd } from "./to-add.tsx";
import { useBars } from "./use-bars.ts";

interface ServicesProps {
	readonly snapshot: Snapshot;
	/** Only services whose name contains it; all where absent. */
	readonly sought: string | undefined;
	readonly setSought: (text: string) => void;
}

/** Every service, in the user's own order whatever happens: what one reaches for stays where it is. */
export function Services({ snapshot, sought, setSought }: ServicesProps) {
	const { bridge, words } = useScene();
	const { services } = snapshot;
	const bars = useBars();
	const [touched, setTouched] = useState<readonly ServiceId[]>([]);
	if (services.length === 0)
		return (
			<button type="button" class="alone primary" onClick={() => void bridge.openWindow("settings")}>
				{words.t("window.lead.choose")}
			</button>
		);
	const isFound = ({ id, name }: ServiceView) =>
		sought === undefined || (plain(name).includes(plain(sought)) && !touched.includes(id));
	return (
		<>
			<h2 class="unseen">{words.t("window.list.services")}</h2>
			{sought !== undefined && <Search sought={sought} setSought={setSought} />}
			<ul class="rows">
				{services.filter(isFound).map((service) => (
					<ServiceRow service={service} bars={bars} key={service.id} />
				))}
			</ul>
			{sought === undefined ? (
				<Earlier snapshot={snapshot} />
			) : (
				<ToAdd
					sought={sought}
					watched={services}
					touched={touched}
					touch={(id) => setTouched((before) => [...before, id])}
				/>
			)}
		</>
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

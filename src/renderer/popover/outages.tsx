import type { Snapshot } from "../../core/snapshot.ts";
import { useScene } from "../scene.ts";
import { IncidentCard } from "./incident-card.tsx";

/** A card for each outage that goes on; none while nothing can be said of services. */
export function Outages({ snapshot: { incidents, services, connection } }: { readonly snapshot: Snapshot }) {
	const { words } = useScene();
	const cards = incidents.flatMap((incident) => {
		const open = incident.features.filter(({ until }) => until === undefined);
		if (incident.closedAt !== undefined || open.length === 0) return [];
		const views = services.filter(({ id }) => open.some(({ service }) => service === id));
		return [<IncidentCard incident={incident} open={open} services={views} key={incident.id} />];
	});
	if (cards.length === 0 || connection.state === "trouble") return null;
	return (
		<>
			<h2 class="unseen">{words.t("window.list.outages")}</h2>
			{cards}
		</>
	);
}

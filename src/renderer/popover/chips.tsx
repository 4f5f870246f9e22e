import type { IncidentFeature } from "../../core/incidents.ts";
import { compareLevels } from "../../core/level.ts";
import { nameOf } from "../../words/names.ts";
import { capital } from "../../words/window.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { Shape, TONES } from "../shape.tsx";

/** Services that a card names at each level; the list below has them all. */
const MOST_SERVICES = 6;

/** What fails, the worst first: under each level its services, with their features. */
export function Chips({ features }: { readonly features: readonly IncidentFeature[] }) {
	const { words } = useScene();
	const byLevel = [...Map.groupBy(features, ({ level }) => level)].sort(([a], [b]) => compareLevels(b, a));
	return byLevel.map(([level, held]) => (
		<section class="affected" key={level}>
			<h4 class={`at-level ink-${TONES[level]}`}>
				<Shape level={level} />
				{capital(words.t(`level.${level}`))}
			</h4>
			<ServiceChips held={held} />
		</section>
	));
}

function ServiceChips({ held }: { readonly held: readonly IncidentFeature[] }) {
	const { words, names } = useScene();
	const byService = [...Map.groupBy(held, ({ service }) => service)];
	const left = byService.length - MOST_SERVICES;
	return (
		<ul class="of-level">
			{byService.slice(0, MOST_SERVICES).map(([service, own]) => (
				<li class="of-service" key={service}>
					<bdi class="of">{nameOf(service, names)}</bdi>
					<span class="chips">
						{own.map(({ feature, level }) => (
							<span class={`chip soft-${TONES[level]} ink-${TONES[level]}`} key={feature}>
								<Shape level={level} />
								<Icon name={feature} />
								{capital(words.t(`feature.${feature}`))}
							</span>
						))}
					</span>
				</li>
			))}
			{left > 0 && <li class="of">{capital(words.t("list.services", { count: left }))}</li>}
		</ul>
	);
}

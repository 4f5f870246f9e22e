import type { FeatureName } from "../../core/model.ts";
import type { PageFound, PagePart } from "../../ipc/answers.ts";
import { capital, shownLine, shownName } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { Shape } from "../shape.tsx";
import { FEATURE_NAMES } from "./feature-names.ts";
import { FORMAT_NAMES } from "./format-names.ts";

type Page = Extract<PageFound, { readonly kind: "page" }>;
type Mapping = Readonly<Record<string, FeatureName>>;

/** A page with hundreds of parts is one of a whole company: those beyond count for the whole. */
const MOST_SHOWN = 60;

interface PagePreviewProps {
	readonly found: Page;
	readonly mapping: Mapping;
	readonly map: (mapping: Mapping) => void;
}

/** What a page says now, and what each of its parts is to stand for. */
export function PagePreview({ found, mapping, map }: PagePreviewProps) {
	const { t } = useScene().words;
	const { name, level, format, incidents, parts, further } = found;
	const left = Math.max(0, parts.length - MOST_SHOWN) + further;
	return (
		<section class="page-preview">
			<p class="page-lead">
				<Shape level={level} />
				<b>
					<bdi>{shownName(name)}</bdi>
				</b>
				<span>{t(`level.${level}`)}</span>
				<small>{t("settings.own.page.format", { format: FORMAT_NAMES[format] })}</small>
			</p>
			{incidents.length === 0 ? (
				<p class="help-text">{t("settings.own.page.calm")}</p>
			) : (
				<ul class="page-incidents">
					{incidents.map((incident) => (
						<li key={incident.title}>
							<Shape level={incident.level} />
							<span dir="auto">{shownLine(incident.title)}</span>
						</li>
					))}
				</ul>
			)}
			{parts.length > 0 && (
				<>
					<h4>{t("settings.own.page.parts")}</h4>
					<p class="help-text">{t("settings.own.page.partsHelp")}</p>
					<ul class="page-parts">
						{parts.slice(0, MOST_SHOWN).map((part) => (
							<Part
								part={part}
								feature={mapping[part.key]}
								choose={(feature) => map(withPart(mapping, part.key, feature))}
								key={part.key}
							/>
						))}
					</ul>
					{left > 0 && <p class="help-text">{t("settings.own.page.left", { count: left })}</p>}
				</>
			)}
		</section>
	);
}

interface PartProps {
	readonly part: PagePart;
	/** Absent where it counts for the whole. */
	readonly feature: FeatureName | undefined;
	readonly choose: (feature: FeatureName | undefined) => void;
}

function Part({ part: { name, level }, feature, choose }: PartProps) {
	const { t } = useScene().words;
	const shown = shownLine(name);
	return (
		<li class="page-part">
			<Shape level={level} />
			<span>
				<bdi>{shown}</bdi> <small>{t(`level.${level}`)}</small>
			</span>
			<select
				aria-label={shown}
				value={feature ?? ""}
				onChange={({ currentTarget }) => choose(FEATURE_NAMES[currentTarget.selectedIndex - 1])}
			>
				<option value="">{t("settings.own.page.whole")}</option>
				{FEATURE_NAMES.map((each) => (
					<option value={each} key={each}>
						{capital(t(`feature.${each}`))}
					</option>
				))}
			</select>
		</li>
	);
}

function withPart(mapping: Mapping, key: string, feature: FeatureName | undefined): Mapping {
	const { [key]: _, ...rest } = mapping;
	return feature ? { ...rest, [key]: feature } : rest;
}

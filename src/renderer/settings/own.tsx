import { useState } from "preact/hooks";
import { shownName } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { Section } from "./controls.tsx";
import { OwnCard } from "./own-card.tsx";
import { keeping, newOwn, type OwnCheck, withCheck, withoutCheck } from "./own-services.ts";
import { PageForm } from "./page-form.tsx";
import { ProbeForm } from "./probe-form.tsx";
import { useCatalogue } from "./use-catalogue.ts";
import { useSettings } from "./use-settings.ts";

/** What is being written: a page or a probe, for a service that is there or for a new one, perhaps in place of another. */
export interface Writing {
	readonly kind: OwnCheck["kind"];
	/** Absent for a new service. */
	readonly service?: string;
	readonly instead?: OwnCheck;
}

/** The user's own services: what is asked for each, and more to add. */
export function Own() {
	const { words, announce } = useScene();
	const { t } = words;
	const { settings, isLocked, change } = useSettings();
	const [writing, setWriting] = useState<Writing>();
	// kept here: a card that is refused to go comes back as another one
	const [refused, setRefused] = useState<{ readonly of: string; readonly said: readonly string[] }>();
	const known = useTaken();
	const locked = isLocked("own");
	const keep = async (check: OwnCheck, name: string): Promise<readonly string[]> => {
		const present = settings.own.find(({ id }) => id === writing?.service);
		const cleared = present && writing?.instead ? withoutCheck(present, writing.instead) : present;
		const start = cleared ?? (present ? { ...present, sources: [], features: {} } : newOwn(name, known));
		const next = withCheck(start, check, t("settings.own.onlyPage"));
		const problems = await change(keeping(next, settings));
		if (problems.length === 0) {
			setWriting(undefined);
			announce(t("settings.own.saved", { name: shownName(next.name) }));
		}
		return problems;
	};
	return (
		<Section title={t("settings.own.title")} lead={t("settings.own.lead")}>
			{locked && <p class="setting-help">{t("settings.managed.byOrganisation")}</p>}
			{!writing && settings.own.length === 0 && <p class="own-none">{t("settings.own.none")}</p>}
			{!writing &&
				settings.own.map((own) => (
					<OwnCard
						own={own}
						write={setWriting}
						problems={refused?.of === own.id ? refused.said : []}
						refuse={(said) => setRefused({ of: own.id, said })}
						key={own.id}
					/>
				))}
			{!writing && !locked && settings.own.length > 0 && <h3>{t("settings.own.new")}</h3>}
			{!writing && !locked && (
				<p class="own-add">
					<button type="button" onClick={() => setWriting({ kind: "source" })}>
						{t("settings.own.addPage")}
					</button>
					<button type="button" onClick={() => setWriting({ kind: "probe" })}>
						{t("settings.own.addProbe")}
					</button>
				</p>
			)}
			{writing && <Form writing={writing} keep={keep} leave={() => setWriting(undefined)} />}
		</Section>
	);
}

interface FormProps {
	readonly writing: Writing;
	readonly keep: (check: OwnCheck, name: string) => Promise<readonly string[]>;
	readonly leave: () => void;
}

function Form({ writing, ...acts }: FormProps) {
	const { settings } = useSettings();
	const { kind, service, instead } = writing;
	const name = settings.own.find(({ id }) => id === service)?.name;
	const of = name === undefined ? {} : { of: shownName(name) };
	if (kind === "source") {
		return <PageForm {...of} {...(instead?.kind === "source" && { instead: instead.source })} {...acts} />;
	}
	return <ProbeForm {...of} {...(instead?.kind === "probe" && { instead })} {...acts} />;
}

/** Ids that a new service may not have. */
function useTaken(): ReadonlySet<string> {
	const { bridge } = useScene();
	const { settings } = useSettings();
	const entries = useCatalogue(bridge);
	const shipped = Array.isArray(entries) ? entries.flatMap(({ id, aliases }) => [id, ...aliases]) : [];
	return new Set([...shipped, ...settings.own.map(({ id }) => id)]);
}

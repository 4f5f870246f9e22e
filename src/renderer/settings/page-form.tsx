import { useState } from "preact/hooks";
import type { SourceSpec } from "../../core/check.ts";
import type { FeatureName } from "../../core/model.ts";
import type { PageFound } from "../../ipc/answers.ts";
import { inspectAdvice } from "../../words/sources.ts";
import { shownLine, shownName } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { Field } from "./field.tsx";
import { FormFoot } from "./form-foot.tsx";
import type { OwnCheck } from "./own-services.ts";
import { PagePreview } from "./page-preview.tsx";
import { suggestedFor } from "./part-features.ts";
import { useFormFocus } from "./use-form-focus.ts";

interface PageFormProps {
	/** The service that it is for; absent for a new one. */
	readonly of?: string;
	/** The page that is changed. */
	readonly instead?: SourceSpec;
	readonly keep: (check: OwnCheck, name: string) => Promise<readonly string[]>;
	readonly leave: () => void;
}

type Look = PageFound | "looking" | "lost" | undefined;
type Mapping = Readonly<Record<string, FeatureName>>;

/** From an address to a status page that is watched: look, see what it says, give its parts a meaning, save. */
export function PageForm({ of, instead, keep, leave }: PageFormProps) {
	const { bridge, words, announce } = useScene();
	const { t } = words;
	const [address, setAddress] = useState(instead?.url ?? "");
	const [look, setLook] = useState<Look>();
	const [mapping, setMapping] = useState<Mapping>(instead?.components ?? {});
	const [name, setName] = useState(of ?? "");
	const form = useFormFocus();
	const found = typeof look === "object" && look.kind === "page" ? look : undefined;
	const go = async () => {
		if (look === "looking" || address.trim() === "") return;
		setLook("looking");
		const seen = await bridge.lookAt(address.trim()).catch(() => "lost" as const);
		setLook(seen);
		if (typeof seen === "string" || seen.kind === "failed") return;
		announce(`${t("settings.own.page.found")}: ${shownName(seen.name)}`);
		if (!instead) setMapping(suggestedFor(seen.parts));
		if (of === undefined && name === "") setName(shownName(seen.name));
	};
	const save = async () => {
		if (!found) return [];
		const keys = new Set(found.parts.map(({ key }) => key));
		const components = Object.fromEntries(Object.entries(mapping).filter(([key]) => keys.has(key)));
		const { format, url } = found;
		const source = { format, url, components, speaksForWhole: instead?.speaksForWhole ?? true };
		return keep({ kind: "source", source }, name.trim() || new URL(url).hostname);
	};
	return (
		<form
			ref={form}
			class="own-form"
			onSubmit={(event) => {
				event.preventDefault();
				void go();
			}}
		>
			<h3>{of === undefined ? t("settings.own.addPage") : t("settings.own.morePage", { name: of })}</h3>
			<Field
				label={t("settings.own.page.address")}
				help={t("settings.own.page.help")}
				text={address}
				type={(text) => {
					setAddress(text);
					setLook(undefined);
				}}
			>
				<button type="submit" class={found ? "" : "primary"} aria-disabled={look === "looking"}>
					{t(look === "looking" ? "settings.own.page.looking" : "settings.own.page.look")}
				</button>
			</Field>
			<Failed look={look} />
			{found && (
				<>
					<PagePreview found={found} mapping={mapping} map={setMapping} />
					{of === undefined && <Field label={t("settings.own.name")} text={name} type={setName} />}
				</>
			)}
			<FormFoot ready={found !== undefined} save={save} leave={leave} />
		</form>
	);
}

function Failed({ look }: { readonly look: Look }) {
	const { words } = useScene();
	const { t } = words;
	if (look === "lost")
		return (
			<p class="setting-problem" role="alert">
				{t("settings.own.page.lost")}
			</p>
		);
	if (typeof look !== "object" || look.kind === "page") return null;
	return (
		<p class="setting-problem" role="alert">
			{look.asked
				? `${t("settings.own.page.failed")} ${shownLine(inspectAdvice(look.failure, words))}`
				: t("settings.own.page.bad")}
		</p>
	);
}

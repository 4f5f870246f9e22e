import { useId, useState } from "preact/hooks";
import type { ProbeSpec } from "../../core/check.ts";
import type { FeatureName } from "../../core/model.ts";
import type { ProbeTry } from "../../ipc/answers.ts";
import { failureWords } from "../../words/reasons.ts";
import { capital } from "../../words/window.ts";
import type { Words } from "../../words/words.ts";
import { useScene } from "../scene.ts";
import { FEATURE_NAMES } from "./feature-names.ts";
import { Field } from "./field.tsx";
import { FormFoot } from "./form-foot.tsx";
import type { OwnCheck } from "./own-services.ts";
import { fieldsOf, NO_FIELDS, PROBE_KINDS, type ProbeFields, probeOf, targetText, withRest } from "./probe-fields.ts";
import { ProbeInputs } from "./probe-inputs.tsx";
import { useFormFocus } from "./use-form-focus.ts";

interface ProbeFormProps {
	/** The service that it is for; absent for a new one. */
	readonly of?: string;
	/** The probe that is changed. */
	readonly instead?: Extract<OwnCheck, { readonly kind: "probe" }>;
	readonly keep: (check: OwnCheck, name: string) => Promise<readonly string[]>;
	readonly leave: () => void;
}

/** How the last try of what is written now went; absent before there was one. */
type Trial = ProbeTry | "trying" | "lost" | "bad" | undefined;

/** From "what do you want to watch?" to a probe that was tried before it is saved. */
export function ProbeForm({ of, instead, keep, leave }: ProbeFormProps) {
	const { bridge, words, announce } = useScene();
	const { t } = words;
	const [fields, setFields] = useState((instead && fieldsOf(instead.probe)) ?? NO_FIELDS);
	const [feature, setFeature] = useState<FeatureName>(instead?.feature ?? "web");
	const [name, setName] = useState(of ?? "");
	const [trial, setTrial] = useState<Trial>();
	const form = useFormFocus();
	const typed = probeOf(fields);
	const probe = typed && withRest(typed, instead?.probe);
	const fill = (more: Partial<ProbeFields>) => {
		setFields({ ...fields, ...more });
		setTrial(undefined);
	};
	const go = async () => {
		if (trial === "trying") return;
		if (!probe) return setTrial("bad");
		setTrial("trying");
		const seen = await bridge.tryProbe(probe).catch(() => "lost" as const);
		setTrial(seen);
		announce(trialText(seen, words));
	};
	const tried = typeof trial === "object" ? trial : undefined;
	const save = () =>
		probe ? keep({ kind: "probe", feature, probe }, name.trim() || nameFor(probe)) : Promise.resolve([]);
	return (
		<form
			ref={form}
			class="own-form"
			onSubmit={(event) => {
				event.preventDefault();
				void go();
			}}
		>
			<h3>{of === undefined ? t("settings.own.addProbe") : t("settings.own.moreProbe", { name: of })}</h3>
			<Kinds fields={fields} fill={fill} />
			<ProbeInputs fields={fields} fill={fill} />
			<FeatureSelect feature={feature} choose={setFeature} />
			{of === undefined && <Field label={t("settings.own.name")} text={name} type={setName} half />}
			<p class="trial">
				<button type="submit" class={tried ? "" : "primary"} aria-disabled={trial === "trying"}>
					{t(trial === "trying" ? "settings.own.probe.trying" : "settings.own.probe.try")}
				</button>
				<span class={isWell(trial) ? "ink-ok" : isTrouble(trial) ? "ink-bad" : "help-text"}>
					{trialText(trial, words)}
				</span>
			</p>
			<FormFoot ready={tried !== undefined} doubtful={!isWell(trial)} save={save} leave={leave} />
		</form>
	);
}

function isWell(trial: Trial): boolean {
	return typeof trial === "object" && trial.outcome.kind === "ok";
}

function isTrouble(trial: Trial): boolean {
	return trial === "bad" || trial === "lost" || (typeof trial === "object" && trial.outcome.kind === "failed");
}

function trialText(trial: Trial, words: Words): string {
	const { t } = words;
	if (trial === undefined || trial === "trying") return t("settings.own.probe.first");
	if (trial === "bad" || trial === "lost") return t(`settings.own.probe.${trial}`);
	const { outcome, tookMs } = trial;
	switch (outcome.kind) {
		case "ok":
			return t("settings.own.probe.ok", { ms: tookMs });
		case "failed":
			return t("settings.own.probe.failed", { failure: failureWords(outcome.failure, words) });
		case "blocked":
			return t("settings.own.probe.blocked");
		case "skipped":
			return t("settings.own.probe.skipped");
	}
}

function nameFor(probe: ProbeSpec): string {
	return "url" in probe ? new URL(probe.url).hostname : targetText(probe);
}

interface KindsProps {
	readonly fields: ProbeFields;
	readonly fill: (more: Partial<ProbeFields>) => void;
}

function Kinds({ fields, fill }: KindsProps) {
	const { t } = useScene().words;
	const group = useId();
	return (
		<fieldset class="probe-kinds">
			<legend>{t("settings.own.probe.what")}</legend>
			{PROBE_KINDS.map((kind) => (
				<label key={kind}>
					<input type="radio" name={group} checked={fields.kind === kind} onChange={() => fill({ kind })} />
					<span>
						{t(`settings.own.probe.kind.${kind}`)}
						<small class="line">{t(`settings.own.probe.kindHelp.${kind}`)}</small>
					</span>
				</label>
			))}
		</fieldset>
	);
}

interface FeatureSelectProps {
	readonly feature: FeatureName;
	readonly choose: (feature: FeatureName) => void;
}

function FeatureSelect({ feature, choose }: FeatureSelectProps) {
	const { t } = useScene().words;
	const control = useId();
	return (
		<div class="form-field half">
			<label for={control}>{t("settings.own.probe.feature")}</label>
			<select
				id={control}
				value={feature}
				onChange={({ currentTarget }) => choose(FEATURE_NAMES[currentTarget.selectedIndex] ?? "web")}
			>
				{FEATURE_NAMES.map((each) => (
					<option value={each} key={each}>
						{capital(t(`feature.${each}`))}
					</option>
				))}
			</select>
		</div>
	);
}

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { AppSettings } from "../../ipc/settings.ts";
import { useScene } from "../scene.ts";
import { useSettings } from "./use-settings.ts";

interface SectionProps {
	readonly title: string;
	readonly lead?: string;
	readonly children: ComponentChildren;
}

/** A page of the settings, under its heading. */
export function Section({ title, lead, children }: SectionProps) {
	return (
		<>
			<h2 class="section-title" tabIndex={-1}>
				{title}
			</h2>
			{lead !== undefined && <p class="section-lead">{lead}</p>}
			{children}
		</>
	);
}

/** What every line of a section says. */
interface LineProps {
	readonly label: string;
	readonly help?: string;
	/** Why the last change was refused, a sentence each. */
	readonly problems?: readonly string[];
	/** What it is about, where whoever set this computer up may have the say. */
	readonly setting?: keyof AppSettings;
}

interface PlainLineProps extends LineProps {
	readonly children?: ComponentChildren;
	/** Ids for what stands beside it. */
	readonly labelId?: string;
	readonly helpId?: string;
	readonly control?: string;
}

/** A name with what it means, and beside it what can be done. */
export function Line({ label, help, problems = [], setting, children, labelId, helpId, control }: PlainLineProps) {
	const { t } = useScene().words;
	const { isLocked } = useSettings();
	const locked = setting !== undefined && isLocked(setting);
	return (
		<div class={`setting-line ${locked ? "is-locked" : ""}`}>
			<div class="setting-says">
				{control === undefined ? (
					<p class="setting-name" id={labelId}>
						{label}
					</p>
				) : (
					<label class="setting-name" for={control} id={labelId}>
						{label}
					</label>
				)}
				<p class="setting-help" id={helpId}>
					{locked ? t("settings.managed.byOrganisation") : help}
				</p>
				{problems.map((problem) => (
					<p class="setting-problem" role="alert" key={problem}>
						{problem}
					</p>
				))}
			</div>
			<div class="setting-acts">{children}</div>
		</div>
	);
}

interface ToggleProps {
	readonly on: boolean;
	readonly locked: boolean;
	readonly turn: (on: boolean) => unknown;
	/** Its name, where none stands beside it. */
	readonly label?: string;
	readonly labelledBy?: string;
	readonly describedBy?: string;
}

/** A switch by itself. */
export function Toggle({ on, locked, turn, label, labelledBy, describedBy }: ToggleProps) {
	return (
		<button
			type="button"
			role="switch"
			class="toggle"
			aria-checked={on}
			aria-disabled={locked}
			aria-label={label}
			aria-labelledby={labelledBy}
			aria-describedby={describedBy}
			onClick={() => {
				if (!locked) turn(!on);
			}}
		>
			<span class="knob" />
		</button>
	);
}

interface SwitchProps extends LineProps {
	readonly setting: keyof AppSettings;
	readonly on: boolean;
	readonly turn: (on: boolean) => unknown;
}

export function Switch({ on, turn, ...line }: SwitchProps) {
	const { isLocked } = useSettings();
	const [labelId, helpId] = [useId(), useId()];
	return (
		<Line {...line} labelId={labelId} helpId={helpId}>
			<Toggle on={on} locked={isLocked(line.setting)} turn={turn} labelledBy={labelId} describedBy={helpId} />
		</Line>
	);
}

interface ChoiceProps<T extends string> extends LineProps {
	readonly setting: keyof AppSettings;
	readonly value: T;
	readonly options: readonly { readonly value: T; readonly label: string }[];
	readonly disabled?: boolean;
	readonly choose: (value: T) => unknown;
}

/** One of a few. */
export function Choice<T extends string>({ value, options, disabled = false, choose, ...line }: ChoiceProps<T>) {
	const { isLocked } = useSettings();
	const [control, helpId] = [useId(), useId()];
	return (
		<Line {...line} control={control} helpId={helpId}>
			<select
				id={control}
				aria-describedby={helpId}
				value={value}
				disabled={disabled || isLocked(line.setting)}
				onChange={({ currentTarget }) => {
					const chosen = options[currentTarget.selectedIndex];
					if (chosen) choose(chosen.value);
				}}
			>
				{options.map((option) => (
					<option key={option.value} value={option.value}>
						{option.label}
					</option>
				))}
			</select>
		</Line>
	);
}

interface TextLineProps extends LineProps {
	readonly setting: keyof AppSettings;
	readonly text: string;
	readonly placeholder?: string;
	/** Keeps what was typed, once it is whole; resolves to why it could not be kept. */
	readonly keep: (text: string) => Promise<readonly string[]>;
}

/** A line that is typed, and kept when people leave it or press Enter. */
export function TextLine({ text, placeholder, keep, ...line }: TextLineProps) {
	const { isLocked } = useSettings();
	const [control, helpId] = [useId(), useId()];
	const [problems, setProblems] = useState<readonly string[]>([]);
	return (
		<Line {...line} problems={problems} control={control} helpId={helpId}>
			<input
				id={control}
				type="text"
				spellcheck={false}
				autocomplete="off"
				value={text}
				placeholder={placeholder}
				disabled={isLocked(line.setting)}
				aria-describedby={helpId}
				aria-invalid={problems.length > 0}
				onChange={({ currentTarget }) => void keep(currentTarget.value).then(setProblems)}
			/>
		</Line>
	);
}

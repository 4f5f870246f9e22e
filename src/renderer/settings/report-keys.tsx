import { useEffect, useId, useRef, useState } from "preact/hooks";
import { REPORT_PROVIDERS } from "../../words/report-providers.ts";
import { useScene } from "../scene.ts";
import { Line, Toggle } from "./controls.tsx";
import { useSettings } from "./use-settings.ts";

type Provider = keyof typeof REPORT_PROVIDERS;

const { ioda, ...KEYED } = REPORT_PROVIDERS;

/** Whose counts of reports are asked, and the keys that it takes. */
export function ReportKeys() {
	const { t } = useScene().words;
	return (
		<>
			<Line label={t("settings.network.reports.title")} help={t("settings.network.reports.help")} />
			<div class="sub-settings">
				{Object.entries(KEYED).map(([provider, name]) => (
					<KeyLine key={provider} provider={provider as Provider} name={name} />
				))}
				<WithoutKey />
			</div>
		</>
	);
}

interface KeyLineProps {
	readonly provider: Provider;
	readonly name: string;
}

function KeyLine({ provider, name }: KeyLineProps) {
	const { t } = useScene().words;
	const { view } = useSettings();
	const { keep, problems } = useKeep(provider);
	const isKept = view.keys.includes(provider);
	const control = useId();
	const hand = useRef<HTMLButtonElement & HTMLInputElement>(null);
	const acted = useRef(false);
	// one control takes the place of the other, and the focus with it
	useEffect(() => {
		if (acted.current) hand.current?.focus();
		acted.current = false;
	}, [isKept]);
	const act = (key?: string) => {
		acted.current = true;
		void keep(key);
	};
	if (isKept) {
		return (
			<Line label={name} help={t("settings.network.reports.kept")} problems={problems}>
				<button
					ref={hand}
					type="button"
					aria-label={t("settings.network.reports.forgetOf", { name })}
					onClick={() => act()}
				>
					{t("settings.network.reports.forget")}
				</button>
			</Line>
		);
	}
	return (
		<Line label={name} problems={problems} control={control}>
			<input
				ref={hand}
				id={control}
				type="password"
				autocomplete="off"
				aria-label={t("settings.network.reports.key", { name })}
				aria-invalid={problems.length > 0}
				onChange={({ currentTarget }) => {
					const key = currentTarget.value.trim();
					if (key !== "") act(key);
				}}
			/>
		</Line>
	);
}

/** IODA needs no key: that one is kept says that it is asked. */
function WithoutKey() {
	const { t } = useScene().words;
	const { view } = useSettings();
	const { keep, problems } = useKeep("ioda");
	const [labelId, helpId] = [useId(), useId()];
	return (
		<Line label={ioda} help={t("settings.network.reports.ioda")} problems={problems} labelId={labelId} helpId={helpId}>
			<Toggle
				on={view.keys.includes("ioda")}
				locked={false}
				turn={(on) => void keep(on ? "yes" : undefined)}
				labelledBy={labelId}
				describedBy={helpId}
			/>
		</Line>
	);
}

/** Has a key kept or, without one, forgotten; a system without a key store keeps none. */
function useKeep(provider: Provider) {
	const { bridge, words } = useScene();
	const [problems, setProblems] = useState<readonly string[]>([]);
	const keep = (key?: string) =>
		bridge.keepKey(provider, key).then(
			() => setProblems([]),
			() => setProblems([words.t("settings.network.reports.unsafe")]),
		);
	return { keep, problems };
}

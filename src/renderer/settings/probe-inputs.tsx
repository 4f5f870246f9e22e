import { useScene } from "../scene.ts";
import { Field } from "./field.tsx";
import type { ProbeFields } from "./probe-fields.ts";

interface ProbeInputsProps {
	readonly fields: ProbeFields;
	readonly fill: (more: Partial<ProbeFields>) => void;
}

/** What each kind of probe has to be told. */
export function ProbeInputs({ fields, fill }: ProbeInputsProps) {
	const { t } = useScene().words;
	const { kind, url, host, port, status, text } = fields;
	if (kind === "http" || kind === "websocket")
		return (
			<>
				<Field label={t("settings.own.probe.url")} text={url} type={(typed) => fill({ url: typed })} />
				{kind === "http" && (
					<>
						<Field
							label={t("settings.own.probe.status")}
							help={t("settings.own.probe.statusHelp")}
							text={status}
							type={(typed) => fill({ status: typed })}
							numeric
							half
						/>
						<Field
							label={t("settings.own.probe.text")}
							help={t("settings.own.probe.textHelp")}
							text={text}
							type={(typed) => fill({ text: typed })}
							half
						/>
					</>
				)}
			</>
		);
	return (
		<>
			<Field
				label={t(kind === "dns" ? "settings.own.probe.dnsName" : "settings.own.probe.host")}
				help={kind === "dns" ? undefined : t("settings.own.probe.hostHelp")}
				text={host}
				type={(typed) => fill({ host: typed })}
				half={kind !== "dns"}
			/>
			{kind !== "dns" && (
				<Field label={t("settings.own.probe.port")} text={port} type={(typed) => fill({ port: typed })} numeric half />
			)}
		</>
	);
}

import { useRef, useState } from "preact/hooks";
import { shownLine } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { Line } from "./controls.tsx";
import { useSettings } from "./use-settings.ts";

/** Files of root certificates that are believed beside the system's. */
export function Certificates() {
	const { bridge, words } = useScene();
	const { t } = words;
	const { settings, isLocked, change } = useSettings();
	const { certificates } = settings;
	const [why, setWhy] = useState<string>();
	const adding = useRef<HTMLButtonElement>(null);
	const remove = (file: string) => {
		adding.current?.focus();
		void change({ certificates: certificates.filter((each) => each !== file) });
	};
	const add = async () => {
		const picked = await bridge.pickCertificate();
		setWhy(picked.kind === "unusable" ? picked.why : undefined);
		if (picked.kind === "usable") await change({ certificates: [...new Set([...certificates, picked.file])] });
	};
	return (
		<>
			<Line
				setting="certificates"
				label={t("settings.network.certificates.title")}
				help={t("settings.network.certificates.help")}
				problems={why === undefined ? [] : [t("settings.network.certificates.unusable", { why: shownLine(why) })]}
			>
				<button ref={adding} type="button" disabled={isLocked("certificates")} onClick={() => void add()}>
					{t("settings.network.certificates.add")}
				</button>
			</Line>
			{certificates.length > 0 && (
				<ul class="sub-settings files">
					{certificates.map((file) => (
						<li key={file}>
							<span title={shownLine(file)}>{nameOf(file)}</span>
							<button type="button" class="quiet" disabled={isLocked("certificates")} onClick={() => remove(file)}>
								{t("settings.network.certificates.remove", { name: nameOf(file) })}
							</button>
						</li>
					))}
				</ul>
			)}
		</>
	);
}

function nameOf(file: string): string {
	return shownLine(file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1));
}

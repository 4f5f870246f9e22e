import type { licences as Parts } from "virtual:licences";
import { useEffect, useState } from "preact/hooks";
import { useScene } from "../scene.ts";

/** On what terms the program, and all that it is built from, may be used. The texts are fetched when they are wanted. */
export function Licences() {
	const { t } = useScene().words;
	const [parts, setParts] = useState<typeof Parts>();
	const [wanted, setWanted] = useState(false);
	useEffect(() => {
		if (wanted) void import("virtual:licences").then(({ licences }) => setParts(licences));
	}, [wanted]);
	return (
		<section class="setting-part">
			<h3>{t("settings.about.licences.title")}</h3>
			<p>
				{t("settings.about.licences.own")} {t("settings.about.licences.electron")}
			</p>
			<button type="button" aria-expanded={wanted} onClick={() => setWanted(!wanted)}>
				{t("settings.about.licences.show")}
			</button>
			{wanted && (
				<ul class="licences">
					{parts?.map(({ name, version, licence, text }) => (
						<li key={`${name} ${version}`}>
							<details>
								<summary>{t("settings.about.licences.part", { name, version, licence })}</summary>
								<pre>{text === "" ? licence : text}</pre>
							</details>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

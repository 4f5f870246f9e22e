import { useState } from "preact/hooks";
import type { Folder } from "../../ipc/answers.ts";
import { useScene } from "../scene.ts";

interface FolderButtonProps {
	readonly folder: Folder;
	readonly label: string;
}

/** Opens one of the app's own folders, and says so where that does not work. */
export function FolderButton({ folder, label }: FolderButtonProps) {
	const { bridge, words } = useScene();
	const [failed, setFailed] = useState(false);
	return (
		<>
			<button type="button" onClick={() => void bridge.openFolder(folder).then((opened) => setFailed(!opened))}>
				{label}
			</button>
			{failed && <small role="alert">{words.t("settings.data.notOpened")}</small>}
		</>
	);
}

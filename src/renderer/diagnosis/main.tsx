import { open } from "../open.ts";
import { App } from "./app.tsx";

void open((opening) => <App {...opening} />);

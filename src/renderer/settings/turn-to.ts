import { createContext } from "preact";

/** Turns the window to another section, by its name. */
export const TurnTo = createContext<(section: "own") => void>(() => {});

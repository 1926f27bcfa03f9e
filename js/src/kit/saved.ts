// Whether a saved result is shown without a kernel: what only a kernel can do is not offered then.

import { createContext } from "preact";
import { useContext } from "preact/hooks";

export const SavedContext = createContext(false);
export const useSaved = (): boolean => useContext(SavedContext);

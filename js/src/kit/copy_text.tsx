// A button that copies a text to the clipboard.

import { useEffect, useState } from "preact/hooks";

/** Copies a text, or shows it to be copied by hand where the page may not. */
export function CopyText({ text }: { text: () => string }) {
  const [state, setState] = useState<"" | "copied" | "by hand">("");
  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState(""), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setState("copied");
    } catch {
      setState("by hand");
    }
  };
  return (
    <>
      <button type="button" class="ds-small" onClick={copy}>
        Copy as text
      </button>
      <span class="ds-mute" role="status">
        {state === "copied" && "Copied"}
      </span>
      {state === "by hand" && (
        <textarea
          class="ds-by-hand"
          readOnly
          rows={6}
          aria-label="The run as text, to be copied"
          value={text()}
          ref={(area) => area?.select()}
        />
      )}
    </>
  );
}

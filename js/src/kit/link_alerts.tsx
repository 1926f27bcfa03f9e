// What is wrong, in words: with the link to the kernel, and with what was asked for last.

import { noun } from "./format.js";
import type { LinkView, Send } from "./link.js";

interface Props {
  link: LinkView;
  error: string;
  send: Send;
}

/** How many of the changes that wait are named. */
const NAMED = 3;

function named(waiting: string[]): string {
  const more = waiting.length > NAMED ? ` and ${waiting.length - NAMED} more` : "";
  return `“${waiting.slice(-NAMED).join("”, “")}”${more}`;
}

export function Alerts({ link, error, send }: Props) {
  return (
    <>
      <LinkAlert {...link} />
      {error && (
        <p class="ds-alert" role="alert">
          <span>{error}</span>
          {link.phase !== "saved" && (
            <button type="button" onClick={() => send({ type: "dismiss" })}>
              Dismiss
            </button>
          )}
        </p>
      )}
    </>
  );
}

function LinkAlert({ phase, busy, waiting, failing }: LinkView) {
  const one = waiting.length === 1;
  const changes = noun(waiting.length, "change");
  const what = waiting.length > 0 && named(waiting);
  if (phase === "saved") {
    return (
      <p class="ds-note ds-saved-note" role="status">
        Saved result, read-only: run the cell to go on.
        {what && ` No kernel has taken ${what} so far: repeat ${one ? "it" : "them"} then.`}
      </p>
    );
  }
  if (phase === "silent") {
    return (
      <p class="ds-alert ds-link" role="alert">
        <span>
          <b>Disconnected.</b> The kernel does not answer.{" "}
          {what
            ? `Your ${changes} ${what} ${one ? "is" : "are"} kept here, and sent when it comes back; ` +
              `if it does not, run the cell again and repeat ${one ? "it" : "them"}.`
            : "This goes on when it comes back; if it does not, run the cell again."}{" "}
          Stored results are safe.
        </span>
      </p>
    );
  }
  if (!what) return null;
  if (failing) {
    return (
      <p class="ds-alert ds-link" role="alert">
        <span>
          <b>Not taken.</b> The kernel is alive, but does not take your {changes} {what}.{" "}
          {one ? "It is" : "They are"} kept here and sent again; if this stays, run the cell again
          and repeat {one ? "it" : "them"}.
        </span>
      </p>
    );
  }
  return (
    <p class="ds-note ds-link" role="status">
      {busy
        ? `The kernel is busy with a cell; your ${changes} ${one ? "waits" : "wait"} until it ends: ${what}.`
        : `${waiting.length} ${changes} ${one ? "is" : "are"} waiting for the kernel, kept and sent again: ${what}.`}
    </p>
  );
}

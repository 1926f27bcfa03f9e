// Memory, version, and where the rules come from.

import { bytes } from "../../kit/format.js";
import type { FooterView } from "../../protocol/footer.js";

function memory(footer: FooterView): string {
  return (
    `Loaded tables ${bytes(footer.tables_bytes)}, waiting requests ${bytes(footer.queue_bytes)}, ` +
    `job being played ${bytes(footer.background_bytes)}`
  );
}

export function Footer({ footer }: { footer: FooterView }) {
  return (
    <footer class="ds-mute ds-numbers" role="group" aria-label="Memory and version">
      <span title="On disk, both slots">Slots {bytes(footer.slots_bytes)}</span>
      <span title={memory(footer)}>
        Process {bytes(footer.process_bytes)}, peak {bytes(footer.peak_bytes)}
      </span>
      <span class="ds-space" />
      <details class="ds-about">
        <summary>Dual-Slot Widgets {footer.version}, SRD 5.1, CC-BY-4.0</summary>
        <p>
          Compatible with fifth edition. This work includes material taken from the System Reference
          Document 5.1 ("SRD 5.1") by Wizards of the Coast LLC and available at
          https://dnd.wizards.com/resources/systems-reference-document. The SRD 5.1 is licensed
          under the Creative Commons Attribution 4.0 International License available at
          https://creativecommons.org/licenses/by/4.0/legalcode. Stat blocks were turned into data;
          the bestiary says what of each was left out.
        </p>
      </details>
    </footer>
  );
}

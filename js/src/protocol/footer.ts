// Written by scripts/write_protocol.py; do not edit. From dualslot_widgets.widgets.protocol: footer.
// Memory, disk, version.

/** Bytes of `MemoryUsage` and of the slots on disk, and the package's version. */
export interface FooterView {
  slots_bytes: number;
  tables_bytes: number;
  queue_bytes: number;
  background_bytes: number;
  process_bytes: number;
  peak_bytes: number;
  version: string;
}

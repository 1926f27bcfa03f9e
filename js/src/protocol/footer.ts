// Memory, disk, version; mirrors dualslot_widgets/widgets/protocol/footer.py.

export interface FooterView {
  slots_bytes: number;
  process_bytes: number;
  tables_bytes: number;
  queue_bytes: number;
  background_bytes: number;
  peak_bytes: number;
  version: string;
}

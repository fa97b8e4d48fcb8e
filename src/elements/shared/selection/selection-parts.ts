/** The parts of the bar of a selection: known before the bar is loaded, which is when something is selected. */
export const SELECTION_PARTS =
  'selection, selection-count, clear-selection, selection-action, selection-report, selection-text';

import type {RTCRtpTransceiver} from 'werift';
import type {Description, MediaSection} from './description.js';
import type {LegLine} from './leg-port.js';

/** A line of the session as both descriptions number it: one that is served, or one that was refused for good. */
export type Slot = LegLine | {readonly refused: MediaSection};

export const isServed = (slot: Slot | undefined): slot is LegLine =>
  slot !== undefined && 'transceiver' in slot;

/** Returns the section of a description for a line of the peer connection. */
export const sectionOf = (description: Description, {mid}: RTCRtpTransceiver): MediaSection | undefined =>
  description.sections.find((section) => section.mid === mid);

/** The direction attributes of a media line (RFC 8866 §6.7). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The direction of a media line, as one of its two ends sees it. */
export interface Flow {
  readonly sends: boolean;
  readonly receives: boolean;
}

export const BOTH_WAYS: Flow = {sends: true, receives: true};
export const SENDS: Flow = {sends: true, receives: false};
export const RECEIVES: Flow = {sends: false, receives: true};
export const NO_WAY: Flow = {sends: false, receives: false};

/** Converts a direction attribute to a flow. */
export const flowOf = (direction: Direction): Flow => ({
  sends: direction === 'sendrecv' || direction === 'sendonly',
  receives: direction === 'sendrecv' || direction === 'recvonly',
});

/** Converts a flow to a direction attribute. */
export function directionOf({sends, receives}: Flow): Direction {
  if (sends) return receives ? 'sendrecv' : 'sendonly';
  return receives ? 'recvonly' : 'inactive';
}

/** Returns the same flow as the other end sees it. */
export const reversed = ({sends, receives}: Flow): Flow => ({sends: receives, receives: sends});

/** Returns the directions that two flows have in common, both seen from the same end. */
export const common = (one: Flow, other: Flow): Flow => ({
  sends: one.sends && other.sends,
  receives: one.receives && other.receives,
});

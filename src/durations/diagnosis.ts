/** Limits of the steps of a diagnosis, in milliseconds, as `durations`. */
export const diagnosisDurations = {
  /** For a device to open: the browser may ask the user first. */
  checkedDevice: 30_000,
  /** How long a microphone is listened to at most, until it counts as silent. */
  checkedLevel: 3_000,
  /** For the first picture of a camera. */
  checkedPicture: 4_000,
  /** For the browser to name the addresses of this computer. */
  checkedAddresses: 3_000,
  /** For a STUN or TURN server to answer; TLS takes several round trips. */
  checkedRelay: 6_000,
  /** For a WebSocket to open, and for what finds out why it did not. */
  checkedSocket: 8_000,
  /** For the server to take the account. */
  checkedSignIn: 12_000,
  /** For the number of the echo to answer, or for both ends of the loop to connect. */
  checkedCall: 15_000,
  /** How long sound and picture are measured. */
  checkedMedia: 4_000,
  /** How long data are sent to measure the bandwidth. */
  checkedBandwidth: 2_000,
};

/** Internal waiting times of headsets, in milliseconds, as `durations`. */
export const headsetDurations = {
  /** For a headset to take a report: one that is out of reach may never do so. */
  headsetReport: 3_000,
  /** For the browser to say which tab has the headsets. */
  headsetLock: 3_000,
  /** For a headset to confirm that it is on-hook, or to be on-hook by itself before a hold. */
  headsetReply: 2_000,
  /** Between the two reports of a switch, up to which they are one press of a button. */
  headsetPulse: 300,
  /** Between two reports of one press, by two ways: two devices of a headset, or the headset and the system's controls. */
  samePress: 400,
};

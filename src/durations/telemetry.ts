/** Waiting times of telemetry, in milliseconds, as `durations`. */
export const telemetryDurations = {
  /** After an answer, while the first packet is looked for. */
  firstMedia: 10_000,
  /** Between two looks for it. */
  mediaLook: 50,
};

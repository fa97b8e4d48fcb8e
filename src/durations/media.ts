/** Waiting times of media, in milliseconds, as `durations`. */
export const mediaDurations = {
  /** For the browser to list its devices, until what is known of them counts: a driver may hang. */
  deviceList: 3_000,
  /** After the last question for the level of what arrives, until its meter is closed. */
  levelUnasked: 2_000,
  /** After the last packet of a sound, while its level counts. */
  freshLevel: 500,
  /** Between two measurements of a call: frequent enough for a meter, rare enough to cost nothing. */
  statisticsInterval: 2_000,
  /** Without a packet, until a call reports a stall. */
  mediaStall: 5_000,
  /** Stalled, until ICE is restarted; doubled each time. */
  stallRepair: 5_000,
  /** With media arriving, until the next stall counts as the first one again. */
  steadyMedia: 30_000,
  /**
   * Without a response to a consent check, until the other side counts as gone: checks are sent every 4 to 6 s (RFC
   * 7675 §5.1).
   */
  consentResponse: 7_000,
  /**
   * After a UDP host candidate, for the next one: browsers give them all at once. The other side learns a later one from
   * this side's checks (RFC 8445 §7.3.1.3).
   */
  nextHostCandidate: 5,
  /** For the first candidate: busy machines are slow, and there is no media without one. */
  firstCandidate: 5_000,
  /** For a relayed candidate if no others may be used: a browser asks a TURN server over UDP for almost 10 s. */
  relayCandidate: 10_000,
  /** With frames that do not decrypt alone, until the keys of the two sides count as different. */
  encryptionFailing: 1_000,
  /** For the page's function `encryption.key`, until the call ends. */
  encryptionKey: 20_000,
  /** For the worker that encrypts media, to load. */
  encryptionWorker: 10_000,
  /** For a connection that is about to connect, until it is closed. */
  connectionSettled: 1_000,
  /** For the camera of an answer: one that opens later is offered. */
  answerCamera: 2_000,
  /** For the mixer of a call to start: the browser suspends it until a user gesture. */
  mixerStart: 1_000,
  /** For the track that a page's processor makes of a device's track. */
  trackProcessor: 3_000,
  /** For an effect that the user has chosen, to load and to make the first picture or sound. */
  deviceEffect: 15_000,
  /** For the first frame of a photo, or of a call that a page places: the slowest cameras send one per second. */
  photoPicture: 2_000,
  /** For the mixer of a recording, or what hands sound to a recognizer, to start: some browsers open the device first. They report no refusal. */
  recordingSound: 4_000,
  /** For the first frame of each video of a recording, which then has its size and begins with both. */
  recordingFrame: 1_000,
  /** For the browser's recorder to start: Chromium's does with the first audio and video, and never without one of them. */
  recordingStart: 10_000,
  /** For the browser's recorder to report that it stopped. */
  recordingStop: 5_000,
  /** For the browser to open its private files, or to tell which locks are held: some never do. */
  privateFiles: 5_000,
  /** For the storage to write a part of a recording, until the recording ends with the parts before it. */
  recordingWrite: 30_000,
  /** For the storage to make the file of a recording that has ended, besides the length of the recording. */
  recordingFile: 60_000,
  /** For the last part of a recording after the browser has reported that the recorder stopped. */
  recordingLastPart: 2_000,
  /** For a recognizer of speech to hand in its last captions, after the sound has ended. */
  captionsEnd: 5_000,
  /** For a recording that the user has deleted, until it is gone for good. */
  restoring: 60_000,
  /** For the browser to read a downloaded file: Safari asks the user first. */
  downloadStart: 10_000,
  /** For the page's function `iceServers`, until it counts as failed. */
  iceServers: 20_000,
  /** For the page's ringtone to load, until a call rings with the built-in one. */
  ringtone: 1_000,
  /** For the browser to open a sound to play into a call, until it counts as unsupported. */
  soundLength: 3_000,
  /** How long the health of a call is `restored`, until it is `healthy` again. */
  restored: 10_000,
};

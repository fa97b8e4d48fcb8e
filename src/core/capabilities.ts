/** All capabilities that a server can have, before it is known what it supports. */
export const NO_CAPABILITIES = Object.freeze({
  /** Calls can be placed. */
  call: false,
  /** Text messages can be sent. */
  message: false,
  /** The server has a JSON API. */
  api: false,
  /** Groups, people and their positions. */
  directory: false,
  /** The server reports whether given numbers are available or in a call (`client.watchPeople`). */
  presence: false,
  /** Calls can be transferred. */
  transfer: false,
  /** Files can be uploaded to the server. */
  upload: false,
  /** Conferences can be created. */
  conference: false,
  /** Conferences are rooms that are joined by their number, even if no member is called. */
  rooms: false,
  /** Broadcasts to members who only listen can be created. */
  broadcast: false,
  /**
   * Members of a conference can be invited and removed, and their `speaking` and `hearing` changed. If the server has
   * several kinds of conferences, the `state.abilities` of each apply.
   */
  members: false,
  /** A member's video can be shown to all. */
  push: false,
  /** The server plays files into calls. */
  playFile: false,
  /** Groups in which one party speaks at a time. */
  intercom: false,
  /** Cameras can be monitored. */
  monitor: false,
  /** A member's video can be shown as a separate call. */
  memberVideo: false,
  /** This side can barge into calls of others. */
  bargeIn: false,
  /** This side can listen to calls of others. */
  listenIn: false,
  /** This side can barge into, listen to and end calls of others. */
  supervise: false,
  /** Urgent and SOS calls can be placed. */
  urgent: false,
});

/** What the server supports. A false capability has no control and rejects with `unsupported`. */
export type Capabilities = {readonly [K in keyof typeof NO_CAPABILITIES]: boolean};

import type {PreparedMedia} from '../../core/server/dialog.js';
import type {MediaSession} from '../../media/session/media-session.js';

/** A media session opened before its call has a dialog. */
export class PreparedSession implements PreparedMedia {
  #session: MediaSession | undefined;

  constructor(session: MediaSession) {
    this.#session = session;
  }

  /** Hands the session over, once. */
  take(): MediaSession | undefined {
    const session = this.#session;
    this.#session = undefined;
    return session;
  }

  release(): void {
    this.take()?.close();
  }
}

import {durations} from '../../durations/page.js';

/**
 * The text for screen readers about somebody who is writing: once when it begins, and not again for a minute, because people
 * pause and go on.
 */
export class ComposingAnnouncement {
  #subject = '';
  #announcedAt = -Infinity;
  #composing = false;
  #text = '';

  /**
   * Returns the text of the live region.
   *
   * @param subject - Whose conversation it is.
   */
  next(subject: string, composing: boolean, text: string): string {
    if (subject !== this.#subject)
      [this.#subject, this.#announcedAt, this.#composing] = [subject, -Infinity, false];
    if (!composing) this.#text = '';
    else if (!this.#composing && performance.now() - this.#announcedAt >= durations.composingNews)
      [this.#text, this.#announcedAt] = [text, performance.now()];
    this.#composing = composing;
    return this.#text;
  }
}

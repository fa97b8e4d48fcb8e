import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {toSipError, type SipError} from '../../errors.js';
import {answered} from '../shared/answer-controls.js';
import {incomingTerm} from '../shared/call-texts.js';
import {nameOf} from '../shared/people/people.js';
import {showNotification, type NotificationContent} from './call-notification.js';
import {linkWorker, type NotificationWorker} from './notification-worker.js';
import {pageSign} from './page-sign.js';

/** What is to be seen of calls that ring while the page cannot be seen. */
export interface BackgroundView {
  /** Oldest first. */
  readonly calls: readonly SipCall[];
  /** Whether calls are notifications too, where the browser lets them. */
  readonly notifies: boolean;
  /** The address of the service worker that shows buttons; empty for none. */
  readonly worker: string;
  readonly localize: LocalizeController;
  readonly commandsOf: (call: SipCall) => CommandController;
  /** The worker's address is of no use. */
  readonly onError: (error: SipError) => void;
}

/** A call that rang while the page was hidden. */
interface Ringing {
  /** Aborted when its notification goes, since the page can be seen. */
  shown?: AbortController;
  /** Aborted when it rings no more. */
  readonly ended: AbortController;
}

/** Lets be seen, in the page's title and icon and in notifications, that somebody rings while the page is hidden. */
export class BackgroundCalls {
  readonly #ringing = new Map<SipCall, Ringing>();
  #view: BackgroundView | undefined;
  #complained = '';

  /** Shows this from now on; nothing any more where there is no view. */
  show(view: BackgroundView | undefined): void {
    this.#view = view;
    document.removeEventListener('visibilitychange', this.#update);
    if (view?.calls.length) document.addEventListener('visibilitychange', this.#update);
    const newest = view?.calls.at(-1);
    pageSign.set(this, view && newest && titleOf(view, newest));
    // When it rings it is too late to fetch it.
    if (view && this.#allowed) void this.#worker(view);
    this.#update();
  }

  get #allowed(): boolean {
    return (
      !!this.#view?.notifies && typeof Notification !== 'undefined' && Notification.permission === 'granted'
    );
  }

  readonly #update = (): void => {
    const calls = this.#view?.calls ?? [];
    const notifies = this.#allowed && document.hidden;
    for (const [call, ringing] of this.#ringing) {
      if (!notifies || !calls.includes(call)) ringing.shown?.abort();
      if (calls.includes(call)) continue;
      ringing.ended.abort();
      this.#ringing.delete(call);
    }
    for (const call of notifies ? calls : []) this.#notify(this.#view!, call);
  };

  #notify(view: BackgroundView, call: SipCall): void {
    const ringing = this.#ringing.get(call) ?? {ended: new AbortController()};
    if (ringing.shown && !ringing.shown.signal.aborted) return;
    this.#ringing.set(call, ringing);
    ringing.shown = new AbortController();
    void this.#showNotification(view, call, ringing.shown.signal, ringing.ended.signal);
  }

  async #showNotification(
    view: BackgroundView,
    call: SipCall,
    shown: AbortSignal,
    ended: AbortSignal,
  ): Promise<void> {
    const worker = await this.#worker(view);
    if (shown.aborted) return;
    // Some systems have none but a worker's, some have none at all: it rings all the same.
    await showNotification(contentOf(view, call), worker, shown, ended).catch(() => {});
  }

  async #worker({worker, onError}: BackgroundView): Promise<NotificationWorker | undefined> {
    if (!worker) return undefined;
    try {
      return await linkWorker(worker);
    } catch (error) {
      if (this.#complained !== worker) onError(toSipError(error));
      this.#complained = worker;
      return undefined;
    }
  }
}

function titleOf({localize}: BackgroundView, call: SipCall): string {
  return `${localize.term(incomingTerm(call))}: ${nameOf(call.remote, localize)}`;
}

function contentOf({localize, commandsOf}: BackgroundView, call: SipCall): NotificationContent {
  const name = nameOf(call.remote, localize);
  const kind = localize.term(incomingTerm(call));
  const answer = {action: 'answer', title: localize.term(call.media === 'video' ? 'answerAudio' : 'answer')};
  return {
    title: name,
    body: name === call.remote.number ? kind : `${kind} · ${call.remote.number}`,
    lang: localize.lang(),
    actions: [{action: 'decline', title: localize.term('decline')}, ...(call.watched ? [] : [answer])],
    onAction: (action) =>
      void commandsOf(call).run(() => (action === 'decline' ? call.decline() : answered(call, 'audio'))),
  };
}

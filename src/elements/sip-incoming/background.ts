import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import {toSipError, type SipError} from '../../errors.js';
import {answered} from '../shared/calls/answer-controls.js';
import {declineTerm, incomingTerm, incomingText} from '../shared/calls/call-texts.js';
import {nameOf} from '../shared/people/people.js';
import {AnswerClaim} from './answer-claim.js';
import {showNotification, type NotificationContent} from './call-notification.js';
import {linkWorker, type NotificationWorker} from './notification-worker.js';
import {pageSign} from './page-sign.js';
import {RingSight} from './ring-sight.js';

/** The ringing calls to show while the user does not see them, and how to show them. */
export interface BackgroundView {
  /** The element that shows the calls. */
  readonly host: Element;
  readonly client: BaseClient | undefined;
  /** The calls, oldest first. */
  readonly calls: readonly SipCall[];
  /** Whether to show notifications as well, if the browser allows them. */
  readonly notifies: boolean;
  /** The address of the service worker that shows buttons; empty for none. */
  readonly worker: string;
  readonly localize: LocalizeController;
  readonly commandsOf: (call: SipCall) => CommandController;
  /** Called if the worker's address is invalid. */
  readonly onError: (error: SipError) => void;
}

/** A call that rang while the user did not see it. */
interface Ringing {
  /** Aborts when the notification is closed because the call is visible, or another one takes its place. */
  shown?: AbortController;
  /** Who calls, as the notification says it. */
  remote?: string;
  /** Aborts when the call no longer rings. */
  readonly ended: AbortController;
}

/**
 * Shows ringing calls in the page's title and icon and in notifications while the user does not see them: the page is
 * hidden, or the element is.
 */
export class BackgroundCalls {
  readonly #ringing = new Map<SipCall, Ringing>();
  #view: BackgroundView | undefined;
  readonly #sight = new RingSight(() => this.#update());
  readonly #answers = new AnswerClaim();
  #complained = '';

  /** Shows this view from now on; nothing if it is undefined. */
  show(view: BackgroundView | undefined): void {
    this.#view = view;
    this.#answers.follow(view);
    this.#sight.watch(view?.calls.length ? view.host : undefined);
    // Loads the worker in advance: when a call rings while hidden, it is too late.
    if (view?.worker && this.#allowed) void this.#worker(view);
    this.#update();
  }

  /** Whether notifications are shown. Chromium asks another process, which takes milliseconds: read it only if one is due. */
  get #allowed(): boolean {
    return (
      !!this.#view?.notifies && typeof Notification !== 'undefined' && Notification.permission === 'granted'
    );
  }

  #update(): void {
    const view = this.#view;
    const calls = view?.calls ?? [];
    const unseen = !this.#sight.visible;
    const newest = unseen ? calls.at(-1) : undefined;
    pageSign.set(this, view && newest && incomingText(newest, view.localize));
    const notifies = newest !== undefined && this.#allowed;
    for (const [call, ringing] of this.#ringing) {
      if (!notifies || !calls.includes(call)) ringing.shown?.abort();
      if (calls.includes(call)) continue;
      ringing.ended.abort();
      this.#ringing.delete(call);
    }
    for (const call of notifies ? calls : []) this.#notify(view!, call);
  }

  #notify(view: BackgroundView, call: SipCall): void {
    const ringing = this.#ringing.get(call) ?? {ended: new AbortController()};
    const {number, name, picture} = call.remote;
    const remote = JSON.stringify([number, name, picture]);
    if (ringing.shown && !ringing.shown.signal.aborted && ringing.remote === remote) return;
    ringing.shown?.abort();
    ringing.remote = remote;
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
    // Some systems only support notifications of a worker, some none at all: the call still rings.
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

function contentOf({localize, commandsOf}: BackgroundView, call: SipCall): NotificationContent {
  const name = nameOf(call.remote, localize);
  const kind = localize.term(incomingTerm(call));
  const answer = {action: 'answer', title: localize.term(call.media === 'video' ? 'answerAudio' : 'answer')};
  return {
    title: name,
    body: name === call.remote.number ? kind : `${kind} · ${localize.isolated(call.remote.number)}`,
    lang: localize.lang(),
    icon: call.remote.picture,
    actions: [
      {action: 'decline', title: localize.term(declineTerm(call))},
      ...(call.watched ? [] : [answer]),
    ],
    onAction: (action) =>
      void commandsOf(call).run(() => (action === 'decline' ? call.decline() : answered(call, 'audio'))),
  };
}

import {html, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {CallEventMap, SipCall} from '../../core/call/call.js';
import type {Party} from '../../core/types.js';
import {phoneForwardedIcon} from '../shared/icons/controls.js';
import {notice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';

type TransferEvent = CallEventMap['transferrequest'];

/** A request of the other side that has not been answered yet. */
interface Question {
  readonly call: SipCall;
  readonly request: TransferEvent['detail'];
  readonly answer: (agreed: boolean) => void;
  /** The elements that ask the question: one in each window. */
  readonly hosts: Set<ReactiveElement>;
}

/** The open questions, by request. */
const QUESTIONS = new WeakMap<Question['request'], Question>();

/**
 * Asks the user about requests of the other sides: whether to accept a transfer. The page is asked first; if it
 * answers, the user is not asked. A small window asks as well. A request that is not answered in time is refused, as is
 * one whose last host leaves.
 */
export class CallRequests implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #localize: LocalizeController;
  readonly #followed = new Map<SipCall, AbortController>();
  #questions: readonly Question[] = [];

  constructor(host: ReactiveElement, localize: LocalizeController) {
    this.#host = host;
    this.#localize = localize;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.follow([]);
    // An element that was only moved is connected again by then.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      for (const {hosts, answer} of this.#questions) {
        hosts.delete(this.#host);
        if (!hosts.size) answer(false);
      }
    });
  }

  /** Handles the requests of these calls only. */
  follow(theirs: readonly SipCall[]): void {
    // The host may render once more after it has left the page.
    const calls = this.#host.isConnected ? theirs : [];
    for (const [call, ending] of this.#followed) {
      if (calls.includes(call)) continue;
      ending.abort();
      this.#followed.delete(call);
    }
    for (const call of calls) {
      if (this.#followed.has(call)) continue;
      const ending = new AbortController();
      this.#followed.set(call, ending);
      call.addEventListener('transferrequest', (event) => this.#ask(call, event), {signal: ending.signal});
    }
  }

  /** Renders the oldest question; undefined if there is none. */
  render(): TemplateResult | undefined {
    const [question] = this.#questions;
    if (!question) return undefined;
    const localize = this.#localize;
    const {call, request, answer} = question;
    const target = targetOf(call.identify({name: '', number: request.target}), request.name, localize);
    const more = html`<span class="answers">
      <button part="refuse" class="pill" type="button" @click=${() => answer(false)}>
        ${localize.term('refuse')}
      </button>
      <button part="accept" class="pill accent" type="button" @click=${() => answer(true)}>
        ${localize.term('accept')}
      </button>
    </span>`;
    const text = localize.term('asksTransfer', nameOf(call.remote, localize), target);
    return notice(text, {localize, asks: phoneForwardedIcon, more});
  }

  #ask(call: SipCall, {detail: request, defaultPrevented}: TransferEvent): void {
    if (defaultPrevented) return;
    const host = this.#host;
    const question = QUESTIONS.get(request) ?? begin(call, request);
    // The page answers, or another element in this window does.
    if (!question || [...question.hosts].some(({ownerDocument}) => ownerDocument === host.ownerDocument))
      return;
    question.hosts.add(host);
    this.#change([...this.#questions, question]);
    // The containing element may be closed and can open.
    host.dispatchEvent(new Event('sip-question'));
    request.signal.addEventListener('abort', () =>
      this.#change(this.#questions.filter((other) => other !== question)),
    );
  }

  #change(questions: readonly Question[]): void {
    this.#questions = questions;
    this.#host.requestUpdate();
  }
}

/** The target as the user sees it: a name that the other side has written hides no number, which the user pays for. */
function targetOf(party: Party, written: string, localize: LocalizeController): string {
  const {name, number} = party;
  const isKnown = name && !number.includes('@');
  return isKnown || !(name || written) ? nameOf(party, localize) : `${name || written} (${number})`;
}

/** Returns undefined if the page answers. */
function begin(call: SipCall, request: Question['request']): Question | undefined {
  let answer!: Question['answer'];
  const answered = new Promise<boolean>((resolve) => (answer = resolve));
  if (!request.respondWith(answered)) return undefined;
  const question = {call, request, answer, hosts: new Set<ReactiveElement>()};
  QUESTIONS.set(request, question);
  return question;
}

import {html, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {CallEventMap, SipCall} from '../../core/call/call.js';
import {phoneForwardedIcon} from '../shared/icons.js';
import {notice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';

type TransferEvent = CallEventMap['transferrequest'];

/** Something that the other side of a call asks, and that nobody has answered yet. */
interface Question {
  readonly call: SipCall;
  readonly request: TransferEvent['detail'];
  readonly answer: (agreed: boolean) => void;
  /** Who asks it: one in each of the windows. */
  readonly hosts: Set<ReactiveElement>;
}

/** What is asked at this moment, by its request. */
const QUESTIONS = new WeakMap<Question['request'], Question>();

/**
 * Asks a person what the other sides of the calls ask: whether a call is put through. The page is asked first, and nobody
 * else where it has answered. A small window asks as well. What nobody answers in time is refused; so is what is asked when the
 * last host leaves.
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
    // An element that is moved is back by then.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      for (const {hosts, answer} of this.#questions) {
        hosts.delete(this.#host);
        if (!hosts.size) answer(false);
      }
    });
  }

  /** Asks for these calls, and for no others. */
  follow(theirs: readonly SipCall[]): void {
    // It may be rendered once more after it has left the page.
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

  /** The oldest question; undefined where there is none. */
  render(): TemplateResult | undefined {
    const [question] = this.#questions;
    if (!question) return undefined;
    const localize = this.#localize;
    const {call, request, answer} = question;
    const target = nameOf({name: request.name, number: request.target}, localize);
    const more = html`<span class="answers">
      <button part="refuse" class="pill" type="button" @click=${() => answer(false)}>
        ${localize.term('refuse')}
      </button>
      <button part="accept" class="pill go" type="button" @click=${() => answer(true)}>
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
    // The page answers, or another element in this window.
    if (!question || [...question.hosts].some(({ownerDocument}) => ownerDocument === host.ownerDocument))
      return;
    question.hosts.add(host);
    this.#change([...this.#questions, question]);
    // For what the host is in: it may be closed.
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

/** Undefined where the page answers. */
function begin(call: SipCall, request: Question['request']): Question | undefined {
  let answer!: Question['answer'];
  const answered = new Promise<boolean>((resolve) => (answer = resolve));
  if (!request.respondWith(answered)) return undefined;
  const question = {call, request, answer, hosts: new Set<ReactiveElement>()};
  QUESTIONS.set(request, question);
  return question;
}

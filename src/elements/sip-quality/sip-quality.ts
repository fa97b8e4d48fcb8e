import {nothing, type TemplateResult} from 'lit';
import type {SipCall} from '../../core/call/call.js';
import {CallControlElement} from '../controls/call-control.js';
import {setState} from '../shared/custom-state.js';
import {levelOf, type QualityLevel} from './level.js';
import type {QualityView} from './view.js';

/**
 * Shows how well the other side is heard, as four bars: from the estimated voice quality (MOS, ITU-T G.107), in a call of
 * pictures alone from the packet loss. A press opens a chart of the last four minutes and a table of all that is measured,
 * in both directions.
 *
 * The call is measured, every two seconds, while it stands and this can be seen: not while it is hidden, out of view, or
 * in a page in the background. Where nothing arrives for five seconds it says so, and why, as far as it can be told.
 * Without a call that stands it shows nothing.
 *
 * What it draws is loaded with the first call.
 *
 * @csspart button - The button with the bars.
 * @csspart details - What it opens.
 * @csspart notice - That nothing arrives, why, and what to do.
 * @csspart chart - The chart.
 * @cssstate good - The quality is such that nobody complains.
 * @cssstate fair - Some would complain.
 * @cssstate poor - Many would.
 * @cssstate bad - Nearly everybody would.
 * @cssstate stalled - Nothing arrives.
 */
export class SipQualityElement extends CallControlElement {
  readonly #internals = this.attachInternals();
  #followed: SipCall | undefined;
  #view: QualityView | undefined;
  #loading = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(undefined);
  }

  protected override willUpdate(): void {
    const call = this.#shown;
    this.#follow(call);
    if (call && !this.#view && !this.#loading) void this.#load();
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.#view?.render(this.#shown, this.labelled) ?? nothing;
  }

  protected override updated(): void {
    const call = this.#shown;
    const level = call && levelOf(call);
    for (const each of ['good', 'fair', 'poor', 'bad', 'stalled'] satisfies QualityLevel[])
      setState(this.#internals, each, each === level);
  }

  /** The call, while there is something to measure. */
  get #shown(): SipCall | undefined {
    const call = this.current;
    return call?.state.phase === 'answered' ? call : undefined;
  }

  #follow(call: SipCall | undefined): void {
    if (call === this.#followed) return;
    this.#followed?.removeEventListener('quality', this.#onChange);
    this.#followed = call;
    call?.addEventListener('quality', this.#onChange);
  }

  async #load(): Promise<void> {
    this.#loading = true;
    // What cannot be loaded is tried again with the next call.
    const loaded = await import('./view.js').catch(() => undefined);
    this.#loading = false;
    // Its window may have been closed meanwhile.
    if (!loaded || !this.isConnected) return;
    this.#view = new loaded.QualityView(this, this.localize);
    this.requestUpdate();
  }

  readonly #onChange = (): void => this.requestUpdate();
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-quality': SipQualityElement;
  }
}

import {nothing, type TemplateResult} from 'lit';
import type {SipCall} from '../../core/call/call.js';
import {CallControlElement} from '../controls/call-control.js';
import {setState} from '../shared/custom-state.js';
import {levelOf, type QualityLevel} from './level.js';
import type * as view from './view.js';

/**
 * Shows how well the other side is heard, as four bars. They show the estimated voice quality (MOS, ITU-T G.107), or
 * the packet loss in a video-only call. A press opens a chart of the last four minutes and a table of all measurements,
 * in both directions.
 *
 * The call is measured every two seconds while it is connected. If no media arrives for five seconds, the element
 * reports this and, as far as known, the reason. Without a connected call it shows nothing.
 *
 * The view is loaded with the first call.
 *
 * @csspart button - The button with the quality bars.
 * @csspart details - The popover with the chart and table.
 * @csspart notice - The message that no media arrives, with the reason and a remedy.
 * @csspart chart - The chart.
 * @cssstate good - Users are satisfied with the quality.
 * @cssstate fair - Some users are dissatisfied.
 * @cssstate poor - Many users are dissatisfied.
 * @cssstate bad - Nearly all users are dissatisfied.
 * @cssstate stalled - No media arrives.
 */
export class SipQualityElement extends CallControlElement {
  readonly #internals = this.attachInternals();
  #followed: SipCall | undefined;
  #view: typeof view | undefined;
  #loading = false;
  /** Whether the details are open. */
  #open = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(undefined);
  }

  protected override willUpdate(): void {
    const call = this.#shown;
    this.#follow(call);
    if (!call) this.#open = false;
    if (call && !this.#view && !this.#loading) void this.#load();
  }

  protected override render(): TemplateResult | typeof nothing {
    const call = this.#shown;
    if (!call || !this.#view) return nothing;
    const {localize, labelled} = this;
    return this.#view.qualityView(call, {localize, labelled, open: this.#open, onToggle: this.#onToggle});
  }

  protected override updated(): void {
    const call = this.#shown;
    const level = call && levelOf(call);
    for (const each of ['good', 'fair', 'poor', 'bad', 'stalled'] satisfies QualityLevel[])
      setState(this.#internals, each, each === level);
  }

  /** The call, while it can be measured. */
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
    // If loading fails, the next call tries again.
    const loaded = await import('./view.js').catch(() => undefined);
    this.#loading = false;
    // The element's window may have been closed meanwhile.
    if (!loaded || !this.isConnected) return;
    loaded.addStyles(this.shadowRoot!);
    this.#view = loaded;
    this.requestUpdate();
  }

  readonly #onChange = (): void => this.requestUpdate();

  readonly #onToggle = ({newState}: ToggleEvent): void => {
    this.#open = newState === 'open';
    this.requestUpdate();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-quality': SipQualityElement;
  }
}

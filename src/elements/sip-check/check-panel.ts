import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Diagnosis} from '../../core/diagnosis/diagnosis.js';
import type {CheckReport} from '../../core/diagnosis/report.js';
import type {CheckStep} from '../../core/diagnosis/step.js';
import {ERROR_TEXTS, SipError, type SipErrorCode} from '../../errors.js';
import '../../locales/call/quality-en.js';
import '../../locales/desk/check-en.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {checkIcon} from '../shared/icons/controls.js';
import {triangleAlertIcon, xIcon} from '../shared/icons.js';
import {commandNotice} from '../shared/notice.js';
import {repeat} from '../shared/repeat.js';
import {inner} from '../shared/styles/shared.styles.js';
import {clockIcon, minusIcon, stethoscopeIcon} from './icons.js';
import {styles} from './check-panel.styles.js';

/** The shape of each verdict, because a color alone is not enough. */
const SHAPES: Readonly<Record<CheckStep['verdict'], TemplateResult>> = {
  passed: checkIcon,
  warning: triangleAlertIcon,
  failed: xIcon,
  skipped: minusIcon,
  waiting: clockIcon,
  running: clockIcon,
};

/** Ways to a relay, of which one is enough: the step `relay` judges them together. */
const WAYS: ReadonlySet<CheckStep['name']> = new Set(['stun', 'turn-udp', 'turn-tcp', 'turn-tls']);

/** How much a step counts for calls. */
const weightOf = ({name, verdict}: CheckStep): CheckStep['verdict'] =>
  verdict === 'failed' && WAYS.has(name) ? 'warning' : verdict;

/** Whether a code is that of an error, which has its own sentence. */
const isErrorCode = (code: string): code is SipErrorCode =>
  code !== 'aborted' && Object.hasOwn(ERROR_TEXTS, code);

const FILE_NAME = 'sip-elements-report.json';

/** The contents of a `<sip-check>`. */
export class CheckPanelElement extends LitElement {
  static readonly parts = 'panel, check, progress, summary, step, report, mask, text, download, send, notice';

  static override styles = [inner, styles];

  /** The properties are those of `<sip-check>`. */
  @property({attribute: false}) echo = '';
  @property({attribute: false}) sends = false;

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  #diagnosis: Diagnosis | undefined;
  #diagnosed: BaseClient | undefined;
  #ending: AbortController | undefined;
  #masked = true;
  /** What is shown, and saved or sent as it is shown; undefined until it is asked for. */
  #made: CheckReport | undefined;
  #sent = false;

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, this.#diagnosis]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // No device stays open for nobody.
    this.#ending?.abort();
  }

  /** See `SipCheckElement.check`. */
  async check(): Promise<CheckReport> {
    const {client} = this.#client;
    if (!client) throw new SipError('not-connected');
    this.#ending?.abort();
    const {signal} = (this.#ending = new AbortController());
    this.#sent = false;
    this.#made = undefined;
    this.#diagnosed = client;
    const diagnosis = await client.diagnose({signal, echo: this.echo || undefined});
    this.#diagnosis = diagnosis;
    this.requestUpdate();
    await diagnosis.finished;
    return diagnosis.report();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=check]')?.focus();
  }

  protected override willUpdate(): void {
    // What was found of another account is not that of this one.
    if (!this.#diagnosed || this.#diagnosed === this.#client.client) return;
    this.#ending?.abort();
    this.#diagnosis = this.#diagnosed = this.#made = undefined;
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    return html`<div part="panel" class="card" role="group" aria-label=${localize.term('check')}>
      ${client ? this.#renderHead() : absenceNote(stethoscopeIcon, this.#client, localize)}
      ${commandNotice(this.#commands, localize)} ${this.#renderResult()}
      ${client ? this.#renderSteps() : nothing} ${client ? this.#renderReport() : nothing}
    </div>`;
  }

  #renderHead(): TemplateResult {
    const localize = this.#localize;
    const running = this.#diagnosis?.state.running ?? false;
    const word = running ? 'checkStop' : this.#diagnosis ? 'checkAgain' : 'checkStart';
    const [done, all] = this.#progress;
    return html`<div class="head">
        <b class="title line">${localize.term('check')}</b>
        <button part="check" class="pill ${running ? '' : 'accent'}" type="button" @click=${this.#onPress}>
          ${localize.term(word)}
        </button>
      </div>
      ${
        running
          ? html`<progress
              part="progress"
              max=${all}
              .value=${done}
              aria-label=${localize.term('checkProgress', String(done), String(all))}
            ></progress>`
          : nothing
      }`;
  }

  /** The verdict, and the steps to look at. Its height stays, so that no row moves at the end. */
  #renderResult(): TemplateResult {
    const localize = this.#localize;
    const running = this.#diagnosis?.state.running ?? false;
    const [done, all] = this.#progress;
    const names = this.#concerns.map(({name}) => localize.term('checkStep', name));
    return html`<div class="result" ?hidden=${!this.#diagnosis}>
      <p part="summary" class="summary ${this.#verdict}" role="status">${this.#summary}</p>
      ${
        running
          ? html`<p class="summary" aria-hidden="true">${localize.term('checkVerdict', 'running')}</p>
              <p class="quiet names" aria-hidden="true">
                ${localize.term('checkProgress', String(done), String(all))}
              </p>`
          : names.length > 0
            ? html`<p class="quiet names">${names.map((name) => html`<span><bdi>${name}</bdi></span>`)}</p>`
            : nothing
      }
    </div>`;
  }

  #renderSteps(): TemplateResult {
    const localize = this.#localize;
    if (!this.#diagnosis) return emptyNote(stethoscopeIcon, localize.term('checkIntro'));
    return html`<ul class="steps">
      ${repeat(
        this.#diagnosis.steps,
        ({name}) => name,
        (step) => this.#renderStep(step),
      )}
    </ul>`;
  }

  #renderStep(step: CheckStep): TemplateResult {
    const localize = this.#localize;
    const {name, verdict, code, subject} = step;
    const facts = this.#factsOf(step);
    return html`<li
      part="step"
      class=${verdict}
      data-step=${name}
      aria-busy=${verdict === 'running' ? 'true' : nothing}
    >
      <span class="shape" aria-hidden="true">${SHAPES[verdict]}</span>
      <div class="words">
        <div class="top">
          <b class="name">${localize.term('checkStep', name)}</b>
          <span class="verdict">${localize.term('checkVerdict', verdict)}</span>
        </div>
        ${code ? html`<p class="found">${this.#textOf(code, subject)}</p>` : nothing}
        ${
          facts.length > 0
            ? html`<p class="facts quiet">
                ${facts.map(
                  (fact) =>
                    html`<span class=${fact === subject ? nothing : 'value'}><bdi>${fact}</bdi></span>`,
                )}
              </p>`
            : nothing
        }
      </div>
    </li>`;
  }

  #renderReport(): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const diagnosis = this.#diagnosis;
    if (!diagnosis || diagnosis.state.running) return nothing;
    return html`<details part="report" class="report" @toggle=${() => this.requestUpdate()}>
      <summary>${localize.term('checkReport')}</summary>
      <p class="quiet">${localize.term('checkReportNote')}</p>
      <label class="mask"
        ><input
          part="mask"
          type="checkbox"
          .checked=${this.#masked}
          @change=${this.#onMask}
        />${localize.term('checkMasked')}</label
      >
      <pre part="text" class="text" dir="ltr" tabindex="0" aria-label=${localize.term('checkReport')}>
${this.#reportOpen ? this.#reportText : nothing}</pre>
      <div class="buttons">
        <button part="download" class="pill" type="button" @click=${this.#onDownload}>
          ${localize.term('checkDownload')}
        </button>
        ${
          this.sends
            ? html`<button part="send" class="pill accent" type="button" @click=${this.#onSend}>
                ${localize.term('checkSend')}
              </button>`
            : nothing
        }
      </div>
      <p class="quiet" role="status">${this.#sent ? localize.term('checkSent') : nothing}</p>
    </details>`;
  }

  get #reportOpen(): boolean {
    return this.renderRoot.querySelector('details')?.open ?? false;
  }

  /** Made once: what happens meanwhile would change it after the user has read it. */
  get #report(): CheckReport {
    return (this.#made ??= this.#diagnosis!.report({numbers: this.#masked ? 'masked' : 'whole'}));
  }

  get #reportText(): string {
    return JSON.stringify(this.#report, undefined, 2);
  }

  /** How many steps have ended, and how many there are. */
  get #progress(): [done: number, all: number] {
    const steps = this.#diagnosis?.steps ?? [];
    const open = steps.filter(({verdict}) => verdict === 'waiting' || verdict === 'running');
    return [steps.length - open.length, steps.length];
  }

  /** The steps that the verdict comes from. */
  get #concerns(): CheckStep[] {
    const verdict = this.#verdict;
    if (verdict !== 'failed' && verdict !== 'warning') return [];
    const concerns = this.#diagnosis!.steps.filter((step) => weightOf(step) === verdict);
    const judged = concerns.some(({name}) => name === 'relay');
    return concerns.filter(({name}) => !judged || !WAYS.has(name));
  }

  /** The worst of all verdicts, once the check has ended; empty before. */
  get #verdict(): '' | 'passed' | 'warning' | 'failed' | 'skipped' {
    const diagnosis = this.#diagnosis;
    if (!diagnosis || diagnosis.state.running) return '';
    const has = (wanted: string): boolean => diagnosis.steps.some((step) => weightOf(step) === wanted);
    if (has('failed')) return 'failed';
    if (diagnosis.steps.some(({code}) => code === 'aborted')) return 'skipped';
    return has('warning') ? 'warning' : 'passed';
  }

  get #summary(): string | typeof nothing {
    const verdict = this.#verdict;
    if (!verdict) return nothing;
    const terms = {
      passed: 'checkPassed',
      warning: 'checkLimited',
      failed: 'checkFailed',
      skipped: 'checkStopped',
    } as const;
    return this.#localize.term(terms[verdict]);
  }

  #textOf(code: NonNullable<CheckStep['code']>, subject: string | undefined): string {
    const localize = this.#localize;
    return isErrorCode(code) ? localize.describe({code, subject}) : localize.term('checkFinding', code);
  }

  /** What was measured, as far as users can make use of it. */
  #factsOf({code, subject, values = {}}: CheckStep): string[] {
    const localize = this.#localize;
    const number = (name: string): number | undefined =>
      typeof values[name] === 'number' ? values[name] : undefined;
    const [milliseconds, kilobits, mos, trip] = ['milliseconds', 'kilobits', 'mos', 'roundTrip'].map(number);
    const [width, height, loss, jitter] = ['width', 'height', 'loss', 'jitter'].map(number);
    const unit = (value: number, name: string): string =>
      localize.number(value, {style: 'unit', unit: name, unitDisplay: 'short'});
    return [
      subject !== undefined && code && !isErrorCode(code) ? subject : '',
      width && height ? `${width} × ${height}` : '',
      milliseconds === undefined ? '' : unit(milliseconds, 'millisecond'),
      mos === undefined ? '' : `MOS ${localize.number(mos, {maximumFractionDigits: 1})}`,
      trip === undefined ? '' : `${localize.term('roundTrip')} ${unit(trip, 'millisecond')}`,
      loss === undefined
        ? ''
        : `${localize.term('packetLoss')} ${localize.number(loss, {style: 'percent', maximumFractionDigits: 1})}`,
      jitter === undefined ? '' : `${localize.term('jitter')} ${unit(jitter, 'millisecond')}`,
      kilobits === undefined ? '' : `${localize.number(kilobits)} kbit/s`,
    ].filter(Boolean);
  }

  readonly #onPress = (): void => {
    if (this.#diagnosis?.state.running) this.#ending?.abort();
    else void this.#commands.run(() => this.check());
  };

  readonly #onMask = ({target}: Event): void => {
    this.#masked = (target as HTMLInputElement).checked;
    this.#made = undefined;
    this.requestUpdate();
  };

  readonly #onDownload = (): void => {
    const file = new Blob([this.#reportText], {type: 'application/json'});
    void this.#commands.run(async () => {
      const {download} = await import('../../media/recording/download.js');
      download(file, FILE_NAME);
    });
  };

  readonly #onSend = (): void => {
    const detail = {report: this.#report};
    this.dispatchEvent(new CustomEvent('sip-check-report', {detail, bubbles: true, composed: true}));
    this.#sent = true;
    this.requestUpdate();
  };
}

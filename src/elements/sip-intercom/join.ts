import {html, nothing, type TemplateResult} from 'lit';
import {CancelableCommand} from '../../controllers/cancelable-command.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import {isWaiting} from '../../core/call/newest-call.js';
import {cleanNumber, writtenNumbers} from '../../core/util/number.js';
import {SipError} from '../../errors.js';
import {answered} from '../shared/answer-controls.js';
import {insertCleaned} from '../shared/people/dial-field.js';
import {radioIcon} from '../shared/icons.js';
import {isRegistered, registrationStatus} from '../shared/registration.js';
import type {IntercomContext} from './host.js';

/** Joins a group: the one that the element names, the one typed, or one that its members are called into. */
export class Join {
  readonly #context: IntercomContext;
  readonly #joining: CancelableCommand;
  #typed = '';
  #made: SipIntercom | undefined;

  constructor(context: IntercomContext) {
    this.#context = context;
    this.#joining = new CancelableCommand(context.host, context.commands);
  }

  /** The intercom joined here last. */
  get made(): SipIntercom | undefined {
    return this.#made;
  }

  /** Joins the group. @throws {SipError} */
  start(): Promise<SipIntercom> {
    const {client} = this.#context;
    return this.#joining.attempt(async (signal) => {
      const caller = client();
      if (!caller) throw new SipError('not-connected');
      const intercom = await this.#ask(caller, signal);
      if (signal.aborted) {
        // The user canceled while the server replied.
        await intercom.hangup();
        throw new SipError('aborted', {subject: 'start'});
      }
      return (this.#made = intercom);
    });
  }

  /** Cancels a request that the server has not answered yet; returns false if there is none. */
  cancel(): boolean {
    return this.#joining.cancel();
  }

  render(client: BaseClient): TemplateResult {
    const {host, localize, commands} = this.#context;
    const {group, members, name} = host;
    const title = name || (group ? `${localize.term('intercom')} ${group}` : localize.term('intercom'));
    const ready = isRegistered(client);
    const joining = this.#joining.running;
    const reason = ready ? nothing : localize.describe({code: 'not-registered'});
    const button = html`<button
      part="join"
      class="pill go"
      type="button"
      title=${reason}
      aria-disabled=${ready && !joining ? nothing : 'true'}
      @click=${this.#press}
    >
      ${radioIcon} ${localize.term(joining ? 'joining' : 'join')}
    </button>`;
    const cancel = html`<button part="cancel" class="pill" type="button" @click=${() => this.cancel()}>
      ${localize.term('cancel')}
    </button>`;
    return html`<div class="bar">
        <b class="line">${title}</b><span class="space"></span>
        ${ready ? nothing : registrationStatus(client, localize, commands)}
      </div>
      <div class="form">
        ${group || writtenNumbers(members).length ? nothing : this.#renderField()}
        <p class="quiet hint">${localize.term('joinHint')}</p>
        <div class="buttons">${button} ${joining ? cancel : nothing}</div>
      </div>`;
  }

  #renderField(): TemplateResult {
    const label = this.#context.localize.term('groupNumber');
    return html`<input
      part="group-field"
      class="input number"
      type="tel"
      autocomplete="off"
      spellcheck="false"
      enterkeyhint="go"
      aria-label=${label}
      placeholder=${label}
      .value=${this.#typed}
      @beforeinput=${(event: InputEvent) => {
        if (insertCleaned(event.target as HTMLInputElement, event)) this.#onInput(event);
      }}
      @input=${this.#onInput}
      @keydown=${this.#onKeydown}
    />`;
  }

  async #ask(client: BaseClient, signal: AbortSignal): Promise<SipIntercom> {
    const {group, members, number, name} = this.#context.host;
    if (group || !writtenNumbers(members).length) {
      const wanted = cleanNumber(group || this.#typed);
      const calls = client.state.calls.filter(isIntercom).filter(isWaiting);
      const rings = calls.find(({remote}) => remote.number === wanted);
      if (!rings) return client.intercom(wanted, {signal});
      await answered(rings, 'audio');
      return rings;
    }
    return client.intercom({members, number, name, signal});
  }

  /** Joins; without a registration it shows the reason, without a group it focuses the field. */
  readonly #press = (): void => {
    const {client, commands, host} = this.#context;
    if (this.#joining.running) return;
    const field = host.renderRoot.querySelector<HTMLInputElement>('[part=group-field]');
    if (!isRegistered(client())) commands.tell(new SipError('not-registered'));
    else if (field && !this.#typed.trim()) field.focus();
    else void commands.told(this.start());
  };

  readonly #onInput = ({target}: Event): void => {
    this.#typed = (target as HTMLInputElement).value;
    this.#context.commands.dismiss();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || event.repeat) return;
    event.preventDefault();
    this.#press();
  };
}

import {css, html, LitElement, type TemplateResult} from 'lit';
import {query, state} from 'lit/decorators.js';
import {callContext} from '../../context/call-context.js';
import {clientContext} from '../../context/client-context.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {commandsContext, inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {SipError} from '../../errors.js';
import {PeopleField} from '../shared/people/people-field.js';
import {form} from '../shared/styles/form.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {formField} from './form-field.js';
import {fields, panelForm} from './conference.styles.js';
import {userPlusIcon} from './icons.js';
import {memberCommandsContext, type MemberCommands} from './member-commands.js';

/** The field that invites people to the conference. */
export class ConferenceInviteElement extends LitElement {
  static readonly parts = 'members-field, call';

  static override styles = [
    inner,
    form,
    fields,
    panelForm,
    css`
      .pill {
        justify-self: start;
        padding-inline: var(--_space-4);
      }
    `,
  ];

  @inherited(clientContext) client!: BaseClient;
  @inherited(callContext) conference!: SipConference;
  @inherited(commandsContext) commands!: CommandController;
  @inherited(memberCommandsContext) memberCommands!: MemberCommands;

  /** What is wrong with the text in the field. */
  @state() private wrong: SipError | undefined;

  @query('input') private readonly input!: HTMLElement | null;

  readonly #localize = new LocalizeController(this);
  #field!: PeopleField;

  override focus(options?: FocusOptions): void {
    this.input?.focus(options);
  }

  protected override willUpdate(): void {
    this.#field ??= new PeopleField(
      {
        host: this,
        localize: this.#localize,
        commands: this.commands,
        client: () => this.client,
        group: 'group',
        onCheck: (wrong) => (this.wrong = wrong),
      },
      (people) => this.memberCommands.invite(this.conference, people),
    );
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const error = this.wrong && localize.describe(this.wrong);
    return html`<div class="form">
      ${formField({
        id: 'members',
        label: localize.term('memberNumbers'),
        hint: localize.term('inviteHint'),
        error,
        control: (marks) => this.#field.render(() => {}, marks),
      })}
      <button part="call" class="pill accent" type="button" @click=${this.#invite}>
        ${userPlusIcon} ${localize.term('invite')}
      </button>
    </div>`;
  }

  readonly #invite = (): void => {
    if (this.#field.empty || !this.#field.take()) this.focus();
  };
}

import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import {isPatchable} from '../../core/patches/can-merge.js';
import type {SipPatch} from '../../core/patches/patch.js';
import type {PatchPart} from '../../core/types.js';
import {SipError} from '../../errors.js';
import '../../locales/patch-en.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {xIcon} from '../shared/icons.js';
import {usersIcon} from '../shared/icons/phone.js';
import {commandNotice} from '../shared/notice.js';
import {nameLine, nameOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {inner} from '../shared/styles/shared.styles.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';

/** The parts that the user can have: the part of the button, its word and its tooltip, and the method of the patch. */
const PARTS = [
  ['joined', 'join', 'joinPatch', 'joinPatchHint', 'join'],
  ['listening', 'listen', 'listenToPatch', 'listenToPatchHint', 'listen'],
  ['out', 'step-out', 'stepOut', 'stepOutHint', 'leave'],
] as const satisfies readonly (readonly [PatchPart, ...string[]])[];

/**
 * The patches of a client, each as a row with its members and the user's part, and a form that connects calls, conferences
 * and intercoms. Merged calls are left out: their lines say so.
 */
export class PatchesPanelElement extends LitElement {
  static readonly parts = [
    'patch, patch-member, take-out, also-connect, join, listen, step-out, disconnect',
    'connect-calls, choices, cancel, connect, notice',
  ].join();

  static override styles = [
    inner,
    toggleStyles,
    css`
      .patch,
      form,
      .start {
        display: grid;
        gap: var(--_space-2);
        padding: var(--_space-3) var(--_space-4);
        border-block-end: 1px solid var(--_border);
        font-size: var(--_text-s);
      }
      .head,
      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--_space-2);
      }
      .head b {
        flex: 1 1 6rem;
      }
      ul {
        display: grid;
        gap: var(--_space-1);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li,
      label {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        min-block-size: var(--_small);
      }
      li {
        flex-wrap: wrap;
      }
      li > .party,
      label > .party {
        flex: 1;
      }
      .refusal {
        flex: 1 0 100%;
      }
      .pill {
        --_control: var(--_small);
        max-inline-size: 100%;
      }
      .patch .pill[aria-pressed='true'] {
        background: var(--_accent);
        color: var(--_surface);
      }
      .head .pill,
      .also .pill {
        flex: 0 1 auto;
      }
      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
        min-inline-size: 0;
      }
      legend {
        padding: 0;
      }
      input {
        flex: none;
        inline-size: 1.125rem;
        block-size: 1.125rem;
        margin: 0;
        accent-color: currentcolor;
      }
      .notice {
        margin: var(--_space-2) var(--_space-3);
      }
    `,
  ];

  @property({attribute: false}) client!: BaseClient;
  /** Whether the user chooses what to connect. */
  @state() private choosing = false;
  @state() private chosen: readonly SipCall[] = [];

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.client, ...this.client.state.calls, ...this.client.patches]);
    new FocusKeeper(this, (focused) => {
      const kinds = ['[part=take-out]', '[part=also-connect]'];
      const kind = kinds.find((each) => focused.matches(each));
      return () => this.renderRoot.querySelector<HTMLElement>([kind, 'button'].find(this.#has) ?? 'button');
    });
  }

  /** The calls that can be connected. */
  get #free(): readonly SipCall[] {
    return this.client.state.calls.filter(isPatchable);
  }

  get #chosen(): readonly SipCall[] {
    return this.#free.filter((call) => this.chosen.includes(call));
  }

  protected override willUpdate(): void {
    if (this.#free.length < 2) this.choosing = false;
  }

  protected override render(): TemplateResult {
    const {client} = this;
    const free = this.#free;
    const patches = client.patches.filter(({merges}) => !merges);
    return html`${repeat(
      patches,
      ({id}) => id,
      (patch) => this.#renderPatch(patch, free),
    )}
    ${free.length < 2 ? nothing : this.choosing ? this.#renderForm(free) : this.#renderStart()}
    ${commandNotice(this.#commands, this.#localize)}`;
  }

  #renderPatch(patch: SipPatch, free: readonly SipCall[]): TemplateResult {
    const localize = this.#localize;
    return html`<div part="patch" class="patch" role="group" aria-label=${localize.term('callsConnected')}>
      <div class="head">
        ${usersIcon}<b>${localize.term('callsConnected')}</b>
        ${this.#button('disconnect', localize.term('endConnection'), () => patch.end())}
      </div>
      <ul>
        ${repeat(
          patch.calls,
          ({id}) => id,
          (call) => this.#renderMember(patch, call),
        )}
      </ul>
      <div class="buttons" role="group" aria-label=${localize.term('yourPart')}>
        ${PARTS.map(([part, name, word, hint, method]) =>
          this.#button(name, localize.term(word), () => patch[method](), {
            pressed: patch.state.part === part,
            hint: localize.term(hint),
          }),
        )}
      </div>
      ${
        free.length
          ? html`<div class="buttons also">
              ${free.map((call) =>
                this.#button(
                  'also-connect',
                  localize.term('alsoConnect', nameOf(call.remote, localize)),
                  () => patch.add(call),
                ),
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  #renderMember(patch: SipPatch, call: SipCall): TemplateResult {
    const localize = this.#localize;
    const refusal = patch.state.members.find(({id}) => id === call.id)?.refusal;
    const takeOut = localize.term('takeOut', nameOf(call.remote, localize));
    return html`<li part="patch-member">
      ${nameLine(call.remote, localize)}
      ${commandButton(takeOut, xIcon, () => this.#run(() => patch.remove(call)), {
        part: 'take-out',
        look: 'toggle',
      })}
      ${
        refusal
          ? html`<span class="refusal" role="status">${localize.describe(new SipError(refusal))}</span>`
          : nothing
      }
    </li>`;
  }

  #renderStart(): TemplateResult {
    return html`<div class="start">
      ${this.#button('connect-calls', this.#localize.term('connectCalls'), async () => this.#choose(true))}
    </div>`;
  }

  #renderForm(free: readonly SipCall[]): TemplateResult {
    const localize = this.#localize;
    const chosen = this.#chosen;
    const refused = chosen.length < 2 || this.#commands.pending;
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        if (this.#chosen.length > 1) this.#run(() => this.#connect());
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        this.#choose(false);
      }}
    >
      <fieldset part="choices">
        <legend>${localize.term('connectCallsHint')}</legend>
        ${repeat(
          free,
          ({id}) => id,
          (call) =>
            html`<label>
              <input
                type="checkbox"
                .checked=${chosen.includes(call)}
                @change=${() => {
                  const others = this.chosen.filter((other) => other !== call);
                  this.chosen = others.length < this.chosen.length ? others : [...others, call];
                }}
              />
              ${nameLine(call.remote, localize)}
            </label>`,
        )}
      </fieldset>
      <div class="buttons">
        ${this.#button('cancel', localize.term('cancel'), async () => this.#choose(false))}
        <button part="connect" class="pill accent" type="submit" aria-disabled=${refused ? 'true' : nothing}>
          ${localize.term('connectChosen')}
        </button>
      </div>
    </form>`;
  }

  #button(
    part: string,
    word: string,
    command: () => Promise<void>,
    {pressed, hint}: {readonly pressed?: boolean; readonly hint?: string} = {},
  ): TemplateResult {
    return commandButton(undefined, html`<span class="line">${word}</span>`, () => this.#run(command), {
      part,
      look: 'pill',
      tip: hint ?? nothing,
      pressed,
    });
  }

  #run(command: () => Promise<void>): void {
    if (!this.#commands.pending) void this.#commands.run(command);
  }

  async #connect(): Promise<void> {
    await this.client.patch(this.#chosen);
    this.#choose(false);
  }

  #choose(choosing: boolean): void {
    this.choosing = choosing;
    // All are chosen at first: a dispatcher mostly connects what runs.
    this.chosen = choosing ? this.#free : [];
    this.#commands.dismiss();
    if (choosing) void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.focus());
  }

  readonly #has = (selector: string | undefined): boolean =>
    selector !== undefined && this.renderRoot.querySelector(selector) !== null;
}

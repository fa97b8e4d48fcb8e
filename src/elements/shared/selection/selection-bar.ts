import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {ClientController} from '../../../controllers/client-controller.js';
import {CommandController} from '../../../controllers/command-controller.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {SignOutController} from '../../../controllers/sign-out-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {Person} from '../../../core/directory/people.js';
import {groupConversation} from '../../../core/messages/message.js';
import type {Party} from '../../../core/types.js';
import {SipError} from '../../../errors.js';
import '../../../locales/desk/selection-en.js';
import {xIcon} from '../icons.js';
import {rotateCwIcon} from '../icons/later.js';
import {errorNotice, notice} from '../notice.js';
import {nameOf, namesOf, titleOf} from '../people/people.js';
import {isRegistered, unregisteredReason} from '../registration.js';
import {repeat} from '../repeat.js';
import {form} from '../styles/form.styles.js';
import {offerAction} from '../people/directory-action.js';
import {inner} from '../styles/shared.styles.js';
import {toggleStyles} from '../styles/toggle.styles.js';
import {CallRound} from './call-round.js';
import {GroupStart} from './group-start.js';
import type {ReportChoice, ReportLine, ReportView, SelectionTask} from './report.js';
import {ACTIONS, LINES, type SelectionAction} from './selection-actions.js';
import {nameOfSelected, onlyGroup, selectedPeople} from './selected-people.js';
import {selectionOf, type Selected, type Selection} from './selection.js';
import {styles} from './selection-bar.styles.js';
import {MOST_PEOPLE, RollCall} from './roll-call.js';
import {TextRound} from './text-round.js';

/** What is begun with a selection. */
type TaskKind = 'call' | 'roll' | 'text' | 'group';

/** The terms that say how to select. */
export type SelectionHint = 'selectHint' | 'keysHint' | 'mapChoose';

/** What an action needs: the selection as it was when the action was chosen, or what was given instead of it. */
interface Chosen {
  readonly client: BaseClient;
  readonly items: readonly Selected[];
  readonly given?: boolean;
}

/**
 * The bar of a selection: how much is selected, and what can be done with it. Over it lie the text that is written to those
 * who are selected, and what became of each.
 *
 * @fires {Event} leave - The bar no longer has what had the focus.
 */
export class SelectionBarElement extends LitElement {
  static override styles = [inner, form, toggleStyles, styles];

  /** The term that says how to select. */
  @property({attribute: false}) hint: SelectionHint = 'selectHint';
  /** The selection that a text is written to. */
  @state() private writing: readonly Selected[] | undefined;
  /** Why nothing was done. */
  @state() private remark: 'noOneSelected' | 'noCameraSelected' | 'rollRunning' | 'rollTooLarge' | undefined;
  /** What was begun in this bar, by its kind. */
  @state() private tasks: ReadonlyMap<TaskKind, SelectionTask> = new Map();

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  #text = '';
  /** The kind of the report that has the focus. */
  #focused: string | undefined;
  /** Whether what a text is written to was given instead of the selection. */
  #writingGiven = false;

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      this.#selection,
      ...[...this.#allTasks.values()].flatMap(({sources}) => sources),
    ]);
    new SignOutController(
      this,
      () => this.#client.client,
      () => this.#forget(),
    );
  }

  /** What was begun in this bar, and the roll call of the client. */
  get #allTasks(): ReadonlyMap<TaskKind, SelectionTask> {
    const rollCall = this.#selection?.state.rollCall;
    return rollCall ? new Map([...this.tasks, ['roll', rollCall]]) : this.tasks;
  }

  get #selection(): Selection | undefined {
    const {client} = this.#client;
    return client && selectionOf(client);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // If the bar was only moved, it is connected again by then.
    setTimeout(() => {
      if (!this.isConnected) this.#forget();
    });
  }

  protected override willUpdate(): void {
    const report = this.renderRoot.querySelector<HTMLElement>('.report:focus-within');
    this.#focused = report?.dataset['kind'];
  }

  /** The focus stays in its report if the button that had it is gone. */
  protected override updated(): void {
    if (this.#focused && !this.matches(':focus-within'))
      this.renderRoot.querySelector<HTMLElement>(`.report[data-kind=${this.#focused}] .lines`)?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const {client} = this.#client;
    const selection = this.#selection;
    if (!client || !selection) return nothing;
    const {items} = selection.state;
    return html`<div class="over">${this.#renderNotice()} ${this.#renderReports()} ${this.#renderText()}</div>
      <div class="hidden" role="status">${items.length ? this.#count(items) : ''}</div>
      ${items.length ? this.#renderBar(client, items) : this.#renderHint()}`;
  }

  #renderHint(): TemplateResult {
    return html`<p class="hint quiet">${this.#localize.term(this.hint)}</p>`;
  }

  #renderBar(client: BaseClient, items: readonly Selected[]): TemplateResult {
    const localize = this.#localize;
    const clear = localize.term('clearSelection');
    const names = namesOf(items, localize);
    return html`<div
      part="selection"
      class="bar"
      role="group"
      aria-label=${localize.term('selectionBar')}
      @keydown=${this.#onKeydown}
    >
      ${LINES.map(
        (line, index) =>
          html`<div class="actions">
            ${
              index === 0
                ? html`<b part="selection-count" class="number line count" title=${names} aria-hidden="true"
                      >${this.#count(items)}</b
                    >
                    <button
                      part="clear-selection"
                      class="toggle"
                      type="button"
                      aria-label=${clear}
                      title=${clear}
                      @click=${() => this.#clear()}
                    >
                      ${xIcon}
                    </button>`
                : nothing
            }
            ${line
              .filter((action) => client.capabilities[ACTIONS[action].needs])
              .map((action) => this.#renderAction(action, client))}
          </div>`,
      )}
    </div>`;
  }

  #renderAction(action: SelectionAction, client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const {icon, term, hint} = ACTIONS[action];
    const reason = unregisteredReason(client, localize);
    const name = localize.term(term);
    return html`<button
      part="selection-action"
      class="pill ${action} ${action === 'conference' ? 'accent' : ''}"
      type="button"
      data-action=${action}
      aria-label=${name}
      title=${localize.explained(name, reason ?? localize.term(hint))}
      aria-disabled=${reason ? 'true' : nothing}
      @click=${() => void this.act(action)}
    >
      ${icon}<span class="line">${name}</span>
    </button>`;
  }

  #renderNotice(): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const {error} = this.#commands;
    if (error) return errorNotice(error, undefined, {localize, onDismiss: this.#commands.dismiss});
    const {remark} = this;
    if (!remark) return nothing;
    return notice(localize.term(remark), {localize, warns: true, onDismiss: () => (this.remark = undefined)});
  }

  #renderReports(): TemplateResult[] {
    return [...this.#allTasks].flatMap(([kind, task]) => {
      const view = task.view(this.#localize);
      return view ? [this.#renderReport(kind, view)] : [];
    });
  }

  #renderReport(
    kind: TaskKind,
    {title, lines, buttons = [], again, choice, stays}: ReportView,
  ): TemplateResult {
    const localize = this.#localize;
    const close = localize.term('close');
    return html`<section part="selection-report" class="report" data-kind=${kind} aria-label=${title}>
      <div class="head">
        <b class="line" role="status">${title}</b>
        ${repeat(
          buttons,
          ({name}) => name,
          ({name, icon, disabled, onPress}) =>
            html`<button
              class="pill"
              type="button"
              aria-label=${name}
              title=${name}
              aria-disabled=${disabled ? 'true' : nothing}
              @click=${disabled ? nothing : onPress}
            >
              ${icon}<span>${name}</span>
            </button>`,
        )}
        ${
          stays
            ? nothing
            : html`<button
                class="toggle"
                type="button"
                aria-label=${close}
                title=${close}
                @click=${() => this.#drop(kind)}
              >
                ${xIcon}
              </button>`
        }
      </div>
      ${choice ? this.#renderChoice(choice) : nothing}
      <div class="lines" role="list" tabindex="0" aria-label=${title}>
        ${repeat(
          lines,
          ({number}) => number,
          (line) => this.#renderLine(line, again),
        )}
      </div>
    </section>`;
  }

  #renderChoice({name, value, options, onChange}: ReportChoice): TemplateResult {
    return html`<label class="choice quiet">
      ${name}
      <select class="input" @change=${({target}: Event) => onChange((target as HTMLSelectElement).value)}>
        ${options.map(
          (option) =>
            html`<option value=${option.value} ?selected=${option.value === value}>${option.text}</option>`,
        )}
      </select>
    </label>`;
  }

  #renderLine(line: ReportLine, again: 'callPersonAgain' | 'sendPersonAgain'): TemplateResult {
    const localize = this.#localize;
    const party = this.#client.client?.identify({number: line.number, name: line.name}) ?? line;
    const name = nameOf(party, localize);
    const title = localize.term(again, name);
    return html`<div class="row ${line.tone}" role="listitem" data-number=${line.number}>
      <bdi class="line name" title=${titleOf(party, localize)}>${name}</bdi>
      ${name === line.number ? nothing : html`<bdi class="quiet number">${line.number}</bdi>`}
      <span class="tone">${line.text}</span>
      ${
        line.again
          ? html`<button
              class="toggle again"
              type="button"
              aria-label=${title}
              title=${title}
              @click=${line.again}
            >
              ${rotateCwIcon}
            </button>`
          : html`<span class="toggle" aria-hidden="true"></span>`
      }
    </div>`;
  }

  #renderText(): TemplateResult | typeof nothing {
    if (!this.writing) return nothing;
    const localize = this.#localize;
    return html`<form
      part="selection-text"
      class="write"
      @submit=${this.#onSubmit}
      @keydown=${this.#onTextKey}
    >
      <label for="text"
        ><b>${localize.term('selectText')}</b>
        <span class="quiet">${namesOf(this.writing, localize)}</span></label
      >
      <textarea
        id="text"
        class="input"
        dir="auto"
        rows="3"
        maxlength="4000"
        .value=${this.#text}
        @input=${({target}: Event) => (this.#text = (target as HTMLTextAreaElement).value)}
      ></textarea>
      <div class="actions">
        <button class="pill" type="button" @click=${() => this.#closeText()}>
          ${localize.term('cancel')}
        </button>
        <button class="pill accent" type="submit">${localize.term('sendTexts')}</button>
      </div>
    </form>`;
  }

  #count(items: readonly Selected[]): string {
    return this.#localize.term('selectedCount', String(items.length));
  }

  /**
   * Does an action; resolves when it has begun, or failed.
   *
   * @param given - What it is done with instead of the selection, which stays.
   */
  async act(action: SelectionAction, given?: readonly Selected[]): Promise<void> {
    const {client} = this.#client;
    const items = given ?? this.#selection?.state.items ?? [];
    if (!client || !items.length || this.#commands.pending) return;
    this.remark = undefined;
    if (!isRegistered(client)) return this.#commands.fail(new SipError('not-registered'));
    const event = new CustomEvent('sip-selection-action', {
      detail: {action, selected: items},
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    const chosen = {client, items, given: !!given};
    if (!this.dispatchEvent(event)) return this.#clear(chosen);
    const run: Record<SelectionAction, () => Promise<void>> = {
      conference: () => this.#start('conference', chosen),
      broadcast: () => this.#start('broadcast', chosen),
      talk: () => this.#talk(chosen),
      call: () => this.#callEach(chosen),
      roll: () => this.#callRoll(chosen),
      text: async () => this.#write(chosen),
      watch: () => this.#watch(chosen),
    };
    await this.#commands.run(run[action]);
  }

  async #start(kind: 'conference' | 'broadcast', chosen: Chosen): Promise<void> {
    const {client, items} = chosen;
    const people = await this.#peopleOf(chosen);
    if (!people) return;
    const options = {members: numbersOf(people), name: nameOfSelected(items)};
    const conference = await (kind === 'conference'
      ? client.createConference(options)
      : client.createBroadcast(options));
    this.#begin('group', new GroupStart(client, people, conference, this.#commands), chosen);
  }

  async #talk(chosen: Chosen): Promise<void> {
    const {client, items} = chosen;
    const people = await this.#peopleOf(chosen);
    if (!people) return;
    await client.intercom({members: numbersOf(people), name: nameOfSelected(items)});
    this.#clear(chosen);
  }

  async #callEach(chosen: Chosen): Promise<void> {
    const people = await this.#peopleOf(chosen);
    if (!people) return;
    const round = new CallRound(chosen.client, people);
    this.#begin('call', round, chosen);
    void round.run();
  }

  async #callRoll(chosen: Chosen): Promise<void> {
    const {client, items} = chosen;
    const selection = selectionOf(client);
    if (selection.state.rollCall?.running) return this.#note('rollRunning');
    const people = await this.#peopleOf(chosen);
    if (!people) return;
    if (people.length > MOST_PEOPLE) return this.#note('rollTooLarge');
    const rollCall = new RollCall(client, people, onlyGroup(items));
    const hadFocus = this.matches(':focus-within');
    selection.setRollCall(rollCall);
    this.#clear(chosen);
    void rollCall.run();
    await this.updateComplete;
    // One key goes on with the next one.
    if (hadFocus) this.renderRoot.querySelector<HTMLElement>('.report[data-kind=roll] .pill')?.focus();
  }

  /** Opens the conversation with one person or group in a `<sip-messages>` if there is one; otherwise the field for a text. */
  #write(chosen: Chosen): void {
    const {items} = chosen;
    const [first, ...others] = items;
    const group = onlyGroup(items);
    const party = group ? {...group, number: groupConversation(group.number)} : first;
    if (party && !others.length && this.#pass('message', party)) return this.#clear(chosen);
    this.writing = items;
    this.#writingGiven = !!chosen.given;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#text')?.focus());
  }

  async #watch(chosen: Chosen): Promise<void> {
    const {client, items} = chosen;
    const cameras = await selectedPeople(items, client, 'cameras');
    if (!cameras.length) return this.#note('noCameraSelected');
    for (const party of cameras) this.#pass('monitor', party);
    this.#clear(chosen);
  }

  /** Dispatches the action of a row, which another element handles; returns whether one has. */
  #pass(action: 'message' | 'monitor', {number, name, type}: Party & Pick<Selected, 'type'>): boolean {
    const person: Person = {number, name, type, state: undefined, group: '', raw: undefined};
    return !offerAction(this, action, person);
  }

  /** Returns the people of the selection; undefined, and a remark, if there is none. */
  async #peopleOf({client, items}: Chosen): Promise<readonly Party[] | undefined> {
    const {ending} = client;
    const people = await selectedPeople(items, client);
    if (ending.aborted) return undefined;
    if (people.length) return people;
    this.#note('noOneSelected');
    return undefined;
  }

  #note(remark: SelectionBarElement['remark']): void {
    this.remark = remark;
  }

  #begin(kind: TaskKind, task: SelectionTask, chosen: Chosen): void {
    this.#drop(kind);
    this.tasks = new Map([...this.tasks, [kind, task]]);
    this.#clear(chosen);
  }

  #drop(kind: TaskKind): void {
    this.#allTasks.get(kind)?.end();
    if (kind === 'roll') this.#selection?.setRollCall(undefined);
    this.tasks = new Map([...this.tasks].filter(([each]) => each !== kind));
    this.#leave();
  }

  /** @param chosen - What something was done with: if that was given, the selection stays. */
  #clear({given = false}: Partial<Chosen> = {}): void {
    if (!given) this.#selection?.clear();
    this.#leave();
  }

  /** The focus continues at the list if what had it is gone. */
  #leave(): void {
    if (!this.matches(':focus-within')) return;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      if (!this.matches(':focus-within')) this.dispatchEvent(new Event('leave'));
    });
  }

  /** Forgets what was begun and written. */
  #forget(): void {
    for (const task of this.tasks.values()) task.end();
    this.tasks = new Map();
    this.writing = this.remark = undefined;
    this.#text = '';
    this.#commands.dismiss();
  }

  #closeText(): void {
    this.writing = undefined;
    this.#text = '';
    this.#leave();
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const {client} = this.#client;
    const items = this.writing;
    const text = this.#text;
    if (!client || !items || !text.trim() || this.#commands.pending) return;
    void this.#commands.run(async () => {
      const chosen = {client, items, given: this.#writingGiven};
      const people = await this.#peopleOf(chosen);
      if (!people) return;
      const delivery = await client.messages.sendToAll(people, text, {group: onlyGroup(items)});
      this.#closeText();
      this.#begin('text', new TextRound(delivery), chosen);
    });
  };

  readonly #onTextKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.#closeText();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#onSubmit(event);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    this.#clear();
  };
}

const numbersOf = (people: readonly Party[]): readonly string[] => people.map(({number}) => number);

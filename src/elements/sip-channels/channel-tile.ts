import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {ClockController, formatDuration} from '../../controllers/clock-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {commandsContext, inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {sendsAudio, type TalkGroup} from '../../core/intercom/talk-group.js';
import {isInaudible} from '../../core/sound/sound-state.js';
import type {Party} from '../../core/types.js';
import {troubleText} from '../shared/calls/call-texts.js';
import {urgentStyles} from '../shared/calls/urgent-sign.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {checkIcon} from '../shared/icons/controls.js';
import {ellipsisIcon, radioIcon} from '../shared/icons/later.js';
import {logOutIcon, usersIcon} from '../shared/icons/phone.js';
import {sirenIcon} from '../shared/icons.js';
import {nameOf} from '../shared/people/people.js';
import {clockTime} from '../shared/history-time.js';
import {selectionOf, type Selection} from '../shared/selection/selection.js';
import {normalizeShortcut} from '../shared/shortcuts.js';
import {menuBox, menuItems} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {queueText} from '../shared/talk/floor-text.js';
import {HoldToTalk} from '../shared/talk/hold-to-talk.js';
import type {PageTab} from '../shared/tiles/tile-pages.js';
import {megaphoneIcon, volumeXIcon} from '../shared/icons/sound.js';
import {ACTIVITY_LOOK} from './activity-look.js';
import {styles} from './channel-tile.styles.js';
import {chevronsUpIcon, earIcon, layersIcon, rotateCcwIcon} from './icons.js';
import {endedText, refusalText} from './refusal-text.js';

/**
 * The tile of a talk group: a press selects the group, or joins it; holding the tile, or its key, speaks to that group
 * alone.
 *
 * @fires {CustomEvent} press - The user pressed the tile.
 * @fires {CustomEvent<boolean>} priority - The user gave the group priority, or took it away.
 * @fires {CustomEvent} sounds - The user wants to play a sound to the group.
 * @fires {CustomEvent<string>} page - The user moves the group to another page: its id.
 */
export class ChannelTileElement extends LitElement {
  static readonly parts =
    'tile, name, key, activity, time, detail, joined, alarm, options, option-list, listen-only, priority, repeat, play, select-members, move-to-page, leave, join';

  static override styles = [inner, menuBox, menuItems, urgentStyles, styles];

  @property({attribute: false}) group!: TalkGroup;
  @property({attribute: false}) party!: Party;
  @property({attribute: false}) selected = false;
  /** Whether the group is being joined, and the server has not answered yet. */
  @property({attribute: false}) joining = false;
  /** The urgent or SOS call of a member. */
  @property({attribute: false}) alarm: SipCall | undefined;
  /** The key of the tile; empty if it has none. */
  @property({attribute: false}) pushKey = '';
  @property({attribute: false}) pressToToggle = false;
  /** Whether a pointer drags the tile, and does not press it. */
  @property({attribute: false}) dragging = false;
  /** Whether the group lowers all others while it is heard; undefined if the user cannot choose that. */
  @property({attribute: false}) priority: boolean | undefined;
  /** The other pages, to which the user can move the group. */
  @property({attribute: false}) otherPages: readonly PageTab[] = [];
  @property({attribute: false}) silent = false;
  /** Speaks to the group until the returned function is called; reports when that group hears the user no longer. */
  @property({attribute: false}) speak!: (group: TalkGroup, onOver: () => void) => () => void;
  @inherited(commandsContext) commands!: CommandController;

  readonly #client = new ClientController(this);
  readonly #localize = new LocalizeController(this);
  readonly #clock = new ClockController(this, () => {
    const {since} = this.group.state;
    return since === undefined ? undefined : Date.now() - since;
  });
  readonly #hold = new HoldToTalk(this, {
    pushKey: () => this.pushKey,
    toggles: () => this.pressToToggle,
    ready: () => true,
    holds: () => this.group.talkable && this.#client.client?.state.connection === 'connected',
    heard: () => false,
    onHold: () => (this.#end = this.speak(this.group, () => this.#hold.releasePress())),
    onRelease: () => this.#end?.(),
    onPress: () => this.dispatchEvent(new CustomEvent('press')),
  });
  #end: (() => void) | undefined;

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, this.group, this.group.intercom, this.#selection]);
    new FocusKeeper(this, '.face');
  }

  get #selection(): Selection | undefined {
    const {client} = this.#client;
    return client && selectionOf(client);
  }

  /** Speaks to the group while a device is pressed. */
  pressDevice(): void {
    this.#hold.pressDevice();
  }

  releaseDevice(): void {
    this.#hold.releaseDevice();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.face')?.focus(options);
  }

  protected override render(): TemplateResult {
    const {group, party, selected} = this;
    const localize = this.#localize;
    const hold = this.#hold;
    const key = normalizeShortcut(hold.key);
    const activity = this.#activity;
    const {connection} = this.#client.client?.state ?? {};
    const lost = group.intercom && connection && connection !== 'connected';
    const look = lost ? 'lost' : activity;
    const {icon, term} = ACTIVITY_LOOK[lost ? 'absent' : activity];
    const name = nameOf(party, localize);
    const seconds = lost || activity === 'refused' ? undefined : this.#clock.seconds;
    return html`<div class="tile ${look} ${selected ? 'selected' : ''} ${this.alarm ? 'alarmed' : ''}">
      <button
        part="tile"
        class="face"
        type="button"
        aria-pressed=${String(selected)}
        aria-keyshortcuts=${key || nothing}
        @pointerdown=${this.dragging ? nothing : hold.onPointerdown}
        @touchmove=${hold.touchMove}
        @keydown=${hold.onKeydown}
        @blur=${hold.onBlur}
        @click=${this.dragging ? nothing : hold.onClick}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        <span class="head">
          <span class="box" aria-hidden="true">${selected ? checkIcon : nothing}</span>
          <bdi part="name" class="name" title=${name}>${name}</bdi>
          ${key ? html`<kbd part="key" class="key">${key}</kbd>` : nothing}
        </span>
        <span class="facts">
          <span part="activity" class="activity">
            ${icon}<span class="line">${lost ? localize.term(connection) : localize.term(term)}</span>
            ${seconds === undefined ? nothing : html`<span part="time" class="number">${formatDuration(seconds)}</span>`}
          </span>
          <span part="detail" class="detail">${this.#detail}</span>
        </span>
      </button>
      <div class="foot">
        ${this.alarm ? this.#renderAlarm(this.alarm) : this.#renderSigns()} ${this.#renderOptions(name)}
      </div>
      <sip-audio class="sound" .call=${group.intercom} .silent=${this.silent} .special=${true}></sip-audio>
    </div>`;
  }

  get #activity(): TalkGroup['state']['activity'] {
    const {activity} = this.group.state;
    return activity === 'absent' && this.joining ? 'joining' : activity;
  }

  /** Who speaks, the user's place in the queue, why they were refused, or when the group was heard last. */
  get #detail(): string {
    const localize = this.#localize;
    const {intercom} = this.group;
    const {refusal, heard, ended} = this.group.state;
    if (!intercom && this.joining) return '';
    if (!intercom)
      return localize.sentences([ended ? endedText(ended, localize) : '', localize.term('pressToJoin')]);
    const trouble = troubleText(intercom, localize);
    if (trouble) return trouble;
    if (refusal) return refusalText(refusal, localize);
    const {speaker, floor} = intercom.state;
    const queue = queueText(intercom.state, localize) ?? '';
    const name = (party: Party): string => localize.isolated(nameOf(intercom.identify(party), localize));
    const who = floor === 'taken' && speaker ? name(speaker) : '';
    if (who || queue) return localize.listed([who, queue]);
    if (intercom.state.phase === 'answered' && !sendsAudio(intercom)) return localize.term('notHeard');
    if (floor !== 'idle') return '';
    // Its sign may be too narrow for the name.
    if (this.alarm) return name(this.alarm.remote);
    if (!heard) return intercom.state.phase === 'answered' ? localize.term('notHeardYet') : '';
    const last = heard.speaker ? name(heard.speaker) : '';
    return localize.listed([last, localize.term('heardAt', clockTime(heard.at, localize.lang()))]);
  }

  /** In the place of the signs, so that nothing moves. */
  #renderAlarm(alarm: SipCall): TemplateResult {
    const localize = this.#localize;
    const sos = alarm.type === 'sos';
    const name = nameOf(alarm.remote, localize);
    const title = localize.explained(localize.term(sos ? 'sosCall' : 'urgentCall'), name);
    return html`<div part="alarm" class="urgent" role="alert" title=${title}>
      ${sirenIcon}<b>${localize.term(sos ? 'sosWord' : 'urgentWord')}</b> <bdi class="line">${name}</bdi>
    </div>`;
  }

  #renderSigns(): TemplateResult {
    const localize = this.#localize;
    const {intercom, state} = this.group;
    const {groupMembers} = intercom?.state ?? {};
    const joined = groupMembers?.filter((member) => member.joined).length;
    const count = localize.term('groupJoined', String(joined), String(groupMembers?.length));
    return html`${
      joined === undefined
        ? nothing
        : html`<span part="joined" class="sign" role="img" aria-label=${count} title=${count}
            >${usersIcon}<span class="number">${joined}</span></span
          >`
    }
    ${intercom && isInaudible(intercom.state.sound) ? this.#sign(volumeXIcon, localize.term('soundIsOff')) : nothing}
    ${this.priority ? this.#sign(chevronsUpIcon, localize.term('groupPriority')) : nothing}
    ${state.listenOnly ? this.#sign(earIcon, localize.term('listenOnly')) : nothing}`;
  }

  #sign(icon: TemplateResult, text: string): TemplateResult {
    return html`<span class="sign" role="img" aria-label=${text} title=${text}>${icon}</span>`;
  }

  /** Renders an option that is on or off. */
  #option(
    part: string,
    icon: TemplateResult,
    text: string,
    on: boolean,
    onPress: () => void,
  ): TemplateResult {
    return html`<button part=${part} class="item" type="button" aria-pressed=${String(on)} @click=${onPress}>
      ${icon}<span>${text}</span>${on ? checkIcon : nothing}
    </button>`;
  }

  #renderRepeat(): TemplateResult | typeof nothing {
    const {recall} = this.#client.client ?? {};
    const {number} = this.group;
    return recall?.minutes
      ? html`<button
          part="repeat"
          class="item"
          type="button"
          popovertarget="menu"
          popovertargetaction="hide"
          @click=${() => void this.commands.run(() => recall.repeat({number}))}
        >
          ${rotateCcwIcon}<span>${this.#localize.term('repeatLast')}</span>
        </button>`
      : nothing;
  }

  #renderOptions(name: string): TemplateResult {
    const localize = this.#localize;
    const {group, priority} = this;
    const {intercom} = group;
    const {listenOnly} = group.state;
    const label = localize.term('groupOptions', name);
    const leave = (): void => void this.commands.run(() => intercom!.hangup());
    return html`<button
        part="options"
        class="more"
        type="button"
        popovertarget="menu"
        aria-label=${label}
        title=${label}
      >
        ${ellipsisIcon}
      </button>
      <div id="menu" part="option-list" class="menu" popover role="group" aria-label=${label}>
        ${this.#option('listen-only', earIcon, localize.term('listenOnly'), listenOnly, () =>
          group.setListenOnly(!listenOnly),
        )}
        ${
          priority === undefined
            ? nothing
            : this.#option('priority', chevronsUpIcon, localize.term('groupPriority'), priority, () =>
                this.dispatchEvent(new CustomEvent('priority', {detail: !priority})),
              )
        }
        ${this.#renderRepeat()}
        ${
          intercom
            ? html`<sip-sound-settings
                .call=${intercom}
                .devices=${this.#client.client?.devices}
                .label=${name}
                .volumeLabel=${localize.term('groupVolume')}
              ></sip-sound-settings>`
            : nothing
        }
        ${group.talkable ? this.#item('play', megaphoneIcon, localize.term('playToSelected'), 'sounds') : nothing}
        ${this.#renderSelect()}
        ${this.otherPages.map(({id, title}) =>
          this.#item('move-to-page', layersIcon, localize.term('moveToPage', title), 'page', id),
        )}
        ${
          intercom
            ? html`<button
                part="leave"
                class="item danger"
                type="button"
                popovertarget="menu"
                popovertargetaction="hide"
                @click=${leave}
              >
                ${logOutIcon}<span>${localize.term('leave')}</span>
              </button>`
            : this.#item('join', radioIcon, localize.term('join'), 'press')
        }
      </div>`;
  }

  /** Renders the option that selects the people of the group, if there is a bar that acts on them. */
  #renderSelect(): TemplateResult | typeof nothing {
    const selection = this.#selection;
    const people = this.group.intercom?.state.groupMembers?.filter(
      ({number}) => number !== this.#client.client?.options.user,
    );
    if (!selection?.state.places || !people?.length) return nothing;
    return html`<button
      part="select-members"
      class="item"
      type="button"
      popovertarget="menu"
      popovertargetaction="hide"
      @click=${() => selection.add(people.map(({number, name}) => ({kind: 'person', number, name})))}
    >
      ${usersIcon}<span>${this.#localize.term('selectMembers')}</span>
    </button>`;
  }

  /** Renders an option that closes the options, and dispatches an event. */
  #item(part: string, icon: TemplateResult, text: string, type: string, detail = ''): TemplateResult {
    return html`<button
      part=${part}
      class="item"
      type="button"
      popovertarget="menu"
      popovertargetaction="hide"
      @click=${() => this.dispatchEvent(new CustomEvent(type, {detail}))}
    >
      ${icon}<span>${text}</span>
    </button>`;
  }
}

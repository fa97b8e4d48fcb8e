import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {GroupSounds} from '../../core/intercom/group-sounds.js';
import type {TalkGroup} from '../../core/intercom/talk-group.js';
import type {SipError} from '../../errors.js';
import type {InnerElements} from '../shared/define-inner.js';
import {megaphoneIcon} from '../shared/icons/sound.js';
import {LazyMenu} from '../shared/calls/lazy-menu.js';

/** The `part`s of the control. */
export const GROUP_SOUNDS_PARTS = 'sounds, sounds-panel';

/** What the control needs of the panel. */
export interface GroupSoundsHost {
  readonly localize: LocalizeController;
  readonly client: () => BaseClient | undefined;
  /** Returns the group with the number, or those that are selected for an empty one. */
  readonly groups: (number: string) => readonly TalkGroup[];
  readonly nameOf: (group: TalkGroup) => string;
  /** Called before a sound plays to groups. */
  readonly onPlay: (groups: readonly TalkGroup[]) => void;
  readonly onFailure: (group: TalkGroup, error: SipError) => void;
}

/** The button of the sounds that the user plays to groups, and its panel, whose code is loaded when it first opens. */
export class GroupSoundsControl implements ReactiveController {
  readonly #element: ReactiveElement;
  readonly #host: GroupSoundsHost;
  readonly #menu: LazyMenu;
  #sounds: GroupSounds | undefined;
  /** The number of the group that hears the sounds; empty for those that are selected. */
  #number = '';

  constructor(element: ReactiveElement, host: GroupSoundsHost) {
    this.#element = element;
    this.#host = host;
    this.#menu = new LazyMenu(element, host.localize, () => this.#load());
    element.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** What plays, or waits for a floor. */
  get sounds(): GroupSounds | undefined {
    return this.#sounds;
  }

  stop(): void {
    void this.#sounds?.stop();
  }

  /** Opens the panel for one group. */
  open(number: string): void {
    this.#number = number;
    this.#element.requestUpdate();
    this.#panel?.showPopover();
  }

  /** Renders the button, which plays to the groups that are selected; it looks pressed while a sound plays. */
  button(): TemplateResult {
    const name = this.#host.localize.term('playToSelected');
    const plays = this.#sounds?.announcement !== undefined;
    const ready = plays || this.#host.groups('').length > 0;
    return html`<button
      part="sounds"
      class="pill play ${plays ? 'on' : ''}"
      type="button"
      aria-haspopup="dialog"
      aria-label=${name}
      title=${name}
      aria-disabled=${ready ? nothing : 'true'}
      @click=${() => ready && this.open('')}
    >
      ${megaphoneIcon}
    </button>`;
  }

  panel(): TemplateResult {
    const {localize, client, groups, nameOf} = this.#host;
    const names = groups(this.#number).map((group) => localize.isolated(nameOf(group)));
    return html`<div
      id="sounds"
      popover
      part="sounds-panel"
      class="menu sounds"
      role="dialog"
      aria-label=${localize.term('playToSelected')}
      @toggle=${this.#menu.onToggle}
    >
      ${this.#menu.render(
        () =>
          html`<sip-announcement-panel
            .target=${this.#sounds}
            .audience=${'groups'}
            .client=${client()}
          ></sip-announcement-panel>`,
      )}
      <p class="quiet">${localize.term('heardBy', localize.listed(names))}</p>
    </div>`;
  }

  get #panel(): HTMLElement | null {
    return this.#element.renderRoot.querySelector('#sounds');
  }

  async #load(): Promise<{readonly inner: InnerElements}> {
    const tools = await import('./tools.js');
    const {groups, onPlay, onFailure} = this.#host;
    this.#sounds ??= new tools.GroupSounds(() => {
      const hearing = groups(this.#number);
      onPlay(hearing);
      return hearing;
    }, onFailure);
    return tools;
  }
}

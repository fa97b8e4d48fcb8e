import {html, nothing, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import type {RemotePicture} from '../../core/types.js';
import {isWaiting} from '../../core/call/newest-call.js';
import {answerControls} from '../shared/answer-controls.js';
import {CallRow} from '../sip-call/call-row.js';
import {healthText, stateText} from '../shared/call-texts.js';
import {micIcon, micOffIcon, triangleAlertIcon, usersIcon, volume2Icon, xIcon} from '../shared/icons.js';
import {initialsOf, nameOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {ShortcutController} from '../shared/shortcuts.js';
import type {ConferenceContext, ConferenceLayout, ShownConference} from './host.js';
import {layoutGridIcon, maximizeIcon, squareUserIcon} from './icons.js';
import {talks} from './member-text.js';
import {Tiles, type Tile} from './tiles.js';

const LAYOUTS = [
  {layout: 'grid', term: 'layoutGrid', icon: layoutGridIcon},
  {layout: 'speaker', term: 'layoutSpeaker', icon: squareUserIcon},
  {layout: 'picture', term: 'layoutPicture', icon: maximizeIcon},
] as const satisfies readonly {layout: ConferenceLayout; term: string; icon: TemplateResult}[];

/** The number of small tiles beside the large one. */
const BESIDE = 6;

/** The stage of a conference: the members, their videos, and the user's controls. */
export class Stage {
  readonly #context: ConferenceContext;
  readonly #row: CallRow;
  readonly #tiles = new Tiles();
  /** The streams that have frames to show. */
  readonly #seen = new WeakSet<MediaStream>();
  #shown: ShownConference | undefined;

  constructor(context: ConferenceContext) {
    this.#context = context;
    const {host, localize} = context;
    this.#row = new CallRow(host, localize, () => host.shortcuts);
    new ShortcutController(host, {
      shortcuts: () => (this.#isActive ? this.#row.shortcuts : {}),
      scope: () => host.renderRoot.querySelector('.stage') ?? host,
      press: (name) => this.#row.press(name),
    });
  }

  /**
   * Renders the stage.
   *
   * @param note - The notice above the controls.
   * @param onClear - Called to remove the ended conference from view.
   */
  render(shown: ShownConference, note: unknown, onClear: () => void): TemplateResult {
    this.#shown = shown;
    const {conference} = shown;
    const {host, localize} = this.#context;
    const title = localize.term('callWith', nameOf(conference.remote, localize));
    const {phase, soundBlocked} = conference.state;
    // The button that turns the sound on is between the tiles and the controls.
    const sounds = phase === 'answered' && (host.silent || soundBlocked) ? 'sounds' : '';
    return html`<div
      part="stage"
      class="stage ${host.layout} ${sounds}"
      role="group"
      tabindex="-1"
      aria-label=${title}
    >
      ${this.#renderMiddle(shown)} ${this.#renderTop(shown)}
      <div class="hidden" role="status">${stateText(conference, localize)}</div>
      <div class="bottom">
        <sip-audio
          class="sound"
          exportparts="sound"
          .silent=${host.silent}
          @click=${this.#onSound}
        ></sip-audio>
        ${note} ${this.#renderControls(shown, title, onClear)}
      </div>
    </div>`;
  }

  /** Plays the rendered videos: an element inserted with its stream does not start automatically. */
  updated(): void {
    const {renderRoot} = this.#context.host;
    for (const video of renderRoot.querySelectorAll<HTMLVideoElement>('.tile > video'))
      if (video.paused) video.play().catch(() => {});
  }

  #renderTop({conference}: ShownConference): TemplateResult {
    const {host, localize} = this.#context;
    const {state} = conference;
    const health = state.phase === 'answered' ? healthText(state.health, localize) : undefined;
    const waits = state.phase !== 'answered' || state.listenOnly;
    return html`<div class="top">
      <span class="space"></span>
      ${health ? html`<span class="chip" role="status">${triangleAlertIcon}<span class="line">${health}</span></span>` : nothing}
      ${
        state.recording && state.phase === 'answered'
          ? html`<span class="chip recording" title=${localize.term('recordingOn')}
              ><span class="sign"></span><sip-duration of="recording"></sip-duration
            ></span>`
          : nothing
      }
      ${
        waits
          ? nothing
          : html`<div class="layouts" role="group" aria-label=${localize.term('layout')}>
              ${LAYOUTS.map(({layout, term, icon}) => {
                const name = localize.term(term);
                return html`<button
                  part="layout-${layout}"
                  type="button"
                  aria-label=${name}
                  title=${name}
                  aria-pressed=${host.layout === layout ? 'true' : 'false'}
                  @click=${() => (host.layout = layout)}
                >
                  ${icon}
                </button>`;
              })}
            </div>`
      }
    </div>`;
  }

  #renderMiddle(shown: ShownConference): TemplateResult {
    const {conference, client} = shown;
    const {localize, host} = this.#context;
    const {phase, listenOnly} = conference.state;
    const {tiles, others} = this.#tiles.of(conference, client.options.user, this.#isSeen);
    // A video without frames is rendered, so that it starts, but hidden.
    const hidden = tiles.filter(({picture}) => picture && !this.#isSeen(picture));
    const seen = tiles.filter((tile) => !hidden.includes(tile));
    const words = phase !== 'answered' || (listenOnly && !seen.some(({picture}) => picture));
    const main = host.layout === 'grid' ? undefined : this.#tiles.main(seen, client.options.user);
    const beside = main ? this.#beside(main, seen) : [];
    const drawn = words ? [] : main ? [main, ...beside] : seen;
    const count = seen.length + (others ? 1 : 0);
    const columns = count <= 1 ? 1 : count <= 4 ? 2 : count <= 9 ? 3 : 4;
    const look = main ? `large ${beside.length ? '' : 'alone'}` : `columns-${columns}`;
    return html`<div class="tiles ${look}" ?hidden=${words}>
        ${repeat(
          [...drawn, ...hidden],
          ({key}) => key,
          (tile) => this.#renderTile(tile),
        )}
        ${
          others && !main && !words
            ? html`<div class="tile others">
                <span>${localize.term('furtherMembers', String(others))}</span>
              </div>`
            : nothing
        }
      </div>
      ${words ? this.#renderWords(shown) : nothing}`;
  }

  /** Returns the small tiles beside the large one; in video-only layout, only the user's own. */
  #beside(main: Tile, tiles: readonly Tile[]): readonly Tile[] {
    const rest = tiles.filter((tile) => tile !== main);
    if (this.#context.host.layout === 'speaker') return rest.slice(0, BESIDE);
    return rest.filter(({kind}) => kind === 'own');
  }

  #renderTile({kind, picture, member}: Tile): TemplateResult {
    const {localize} = this.#context;
    const isOwn = kind === 'own';
    const name = isOwn ? localize.term('you') : member ? nameOf(member, localize) : '';
    const speaks = !!member && talks(member);
    const unseen = picture && !this.#isSeen(picture);
    // `live`: setting the stream again restarts the video, and Lit sets an object at every render.
    return html`<div part="tile" class="tile ${kind} ${speaks ? 'talks' : ''} ${unseen ? 'unseen' : ''}">
      ${
        picture
          ? html`<video
              class=${unseen ? '' : 'playing'}
              autoplay
              playsinline
              .muted=${true}
              .srcObject=${live(picture.stream)}
              aria-label=${localize.term('picture', name || localize.term('conference'))}
              @resize=${() => this.#onPicture(picture)}
            ></video>`
          : isOwn
            ? html`<sip-video of="local"></sip-video>`
            : html`<span class="avatar" aria-hidden="true" data-initials=${initialsOf(member!)}></span>`
      }
      ${
        name
          ? html`<span class="caption"
              >${speaks ? micIcon : member && !member.speaking ? micOffIcon : nothing}<bdi class="line"
                >${name}</bdi
              ></span
            >`
          : nothing
      }
    </div>`;
  }

  /** Renders the text before the answer, after the end, and while a broadcast shows no video. */
  #renderWords({conference}: ShownConference): TemplateResult {
    const {localize} = this.#context;
    const {phase, listenOnly} = conference.state;
    const listens = listenOnly && phase === 'answered';
    return html`<div class="middle">
      ${listens ? volume2Icon : usersIcon}
      <bdi class="big line"
        >${listens ? localize.term('listening') : nameOf(conference.remote, localize)}</bdi
      >
      <p class="quiet" aria-hidden=${listens ? nothing : 'true'}>
        ${listens ? localize.term('listeningHint') : stateText(conference, localize)}
      </p>
    </div>`;
  }

  #renderControls({conference, client}: ShownConference, title: string, onClear: () => void): TemplateResult {
    const {localize, commands} = this.#context;
    const {phase, listenOnly} = conference.state;
    if (this.#isActive && !listenOnly) return this.#row.render(conference, client.capabilities, title);
    const dismiss = localize.term('dismiss');
    const controls = isWaiting(conference)
      ? answerControls(conference, localize, commands)
      : phase !== 'released'
        ? html`<sip-hangup-button exportparts="hangup"></sip-hangup-button>`
        : html`<button
            part="clear"
            class="control"
            type="button"
            aria-label=${dismiss}
            title=${dismiss}
            @click=${onClear}
          >
            ${xIcon}
          </button>`;
    return html`<div part="controls" class="controls" role="group" aria-label=${title}>${controls}</div>`;
  }

  get #isActive(): boolean {
    const conference = this.#shown?.conference;
    return !!conference && conference.state.phase !== 'released' && !isWaiting(conference);
  }

  readonly #isSeen = ({stream}: RemotePicture): boolean => this.#seen.has(stream);

  #onPicture({stream}: RemotePicture): void {
    if (this.#seen.has(stream)) return;
    this.#seen.add(stream);
    this.#context.host.requestUpdate();
  }

  readonly #onSound = (): void => {
    this.#context.host.silent = false;
  };
}

import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {CallMedia} from '../../core/types.js';
import {phoneIcon, phoneOffIcon, videoIcon} from './icons.js';

/** What the buttons are drawn from. */
export interface StartButtons {
  readonly localize: LocalizeController;
  /** What the large button starts with; the small one, with the other kind of media. */
  readonly media: CallMedia;
  /** The large button's words; while it starts others are in their place. */
  readonly text: string;
  /** The small button's name, by what it starts with. */
  readonly names: Readonly<Record<CallMedia, string>>;
  /** What the two are called as parts. */
  readonly parts: readonly [first: string, other: string];
  /** Why nothing can be started; nothing where it can. */
  readonly reason: string | typeof nothing;
  /** Whether something is being started, which can be given up. */
  readonly starting: boolean;
  readonly onStart: (media: CallMedia) => void;
  readonly onCancel: () => void;
}

const ICONS = {audio: phoneIcon, video: videoIcon} as const satisfies Record<CallMedia, TemplateResult>;

/** The buttons that start something with sound or with a picture; while it starts, the one that gives it up. */
export function startButtons({
  localize,
  media,
  text,
  names,
  parts: [first, second],
  reason,
  starting,
  onStart,
  onCancel,
}: StartButtons): TemplateResult {
  const other: CallMedia = media === 'video' ? 'audio' : 'video';
  const ready = reason === nothing;
  const cancel = localize.term('cancel');
  return html`<button
      part=${first}
      class="pill go"
      type="button"
      title=${reason}
      aria-disabled=${ready && !starting ? nothing : 'true'}
      @click=${() => onStart(media)}
    >
      ${ICONS[media]} ${starting ? localize.term('calling') : text}
    </button>
    ${
      starting
        ? html`<button
            part="cancel"
            class="pill round stop"
            type="button"
            aria-label=${cancel}
            title=${cancel}
            @click=${onCancel}
          >
            ${phoneOffIcon}
          </button>`
        : html`<button
            part=${second}
            class="pill round"
            type="button"
            aria-label=${names[other]}
            title=${ready ? names[other] : reason}
            aria-disabled=${ready ? nothing : 'true'}
            @click=${() => onStart(other)}
          >
            ${ICONS[other]}
          </button>`
    }`;
}

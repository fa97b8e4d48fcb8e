import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {CallMedia} from '../../../core/types.js';
import {commandButton} from '../buttons/command-button.js';
import {phoneIcon, phoneOffIcon, videoIcon} from '../icons.js';

/** The properties of the buttons. */
export interface StartButtons {
  readonly localize: LocalizeController;
  /** The media of the large button; the small button uses the other kind. */
  readonly media: CallMedia;
  /** The text of the large button; another text replaces it while starting. */
  readonly text: string;
  /** The names of the small button, by media. */
  readonly names: Readonly<Record<CallMedia, string>>;
  /** Whether the large button starts something other than a call; the button that calls is green. */
  readonly accent?: boolean;
  /** The part names of the two buttons. */
  readonly parts: readonly [first: string, other: string];
  /** Why the buttons are disabled; `nothing` if they are not. */
  readonly reason: string | typeof nothing;
  /** Whether something is being started, which can be canceled. */
  readonly starting: boolean;
  readonly onStart: (media: CallMedia) => void;
  readonly onCancel: () => void;
}

const ICONS = {audio: phoneIcon, video: videoIcon} as const satisfies Record<CallMedia, TemplateResult>;

/** Renders the buttons that start with audio or with video; while starting, the cancel button. */
export function startButtons({
  localize,
  media,
  text,
  names,
  accent = false,
  parts: [first, second],
  reason,
  starting,
  onStart,
  onCancel,
}: StartButtons): TemplateResult {
  const other: CallMedia = media === 'video' ? 'audio' : 'video';
  const ready = reason === nothing;
  const cancel = localize.term('cancel');
  const words = html`${ICONS[media]} ${starting ? localize.term('calling') : text}`;
  return html`${commandButton(undefined, words, () => onStart(media), {
    part: first,
    look: `pill ${accent ? 'accent' : 'go'}`,
    tip: reason,
    disabled: !ready || starting,
  })}
  ${
    starting
      ? commandButton(cancel, phoneOffIcon, onCancel, {part: 'cancel', look: 'pill round stop'})
      : commandButton(names[other], ICONS[other], () => onStart(other), {
          part: second,
          look: 'pill round',
          tip: ready ? names[other] : reason,
          disabled: !ready,
        })
  }`;
}

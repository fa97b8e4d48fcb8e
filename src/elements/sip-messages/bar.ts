import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {CallMedia, Party} from '../../core/types.js';
import {phoneIcon, videoIcon, xIcon} from '../shared/icons.js';
import {chevronRightIcon, trash2Icon} from '../shared/icons/later.js';
import {messageSquareIcon} from '../shared/icons/phone.js';
import {barButton, listBar, type BarButtonState} from '../shared/buttons/list-bar.js';
import {notice} from '../shared/notice.js';
import {nameLine, titleOf} from '../shared/people/people.js';
import {squarePenIcon} from './icons.js';

/** The properties and the handlers of the bar. */
export interface BarContext {
  /** The number of the other side; if empty, all conversations are listed. */
  readonly number: string;
  /** The other side, and its name, or else its number. */
  readonly party: Party;
  readonly name: string;
  /** Whether the other side is writing. */
  readonly composing: boolean;
  /** Whether there are messages to clear. */
  readonly filled: boolean;
  /** Whether the user is asked to confirm the removal of all messages. */
  readonly clearing: boolean;
  /** Whether the other side can be called. */
  readonly calls: boolean;
  /** Why it cannot be called now. */
  readonly reason: string | undefined;
  /** Whether the user chooses whom to write to. */
  readonly choosing: boolean;
  readonly localize: LocalizeController;
  readonly onCall: (media: CallMedia) => void;
  /** Called to choose whom to write to, or to cancel that. */
  readonly onCompose: (composing: boolean) => void;
  readonly onBack: () => void;
  /** Called to ask for confirmation, or to cancel the removal. */
  readonly onClearing: (clearing: boolean) => void;
  /** Called to clear the conversation, after confirmation. */
  readonly onClear: () => void;
}

/**
 * Renders the bar above the messages: the back button, the name, the buttons that call, and the one that clears the
 * conversation after confirmation; above all conversations, the button that begins a new one.
 */
export function bar(context: BarContext): TemplateResult {
  const {number, party, filled, clearing, choosing, composing, localize} = context;
  const {onBack, onClearing, onCompose} = context;
  if (!number)
    return listBar(
      html`${messageSquareIcon}<b class="line">${localize.term(choosing ? 'newMessage' : 'messages')}</b>`,
      choosing
        ? barButton('cancel-compose', localize.term('cancel'), xIcon, () => onCompose(false))
        : barButton('compose', localize.term('newMessage'), squarePenIcon, () => onCompose(true)),
    );
  const back = html`<span class="back">${chevronRightIcon}</span>`;
  const clear = (): void => onClearing(true);
  return html`${listBar(
    html`${barButton('back', localize.term('allConversations'), back, onBack)}
    ${composing ? composingLine(context) : nameLine(party, localize, true)}`,
    html`${callButtons(context)}
    ${filled ? barButton('clear', localize.term('clearMessages'), trash2Icon, clear) : nothing}`,
  )}
  ${clearing ? question(context) : nothing}`;
}

/** The name, with what its owner does in the place of the number; a live region says it. */
function composingLine({name, party, localize}: BarContext): TemplateResult {
  return html`<span class="writing" title=${titleOf(party, localize)}
    ><bdi class="line name">${name}</bdi
    ><span part="composing" class="line quiet">${localize.term('composing')}</span></span
  >`;
}

function callButtons({name, calls, reason, localize, onCall}: BarContext): unknown {
  if (!calls) return nothing;
  const [call, video] = [localize.term('callNumber', name), localize.term('videoCallNumber', name)];
  const state = (text: string): BarButtonState => ({disabled: reason && localize.explained(text, reason)});
  return html`${barButton('call', call, phoneIcon, () => onCall('audio'), state(call))}
  ${barButton('video-call', video, videoIcon, () => onCall('video'), state(video))}`;
}

function question({name, localize, onClear, onClearing}: BarContext): TemplateResult {
  const more = html`<div class="choices">
    <button part="clear-all" class="link" type="button" @click=${onClear}>
      ${localize.term('clearMessages')}
    </button>
    <button class="link" type="button" @click=${() => onClearing(false)}>${localize.term('cancel')}</button>
  </div>`;
  return notice(localize.term('clearMessagesOf', name), {localize, warns: true, more});
}

import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {CallMedia, Party} from '../../core/types.js';
import {messageSquareIcon, phoneIcon, trash2Icon, videoIcon, xIcon} from '../shared/icons.js';
import {chevronRightIcon} from '../shared/icons/later.js';
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
    return html`<div class="bar">
      ${messageSquareIcon}<b class="line">${localize.term(choosing ? 'newMessage' : 'messages')}</b>
      <span class="space"></span>
      ${
        choosing
          ? button('cancel-compose', localize.term('cancel'), xIcon, () => onCompose(false))
          : button('compose', localize.term('newMessage'), squarePenIcon, () => onCompose(true))
      }
    </div>`;
  const back = html`<span class="back">${chevronRightIcon}</span>`;
  return html`<div class="bar">
      ${button('back', localize.term('allConversations'), back, onBack)}
      ${composing ? composingLine(context) : nameLine(party, localize, true)}
      <span class="space"></span>
      ${callButtons(context)}
      ${filled ? button('clear', localize.term('clearMessages'), trash2Icon, () => onClearing(true)) : nothing}
    </div>
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
  const disabled = (text: string): string | undefined => reason && localize.explained(text, reason);
  return html`${button('call', call, phoneIcon, () => onCall('audio'), disabled(call))}
  ${button('video-call', video, videoIcon, () => onCall('video'), disabled(video))}`;
}

/** @param disabled - The tooltip of a button that can do nothing now: its name, and why. */
function button(
  part: string,
  name: string,
  icon: TemplateResult,
  onClick: () => void,
  disabled?: string,
): TemplateResult {
  return html`<button
    part=${part}
    class="toggle"
    type="button"
    aria-label=${name}
    title=${disabled ?? name}
    aria-disabled=${disabled ? 'true' : nothing}
    @click=${onClick}
  >
    ${icon}
  </button>`;
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

import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {chevronRightIcon, messageSquareIcon, trash2Icon} from '../shared/icons.js';
import {notice} from '../shared/notice.js';
import {nameLine} from '../shared/people/people.js';

/** The properties and the handlers of the bar. */
export interface BarContext {
  /** The number of the other side; if empty, all conversations are listed. */
  readonly number: string;
  /** The name of the other side. */
  readonly name: string;
  /** Whether there are messages to clear. */
  readonly filled: boolean;
  /** Whether the user is asked to confirm the removal of all messages. */
  readonly clearing: boolean;
  readonly localize: LocalizeController;
  readonly onBack: () => void;
  /** Called to ask for confirmation, or to cancel the removal. */
  readonly onClearing: (clearing: boolean) => void;
  /** Called to clear the conversation, after confirmation. */
  readonly onClear: () => void;
}

/**
 * Renders the bar above the messages: the back button, the name, and the button that clears the conversation after
 * confirmation.
 */
export function bar(context: BarContext): TemplateResult {
  const {number, name, filled, clearing, localize, onBack, onClearing} = context;
  if (!number)
    return html`<div class="bar">${messageSquareIcon}<b class="line">${localize.term('messages')}</b></div>`;
  const back = html`<span class="back">${chevronRightIcon}</span>`;
  return html`<div class="bar">
      ${button('back', localize.term('allConversations'), back, onBack)} ${nameLine({number, name}, localize)}
      <span class="space"></span>
      ${filled ? button('clear', localize.term('clearMessages'), trash2Icon, () => onClearing(true)) : nothing}
    </div>
    ${clearing ? question(context) : nothing}`;
}

function button(part: string, name: string, icon: TemplateResult, onClick: () => void): TemplateResult {
  return html`<button
    part=${part}
    class="toggle"
    type="button"
    aria-label=${name}
    title=${name}
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

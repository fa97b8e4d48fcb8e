import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {Handover} from '../../core/handover/handover.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {clockTime} from '../shared/history-time.js';
import {nameOf} from '../shared/people/people.js';
import {logOutIcon} from '../shared/icons/phone.js';
import {lockIcon, userRoundCheckIcon} from './icons.js';
import type {Pane} from './regions.js';
import type {ShiftController} from './shift-controller.js';

/**
 * Renders the button that shows what the user before has handed over, and the one that hands over.
 *
 * @param canEnd - Whether the user can hand over.
 */
export function shiftButtons(
  shift: ShiftController,
  localize: LocalizeController,
  canEnd: boolean,
): TemplateResult {
  const {handed, shown} = shift;
  const about = handed && handedOverText(handed, localize);
  const name = localize.term('handOver');
  return html`${
    about === undefined
      ? nothing
      : commandButton(
          undefined,
          html`${userRoundCheckIcon}<span class="line">${about}</span>`,
          () => shift.show(shown === 'take' ? undefined : 'take'),
          {part: 'handed-over', look: 'chip accent', tip: about},
        )
  }${
    canEnd
      ? commandButton(name, html`${logOutIcon}<span class="line">${name}</span>`, () => shift.show('give'), {
          part: 'hand-over',
          look: 'chip',
        })
      : nothing
  }`;
}

/**
 * Renders what is shown after the end of a shift: nothing of its user, and what the page has for the next one.
 *
 * @param own - The page's own elements for it.
 */
export function lockedDesk(
  ended: Handover,
  localize: LocalizeController,
  own: readonly Pane[],
): TemplateResult {
  return html`<div part="panel" class="panel locked" role="group" tabindex="-1">
    <section part="locked" class="region lock" aria-labelledby="locked">
      ${lockIcon}
      <h2 id="locked">${localize.term('shiftEnded')}</h2>
      <p class="quiet">${handedOverText(ended, localize)}</p>
      <p>${localize.term('signInNext')}</p>
      ${
        own.length > 0
          ? own.map(({render}) => render())
          : html`<button part="reload" class="pill accent" type="button" @click=${() => location.reload()}>
              ${localize.term('reloadPage')}
            </button>`
      }
    </section>
  </div>`;
}

function handedOverText({from, time}: Handover, localize: LocalizeController): string {
  const name = localize.isolated(nameOf(from, localize));
  return localize.term('handedOverBy', name, clockTime(time, localize.lang()));
}

import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {JournalDraft, JournalPerson} from '../../core/journal/journal-row.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {clockTime} from '../shared/history-time.js';
import {xIcon} from '../shared/icons.js';
import {nameOf} from '../shared/people/people.js';
import {presentText, whoText} from './journal-row.js';

/** The results that have words of their own. */
const RESULTS: ReadonlySet<string> = new Set([
  'answered',
  'not-called',
  'no-answer',
  'aborted',
  'declined',
  'busy',
  'number-offline',
  'call-lost',
]);

/** What the people of a roll call are drawn with. */
export interface JournalPeopleContext {
  readonly row: JournalDraft;
  readonly localize: LocalizeController;
  readonly onClose: () => void;
}

/** Renders who has answered a roll call and who has not, and when. */
export function journalPeople({row, localize, onClose}: JournalPeopleContext): TemplateResult {
  const {people = [], time} = row;
  const language = localize.lang();
  const who = whoText({row, about: undefined, localize});
  const title = localize.term('journalPeople', localize.isolated(who), clockTime(time, language));
  return html`<section
    part="people-list"
    class="people"
    aria-label=${title}
    @keydown=${(event: KeyboardEvent) => onKeydown(event, onClose)}
  >
    <div class="people-head">
      <b class="line"><bdi>${who}</bdi></b>
      <span class="quiet">${clockTime(time, language)}</span>
      <span class="quiet line">${presentText(people, localize)}</span>
      ${commandButton(localize.term('close'), xIcon, onClose, {part: 'people-close', look: 'toggle'})}
    </div>
    <ul class="persons" tabindex="0" aria-label=${title}>
      ${people.map((person) => personLine(person, localize))}
    </ul>
  </section>`;
}

function personLine(person: JournalPerson, localize: LocalizeController): TemplateResult {
  const {number, result, time} = person;
  const name = nameOf(person, localize);
  return html`<li class="person ${result === 'answered' ? 'present' : 'absent'}" data-number=${number}>
    <bdi class="name line">${name}</bdi>
    ${name === number ? nothing : html`<bdi class="quiet number">${number}</bdi>`}
    <span class="result">${localize.term('journalResult', RESULTS.has(result) ? result : 'other')}</span>
    ${
      time === undefined
        ? html`<span class="quiet when"></span>`
        : html`<time class="quiet when" datetime=${new Date(time).toISOString()}
            >${clockTime(time, localize.lang())}</time
          >`
    }
  </li>`;
}

function onKeydown(event: KeyboardEvent, onClose: () => void): void {
  if (event.key !== 'Escape' || event.isComposing) return;
  event.stopPropagation();
  onClose();
}

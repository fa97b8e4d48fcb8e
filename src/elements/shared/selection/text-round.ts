import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {RecipientState, TextDelivery} from '../../../core/messages/text-deliveries.js';
import type {StateSource} from '../../../core/util/state-target.js';
import type {ReportLine, ReportView, SelectionTask} from './report.js';

/** What becomes of a text to several people, for each of them. */
export class TextRound implements SelectionTask {
  readonly #delivery: TextDelivery;

  constructor(delivery: TextDelivery) {
    this.#delivery = delivery;
  }

  get sources(): readonly (StateSource<object> | undefined)[] {
    return [this.#delivery];
  }

  /** What was sent stays sent. */
  end(): void {}

  view(localize: LocalizeController): ReportView {
    const lines = this.#delivery.state.recipients.map((recipient) => this.#lineOf(recipient, localize));
    const sent = lines.filter(({tone}) => tone === 'reached').length;
    return {
      title: localize.term('textsSent', String(sent), String(lines.length)),
      lines,
      again: 'sendPersonAgain',
    };
  }

  #lineOf({number, name, state, delivered, read}: RecipientState, localize: LocalizeController): ReportLine {
    if (state === 'failed')
      return {
        number,
        name,
        text: localize.term('reportNotSent'),
        tone: 'missed',
        again: () => void this.#delivery.retry(number),
      };
    // Its message was removed.
    if (state === 'unknown') return {number, name, text: '—', tone: 'waiting'};
    const sent = state === 'sent';
    const term = read ? 'reportRead' : delivered ? 'reportDelivered' : sent ? 'reportSent' : 'reportSending';
    return {number, name, text: localize.term(term), tone: sent ? 'reached' : 'waiting'};
  }
}

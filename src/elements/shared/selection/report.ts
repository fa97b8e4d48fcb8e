import type {TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {CallCause, Party} from '../../../core/types.js';
import type {StateSource} from '../../../core/util/state-target.js';
import type {Terms} from '../../../locales/terms.js';

/** What became of one person. */
export interface ReportLine extends Party {
  /** The state in a few words. */
  readonly text: string;
  /** Whether they were reached, were not, or are waited for. */
  readonly tone: 'reached' | 'missed' | 'waiting';
  /** Tries again; undefined if that is not possible now. */
  readonly again?: (() => void) | undefined;
}

/** A button of a report. */
export interface ReportButton {
  readonly name: string;
  readonly icon: TemplateResult;
  readonly onPress: () => void;
  /** Whether it can be pressed later, and keeps its place until then. */
  readonly disabled?: boolean;
}

/** A choice of a report, such as how long each call rings. */
export interface ReportChoice {
  readonly name: string;
  readonly value: string;
  readonly options: readonly {readonly value: string; readonly text: string}[];
  readonly onChange: (value: string) => void;
}

/** What becomes of each person of a selection, as the bar shows it. */
export interface ReportView {
  readonly title: string;
  readonly lines: readonly ReportLine[];
  readonly buttons?: readonly ReportButton[];
  readonly choice?: ReportChoice;
  /** Whether the user has to stop it before the report can be closed. */
  readonly stays?: boolean;
  /** What the button that tries again is called. */
  readonly again: 'callPersonAgain' | 'sendPersonAgain';
}

/** Something that was begun with a selection. */
export interface SelectionTask {
  /** What changes it. */
  readonly sources: readonly (StateSource<object> | undefined)[];
  /** Returns what is shown; undefined if another element shows it, or there is nothing more to show. */
  view(localize: LocalizeController): ReportView | undefined;
  /** Ends what still runs. */
  end(): void;
}

/** The terms for why somebody was not reached. */
const ENDINGS: Readonly<Partial<Record<CallCause['code'] | 'not-called', keyof Terms>>> = {
  normal: 'reportLeft',
  aborted: 'reportSkipped',
  'not-called': 'reportNotCalled',
  declined: 'refused',
  busy: 'reportBusy',
  'number-offline': 'offline',
  'no-answer': 'reportNoAnswer',
};

/** Returns why somebody was not reached, in a few words. */
export function missedText(
  cause: {readonly code: CallCause['code'] | 'not-called'} | undefined,
  localize: LocalizeController,
): string {
  const ending = cause && ENDINGS[cause.code];
  return localize.term((ending ?? 'unanswered') as 'unanswered');
}

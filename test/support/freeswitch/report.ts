import {tableOf} from '../../../scripts/docs/markdown.mjs';
import {note, rewriteTable, UNTRIED, type Cells} from '../documented-tables.js';
import {IN_FIREFOX} from '../page/browser.js';
import {ROWS} from './rows.js';

const BROWSERS = ['Chromium', 'Firefox'];

/** What came of one row. */
export interface Outcome {
  readonly name: string;
  readonly works: boolean;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

const noteOutcomes = (table: Cells, outcomes: readonly Outcome[]): Cells =>
  note(
    table,
    outcomes.map(({name, works}) => ({
      row: name,
      column: BROWSERS[Number(IN_FIREFOX)]!,
      cell: works ? '✔' : '✖',
    })),
  );

/** Draws a table: what was tried down, browsers across. */
function draw(table: Cells): string {
  const rows = ROWS.flatMap(({name}) => {
    const cells = table.get(name);
    return cells ? [[name, ...BROWSERS.map((browser) => cells.get(browser) ?? UNTRIED)]] : [];
  });
  return tableOf(['what was tried', ...BROWSERS], rows);
}

/**
 * Prints what works and how long each row took. If the environment asks for it (`FREESWITCH_WRITE=1`), also writes the
 * browser's column into the documentation.
 */
export async function publish(outcomes: readonly Outcome[]): Promise<void> {
  for (const {name, works, ms} of outcomes)
    console.log(`${works ? '✔' : '✖'} ${(ms / 1000).toFixed(1).padStart(4)} s  ${name}`);
  if (process.env['FREESWITCH_WRITE'] !== '1') return;
  await rewriteTable('docs/guide/freeswitch.md', 'table of FreeSWITCH', (present) =>
    draw(noteOutcomes(present, outcomes)),
  );
}

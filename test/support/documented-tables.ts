import {readFileSync, writeFileSync} from 'node:fs';
import {format, resolveConfig} from 'prettier';
import {within} from '../../scripts/project.mjs';

/** The cells of a table, by rows and columns. */
export type Cells = Map<string, Map<string, string>>;

/** The cell of what was not tried. */
export const UNTRIED = '–';

/** Writes cells into a table. */
export function note(
  table: Cells,
  cells: readonly {readonly row: string; readonly column: string; readonly cell: string}[],
): Cells {
  for (const {row, column, cell} of cells) {
    const noted = table.get(row) ?? new Map<string, string>();
    table.set(row, noted.set(column, cell));
  }
  return table;
}

/**
 * Writes a table of measurements into a page of the documentation, at `<!-- MARK -->…<!-- -->`.
 *
 * @param page - Its path in the project.
 * @param draw - Draws the table in Markdown; gets the one that is there.
 */
export async function rewriteTable(
  page: string,
  mark: string,
  draw: (present: Cells) => string,
): Promise<void> {
  const file = within(page);
  const [start, end] = [`<!-- ${mark} -->`, '<!-- -->'];
  const text = readFileSync(file, 'utf8');
  if (!text.includes(start)) throw new Error(`${page} has no place for the ${mark}.`);
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end, from);
  const written = `${text.slice(0, from)}\n\n${draw(read(text.slice(from, to)))}\n\n${text.slice(to)}`;
  writeFileSync(file, await format(written, {...(await resolveConfig(file)), filepath: file}));
}

/** Reads a table in Markdown. */
function read(text: string): Cells {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const [head = [], , ...rows] = lines.map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  const [, ...columns] = head;
  return new Map(
    rows.map(([row = '', ...cells]) => [
      row,
      new Map(columns.map((column, at) => [column, cells[at] ?? UNTRIED])),
    ]),
  );
}

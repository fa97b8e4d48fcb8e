/** Reads pages of the documentation. */

const FENCE = /^ *```[^\n]*\n[^]*?^ *```[ ]*$/gm;

const headings = (text: string): RegExpMatchArray[] => [...text.replace(FENCE, '').matchAll(/^(#+) (.*)$/gm)];

/** The blocks of code of a page, with their fences. */
export const codeBlocksOf = (text: string): string[] => [...text.matchAll(FENCE)].map(([block]) => block);

/** The levels of a page's headings. */
export const levelsOf = (text: string): number[] => headings(text).map(([, marks = '']) => marks.length);

/** The anchors of a page's headings: those that are written after them, or else as GitHub makes them. */
export const anchorsOf = (text: string): string[] =>
  headings(text).map(([, , heading = '']) => {
    const written = /\{#([\w-]+)\}$/.exec(heading)?.[1];
    return (
      written ??
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-')
    );
  });

/** What a picture of a scene may differ in: theme, language with its direction, and width. */

export type Theme = 'light' | 'dark' | 'forced';
export type Language = 'en' | 'zh-CN' | 'ar';
export type Width = 320 | 768 | 1440;

/** The name of a variant: `dark-zh-CN-320`. */
export type VariantName = `${Theme}-${Language}-${Width}`;

export interface Variant {
  readonly name: VariantName;
  readonly theme: Theme;
  readonly language: Language;
  readonly width: Width;
}

const LANGUAGES: readonly Language[] = ['en', 'zh-CN', 'ar'];
const WIDTHS: readonly Width[] = [320, 768, 1440];

const variant = (theme: Theme, language: Language, width: Width): Variant => ({
  name: `${theme}-${language}-${width}`,
  theme,
  language,
  width,
});

/** Every theme in every language and width; forced colors do not depend on the language. */
export const VARIANTS: readonly Variant[] = [
  ...LANGUAGES.flatMap((language) =>
    WIDTHS.flatMap((width) => (['light', 'dark'] as const).map((theme) => variant(theme, language, width))),
  ),
  ...WIDTHS.map((width) => variant('forced', 'en', width)),
];

/** @throws {Error} if there is no such variant */
export function variantOf(name: string): Variant {
  const found = VARIANTS.find((each) => each.name === name);
  if (!found) throw new Error(`There is no variant "${name}".`);
  return found;
}

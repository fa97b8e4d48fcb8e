let warned = false;

/**
 * Reads a boolean attribute. In HTML, `"false"` means on, but Vue and Svelte write it for off: here it means off, and
 * one warning reports it to the author of the page.
 */
export const booleanAttribute = {
  fromAttribute(value: string | null): boolean {
    if (value?.trim().toLowerCase() !== 'false') return value !== null;
    if (!warned)
      console.warn(
        'SIP Elements: a boolean attribute with the value "false" is off here, although HTML reads it as on. Leave the attribute out instead.',
      );
    warned = true;
    return false;
  },
};

import type {CustomElements} from './elements.js';

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** What can be written on a tag, with the events in camel case: `onSipCallHangup`. */
export type CamelCaseEvents<Tag extends keyof CustomElements> = {
  [
    Name in keyof CustomElements[Tag] as Name extends `onsip-${infer Event}`
      ? `onSip${Capitalize<Camel<Event>>}`
      : Name
  ]: CustomElements[Tag][Name];
};

import {css} from 'lit';

/** What has no place, and is there for screen readers: the declarations of a rule. */
export const unseen = css`
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  clip-path: inset(50%);
`;

import {css} from 'lit';

export const styles = css`
  :host(:not(:state(off))) {
    display: none !important;
  }
`;

import {css} from 'lit';

export const styles = css`
  .bar > .line {
    font-weight: 600;
  }
  .buttons {
    display: flex;
    gap: var(--_space-2);
  }
  @media (forced-colors: active) {
    .input {
      border: 1px solid;
    }
  }
`;

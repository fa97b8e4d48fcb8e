import {css} from 'lit';

export const styles = css`
  .bar {
    anchor-name: --bar;
    min-inline-size: 0;
  }
  .bar > .line {
    font-weight: 600;
  }
  /* Below its button, the list would be wider than what is left of the card. */
  @container (inline-size < max(30rem, 480px)) {
    @supports (position-area: block-end) {
      sip-intercom-members::part(member-list),
      sip-sound-menu::part(call-sound-menu) {
        position-anchor: --bar;
        position-area: block-end center;
        justify-self: end;
        max-inline-size: calc(100% - 2 * var(--_space-2));
        margin-inline: var(--_space-2);
      }
    }
  }
  .leave {
    gap: 0.375rem;
    padding-inline: var(--_space-3);
  }
  .buttons {
    display: flex;
    gap: var(--_space-2);
  }
  .answers {
    max-inline-size: 32rem;
    margin-inline: auto;
    padding: 0 var(--_space-4) var(--_space-4);
  }
  .notice {
    margin: 0 var(--_space-4) var(--_space-4);
  }
  .empty + .notice {
    margin-block-start: 0;
  }
  .sound {
    padding: 0 var(--_space-4) var(--_space-4);
  }
  .sound:state(off) {
    display: grid;
    justify-items: center;
  }
  .middle {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: var(--_space-2);
    padding: var(--_space-6) var(--_space-4);
    text-align: center;
  }
`;

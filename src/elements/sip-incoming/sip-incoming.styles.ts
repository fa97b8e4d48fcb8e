import {css, type CSSResultGroup} from 'lit';
import {answers} from '../shared/styles/answers.styles.js';

const own = css`
  :host(:not(:state(ringing), :state(watched), :state(asking))) {
    contain-intrinsic-inline-size: 0;
  }
  .calls {
    display: grid;
    gap: var(--_space-3);
  }
  .calls:empty {
    display: none;
  }
  .sound {
    flex: none;
    background: var(--_text);
    color: var(--_surface);
  }
  [part='notify'] {
    inline-size: min(100%, 24rem);
    margin-inline: auto;
  }
  /* While somebody looks it cannot be overlooked, whatever else is on the page. */
  .watchers {
    display: grid;
    gap: var(--_space-2);
  }
  .watchers[hidden] {
    display: none;
  }
  .watcher {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space-2);
    border: 2px solid var(--_danger);
    border-radius: var(--_radius-l);
    background: color-mix(in oklab, var(--_danger) 10%, var(--_surface));
    font-weight: 600;
  }
  .watcher .line {
    flex: 1 1 8rem;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .watcher .pill {
    flex: none;
    block-size: 2.25rem;
    padding-inline: var(--_space-4);
  }
  .watcher .notice {
    flex-basis: 100%;
    margin: 0;
    font-weight: 400;
  }
  .eye {
    display: grid;
    flex: none;
    place-content: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: 50%;
    background: var(--_danger);
    color: var(--_on-danger);
  }
  @media (prefers-reduced-motion: no-preference) {
    .eye .icon {
      animation: look 1.6s ease-in-out infinite alternate;
    }
    @keyframes look {
      to {
        opacity: 0.45;
      }
    }
  }
  .who {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    padding: var(--_space-4) var(--_space-4) var(--_space-3);
  }
  .who > div:last-child {
    flex: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    /* A name in another script begins where the other texts do. */
    justify-items: start;
    min-inline-size: 0;
  }
  .who .line {
    max-inline-size: 100%;
  }
  .name {
    font-size: var(--_text-l);
    font-weight: 650;
    line-height: 1.25;
  }
  .details::slotted(*) {
    margin: 0 var(--_space-4) var(--_space-3);
  }
  .notice {
    margin: 0 var(--_space-4) var(--_space-3);
  }
  .actions {
    max-inline-size: max(30rem, 480px);
    padding: 0 var(--_space-4) var(--_space-4);
  }
`;

export const styles: CSSResultGroup = [answers, own];

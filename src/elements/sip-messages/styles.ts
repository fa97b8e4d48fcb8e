import {css} from 'lit';

export const styles = css`
  .card {
    display: flex;
    flex-direction: column;
  }
  .bar .toggle:first-child {
    margin-inline-start: calc(-1 * var(--_space-2));
  }
  .back {
    display: grid;
    transform: scaleX(-1);
  }
  .back:dir(rtl) {
    transform: none;
  }
  .notice {
    margin: var(--_space-2) var(--_space-3);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-4);
  }
  .frame {
    position: relative;
    display: grid;
    min-block-size: 0;
  }
  .log {
    block-size: var(--sip-messages-height, 24rem);
    overflow-y: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    contain: strict;
  }
  .log:focus-visible {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .all {
    position: relative;
  }
  .rows {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
  }
  .row {
    display: flow-root;
    padding: 0.1875rem var(--_space-3);
  }
  .day {
    margin-block: var(--_space-2);
    text-align: center;
    font-size: var(--_text-s);
    font-weight: 600;
    color: var(--_quiet);
  }
  .day::first-letter {
    text-transform: uppercase;
  }
  .day.new {
    color: var(--_accent);
  }
  .message {
    display: grid;
    /* A picture is no wider than there is room. */
    grid-template-columns: minmax(0, auto);
    justify-items: start;
    gap: 0.125rem;
    max-inline-size: 85%;
    inline-size: fit-content;
  }
  .message.outgoing {
    justify-items: end;
    margin-inline-start: auto;
  }
  .bubble {
    max-inline-size: 100%;
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-m);
    border-end-start-radius: 0.25rem;
    overflow-wrap: anywhere;
    background: var(--_fill);
  }
  .outgoing .bubble {
    border-end-start-radius: var(--_radius-m);
    border-end-end-radius: 0.25rem;
    background: color-mix(in oklab, var(--_accent) 18%, var(--_surface));
  }
  .failed .bubble {
    background: color-mix(in oklab, var(--_danger) 14%, var(--_surface));
  }
  .text {
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .text a {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .type {
    font-size: var(--_text-s);
    font-style: italic;
  }
  .meta,
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.375rem;
    font-size: var(--_text-s);
  }
  .message.outgoing .meta {
    justify-content: flex-end;
  }
  .why {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    font-weight: 600;
    color: var(--_danger);
  }
  .why .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .acts {
    flex-wrap: nowrap;
  }
  .why-text {
    flex-basis: 100%;
    text-align: end;
  }
  .file {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    text-decoration: none;
  }
  .file.shown {
    display: grid;
    inline-size: 14rem;
    max-inline-size: 100%;
  }
  a.file .name {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .file > .icon {
    flex: none;
  }
  .file img {
    /* Its place is there before it is: nothing jumps. */
    inline-size: 100%;
    aspect-ratio: 4 / 3;
    object-fit: cover;
    border-radius: var(--_radius-s);
    background: var(--_sunken);
  }
  .bubble progress,
  .bubble progress::-webkit-progress-bar {
    background: color-mix(in oklab, var(--_text) 14%, transparent);
  }
  .file-text {
    display: grid;
    min-inline-size: 0;
  }
  .file-text .quiet {
    font-size: var(--_text-s);
  }
  .log > .empty {
    block-size: 100%;
    align-content: center;
  }
  .newest {
    position: absolute;
    inset-block-end: var(--_space-2);
    justify-self: center;
    display: flex;
    align-items: center;
    gap: 0.375rem;
    min-block-size: 2rem;
    padding-inline: var(--_space-3);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-full);
    font-size: var(--_text-s);
    font-weight: 600;
    background: var(--_surface);
    box-shadow: 0 2px 8px rgb(0 0 0 / 18%);
  }
  .newest .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .compose {
    display: flex;
    align-items: flex-end;
    gap: var(--_space-2);
    padding: var(--_space-2);
    border-block-start: 1px solid var(--_border);
  }
  .compose .act {
    inline-size: var(--_control);
    block-size: var(--_control);
  }
  .compose .act.go {
    background: var(--_success);
    color: var(--_on-success);
  }
  .compose textarea {
    flex: 1;
    min-block-size: var(--_control);
    block-size: auto;
    max-block-size: 8rem;
    padding-block: 0.625rem;
    resize: none;
    field-sizing: content;
  }
  textarea::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .conversations {
    max-block-size: var(--sip-messages-height, 24rem);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .conversation {
    display: flex;
    flex: 1;
    align-items: center;
    gap: var(--_space-3);
    min-inline-size: 0;
    padding: var(--_space-2) var(--_space-4);
    text-align: start;
  }
  .conversation:hover {
    background: var(--_fill);
  }
  /* It begins where the name does, whatever it is written in. */
  .conversation [dir='auto'] {
    text-align: match-parent;
  }
  .conversation time {
    flex: none;
    font-size: var(--_text-s);
  }
  .badge {
    flex: none;
    padding: 0.0625rem 0.4375rem;
    border-radius: var(--_radius-full);
    font-size: var(--_text-s);
    font-weight: 700;
    background: var(--_danger);
    color: var(--_on-danger);
  }
  @media (forced-colors: active) {
    .bubble,
    .newest,
    .badge {
      border: 1px solid;
    }
  }
`;
